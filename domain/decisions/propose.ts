import { judgeCommand } from '../intercept/machine.ts';
import type { InterceptState } from '../intercept/state.ts';
import { checkConditions, type ConditionFacts, type ConditionVerdict } from '../rules/conditions.ts';
import type { EpochMs } from '../time.ts';
import type { ProposalRule, ProposedAction, ProposedRejection } from './settings.ts';
import { type Situation, situationOf } from './situation.ts';

/** What is proposed for a case (建议), and why: the situation it is in, and each condition with what there was. */
export interface Proposal {
  proposalId: string;
  name: string;
  action: ProposedAction;
  situation: Situation;
  conditions: ConditionVerdict[];
  rejection: ProposedRejection | null;
}

/** What a case knows nothing of: no condition of a proposal asks for it. */
const UNKNOWN = {
  trackStanding: 'UNKNOWN',
  lastScanAt: null,
  itemTitle: '',
  categories: [],
  province: null,
  reason: '',
  earlierRefunds: null,
} as const satisfies Partial<ConditionFacts>;

/**
 * What the first proposal that fits says of a case now; null where none fits, or where the command would not be taken at this
 * instant. It is words for a person: whoever follows it gives the ordinary command, which is judged again.
 */
export function propose(rules: readonly ProposalRule[], state: InterceptState, now: EpochMs): Proposal | null {
  const situation = situationOf(state, now);
  if (situation === null) return null;
  const { carrier, outletCode, feeFen } = state.input;
  const facts = { ...UNKNOWN, at: now, carrier, outletCode, refundFeeFen: state.refundFeeFen, expectedFeeFen: feeFen };
  for (const { proposalId, name, action, situations, conditions, rejection } of rules) {
    if (!situations.includes(situation)) continue;
    const verdicts = checkConditions(conditions, facts);
    if (!verdicts.every(({ holds }) => holds)) continue;
    return judgeCommand(state, action, now) === null ? { proposalId, name, action, situation, conditions: verdicts, rejection } : null;
  }
  return null;
}
