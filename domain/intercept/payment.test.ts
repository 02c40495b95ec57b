import { expect, test } from '@jest/globals';
import { judgePayment } from './payment.ts';
import { sampleRefund } from './sample-case.ts';

const STATUSES = [0, 10, 11, 12, 20, 21, 22, 23, 30, 40, 45, 50, 60, 70];
/** Return and refund, refund-only, exchange, send again, repair. */
const WAYS = [1, 10, 3, 4, 5];

test('of every status and way the platform knows, only a refund-only request that waits for the merchant may be paid', () => {
  const payable = STATUSES.flatMap((status) => WAYS.map((handlingWay) => ({ status, handlingWay }))).filter(
    (changes) => judgePayment(sampleRefund({ ...changes, refundFeeFen: 9_900 }), null, 9_900) === 'PAY',
  );
  expect(payable).toEqual([{ status: 10, handlingWay: 10 }]);
});

test('what is paid unasked is at most the amount at initiation; a named amount is paid as named or not at all', () => {
  const asked = sampleRefund({ refundFeeFen: 9_900 });
  expect(judgePayment(asked, null, 9_900)).toBe('PAY');
  expect(judgePayment(asked, null, 9_899)).toBe('AMOUNT_CHANGED');
  expect(judgePayment(asked, 9_900, 1)).toBe('PAY');
  expect(judgePayment(asked, 9_800, 9_900)).toBe('AMOUNT_CHANGED');
});
