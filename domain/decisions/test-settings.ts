import fc from 'fast-check';
import { SITUATIONS } from './situation.ts';
import type { ProposalRule } from './settings.ts';

/** A proposal to approve whatever failed, unless the test says otherwise. */
export function proposalOf(over: Partial<ProposalRule> = {}): ProposalRule {
  return {
    proposalId: 'p1',
    name: '小额同意',
    action: 'APPROVE',
    situations: [...SITUATIONS],
    conditions: {},
    rejection: null,
    ...over,
  };
}

/** A proposal to reject what the buyer signed for, unless the test says otherwise. */
export function rejectionOf(over: Partial<ProposalRule> = {}): ProposalRule {
  const rejection = { reason: '1002', description: '包裹已派送给买家' };
  return proposalOf({ proposalId: 'p2', name: '已签收拒绝', action: 'REJECT', situations: ['SIGNED'], rejection, ...over });
}

/** Up to five proposals, each with a number of its own for an id. */
export const anyProposals: fc.Arbitrary<ProposalRule[]> = fc
  .array(
    fc.record({
      action: fc.constantFrom('APPROVE' as const, 'REJECT' as const),
      situations: fc.subarray([...SITUATIONS], { minLength: 1 }),
      conditions: fc.record(
        {
          carriers: fc.subarray(['ZTO', 'YTO'], { minLength: 1 }),
          refundFeeFen: fc.record(
            { atLeast: fc.constantFrom(0, 9_900), atMost: fc.constantFrom(9_899, 9_900, 20_000) },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 5 },
  )
  .map((rules) =>
    rules.map((rule, index) => {
      const named = { ...rule, proposalId: `p${index}`, name: `建议${index}` };
      return named.action === 'REJECT' ? rejectionOf(named) : proposalOf(named);
    }),
  );
