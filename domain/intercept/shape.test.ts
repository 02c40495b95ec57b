import { describe, expect, test } from '@jest/globals';
import { apply, begin } from './machine.ts';
import { INITIATED_AT as T0, sampleEvidence, sampleInput, sampleRefund } from './sample-case.ts';
import { completeState } from './shape.ts';
import type { InterceptState } from './state.ts';

/** A state with a command in flight, evidence and notices: most of its fields hold something. */
const busy: InterceptState = [
  { type: 'EVIDENCE', at: T0 + 1, evidence: sampleEvidence('RETURNING', T0 + 1) } as const,
  { type: 'NOTICE', at: T0 + 2, notice: 'REFUND_UNCONFIRMED' } as const,
].reduce((state, event) => apply(state, event).state, begin(sampleInput()).state);
/** Fields a case cannot be without: every version has recorded them. */
const ALWAYS = ['input', 'command', 'commandCount'];

describe('S9 a state that an earlier version recorded', () => {
  test.each(Object.keys(busy).filter((field) => !ALWAYS.includes(field)))(
    'without %s reads as if nothing had been known of it',
    (field) => {
      const { [field as keyof InterceptState]: _unknown, ...earlier } = busy;
      const state = completeState(JSON.parse(JSON.stringify(earlier)) as InterceptState);
      expect(Object.keys(state).sort()).toEqual(Object.keys(busy).sort());
      expect(Object.entries(state).filter(([, value]) => value === undefined)).toEqual([]);
      expect(() => apply(state, { type: 'REFUND_READ', at: T0 + 3, refund: sampleRefund() })).not.toThrow();
    },
  );

  test('that never heard of rules is judged by the first ones', () => {
    const { rules: _rules, ...input } = sampleInput();
    const { rules: _none, ...earlier } = begin(input).state;
    expect(completeState(earlier as InterceptState).rules).toBe(1);
  });

  test('keeps all it says', () => {
    expect(completeState(busy)).toEqual(busy);
  });
});
