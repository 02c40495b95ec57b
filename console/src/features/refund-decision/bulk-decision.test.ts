import { expect, test } from '@jest/globals';
import type { DecisionResult, Intercept } from '../../api/types.ts';
import { amountToAgree, commonReasons } from './bulk-decision.ts';

const reason = (code: string, descriptionRequired = false, imageRequired = false) => {
  return { reason: code, text: code, descriptionRequired, imageRequired };
};

test('a reason for several is one that each takes, and asks for what any of them asks for', () => {
  expect(commonReasons([[reason('1'), reason('2', true)], [reason('2', false, true), reason('3')], [reason('2')]])).toEqual([
    reason('2', true, true),
  ]);
  expect(commonReasons([[reason('1')], [reason('2')]])).toEqual([]);
  expect(commonReasons([])).toEqual([]);
});

test('what is agreed to again is the amount that the refusal named', () => {
  const intercept = { interceptId: '1-1', refundFeeFen: 100 } as Intercept;
  const refused = (code: string): DecisionResult =>
    ({ interceptId: '1-1', outcome: 'FAILED', problem: { code, refundFeeFen: 120 } }) as unknown as DecisionResult;
  expect([undefined, refused('EVIDENCE_PENDING'), refused('AMOUNT_CHANGED')].map((result) => amountToAgree(intercept, result))).toEqual([
    100, 100, 120,
  ]);
});
