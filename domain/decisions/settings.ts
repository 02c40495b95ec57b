import type { MerchantCommand } from '../intercept/event.ts';
import type { RuleConditions, RuleFault } from '../rules/rule.ts';
import type { Situation } from './situation.ts';

/** Conditions of a rule that a case knows the facts of. */
export type ProposalConditions = Pick<RuleConditions, 'carriers' | 'outletCodes' | 'refundFeeFen' | 'expectedFeeFen'>;

/** What may be proposed (建议): the merchant's own commands, but not arbitration, which nobody takes back. */
export type ProposedAction = Extract<MerchantCommand['kind'], 'APPROVE' | 'REJECT'>;

/** What a proposed rejection says: the platform's reason code and the merchant's words. */
export interface ProposedRejection {
  reason: string;
  description: string;
}

/** What a shop wants to be proposed for a case that its people must decide. */
export interface ProposalRule {
  /** The same whenever the settings are saved. */
  proposalId: string;
  name: string;
  action: ProposedAction;
  /** One of these is enough. */
  situations: readonly Situation[];
  conditions: ProposalConditions;
  /** For a rejection, and for nothing else. */
  rejection: ProposedRejection | null;
}

/** Who is told when nobody decided so long before the automatic refund. */
export interface Escalation {
  staffId: string;
  hoursBefore: number;
}

/** How a shop's people are helped to decide what waits for them. Nothing of it decides anything. */
export interface DecisionSettings {
  /** From the top down: the first that fits is proposed. */
  proposals: readonly ProposalRule[];
  /** So many hours before an automatic refund the shop is told of it. */
  remindHoursBefore: readonly number[];
  escalation: Escalation | null;
}

/** What counts for a shop that never said otherwise. */
export const DEFAULT_SETTINGS: DecisionSettings = { proposals: [], remindHoursBefore: [24, 2], escalation: null };

/** Up to so long before its automatic refund a shop may be reminded of a case: after the third day, when rejecting unlocks (R31). */
export const MOST_HOURS_BEFORE = 48;

/** What proposals must have beyond their form. */
export function faultsOfProposals(proposals: readonly ProposalRule[]): RuleFault[] {
  const seen = new Set<string>();
  return proposals.flatMap(({ proposalId, action, conditions, rejection }, index) => {
    const at = `/proposals/${index}`;
    const faults: RuleFault[] = [];
    if (seen.has(proposalId)) faults.push({ pointer: `${at}/proposalId`, message: '建议编号重复 (twice the same id)' });
    seen.add(proposalId);
    const { atLeast = 0, atMost = Number.MAX_SAFE_INTEGER } = conditions.refundFeeFen ?? {};
    if (atLeast > atMost)
      faults.push({ pointer: `${at}/conditions/refundFeeFen/atMost`, message: '上限须不小于下限 (must not be below atLeast)' });
    if ((action === 'REJECT') !== (rejection !== null))
      faults.push({
        pointer: `${at}/rejection`,
        message: '建议拒绝须写明拒绝原因，建议同意则不写 (for a rejection, and for nothing else)',
      });
    return faults;
  });
}
