import type { DecisionSettings } from '../../api/types.ts';
import { parseYuan } from '../../ui/format.ts';

type ProposalRule = DecisionSettings['proposals'][number];

/** A proposal as it is typed: amounts in yuan, lists as chosen. */
export interface ProposalFields {
  proposalId?: string;
  name?: string;
  action?: ProposalRule['action'];
  situations?: ProposalRule['situations'];
  refundFrom?: string;
  refundTo?: string;
  carriers?: NonNullable<ProposalRule['conditions']['carriers']>;
  outletCodes?: string[];
  feeTo?: string;
  reason?: string;
  description?: string;
}

export interface SettingsFields {
  proposals?: ProposalFields[];
  remindHoursBefore?: number[];
  staffId?: string | null;
  escalateHours?: number;
}

const yuanOf = (fen: number | undefined): string | undefined => (fen === undefined ? undefined : (fen / 100).toFixed(2));
const fenOf = (typed: string | undefined): number | undefined => (typed?.trim() ? (parseYuan(typed) ?? undefined) : undefined);
/** Without what was not given. */
const given = <T extends object>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as T;

export function fieldsOf({ proposals, remindHoursBefore, escalation }: DecisionSettings): SettingsFields {
  return {
    proposals: proposals.map(({ proposalId, name, action, situations, conditions, rejection }) => {
      const { refundFeeFen, expectedFeeFen, ...others } = conditions;
      const bounds = {
        refundFrom: yuanOf(refundFeeFen?.atLeast),
        refundTo: yuanOf(refundFeeFen?.atMost),
        feeTo: yuanOf(expectedFeeFen?.atMost),
      };
      return given({ proposalId, name, action, situations, ...bounds, ...others, ...rejection });
    }),
    remindHoursBefore,
    staffId: escalation?.staffId ?? null,
    escalateHours: escalation?.hoursBefore ?? 4,
  };
}

function proposalOf(fields: ProposalFields, newId: () => string): ProposalRule {
  const { proposalId, name = '', action = 'APPROVE', situations = [], refundFrom, refundTo, carriers, outletCodes, feeTo } = fields;
  const bounds = given({ atLeast: fenOf(refundFrom), atMost: fenOf(refundTo) });
  const refundFeeFen = Object.keys(bounds).length === 0 ? undefined : bounds;
  const feeAtMost = fenOf(feeTo);
  const expectedFeeFen = feeAtMost === undefined ? undefined : { atMost: feeAtMost };
  return {
    proposalId: proposalId ?? newId(),
    name: name.trim(),
    action,
    situations,
    conditions: given({ carriers, outletCodes, refundFeeFen, expectedFeeFen }),
    rejection: action === 'REJECT' ? { reason: fields.reason ?? '', description: (fields.description ?? '').trim() } : null,
  };
}

/** What is sent; the form has checked each field. */
export function bodyOf({ proposals = [], remindHoursBefore = [], staffId, escalateHours = 4 }: SettingsFields, newId: () => string) {
  return {
    proposals: proposals.map((fields) => proposalOf(fields, newId)),
    remindHoursBefore,
    escalation: staffId ? { staffId, hoursBefore: escalateHours } : null,
  };
}
