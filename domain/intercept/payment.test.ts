import { expect, test } from '@jest/globals';
import { judgePayment } from './payment.ts';
import { sampleInput, sampleRefund } from './sample-case.ts';

const STATUSES = [0, 10, 11, 12, 20, 21, 22, 23, 30, 40, 45, 50, 60, 70];
/** Return and refund, refund-only, exchange, send again, repair. */
const WAYS = [1, 10, 3, 4, 5];
const TERMS = { agreedFen: null, maxFen: 9_900, waybillNo: sampleInput().waybillNo };

test('of every status and way the platform knows, only a refund-only request that waits for the merchant may be paid', () => {
  const payable = STATUSES.flatMap((status) => WAYS.map((handlingWay) => ({ status, handlingWay }))).filter(
    (changes) => judgePayment(sampleRefund({ ...changes, refundFeeFen: 9_900 }), TERMS) === 'PAY',
  );
  expect(payable).toEqual([{ status: 10, handlingWay: 10 }]);
});

test.each([
  // What is paid unasked is at most the amount at initiation; a named amount is paid as named or not at all.
  [{}, {}, 'PAY'],
  [{ refundFeeFen: 9_901 }, {}, 'AMOUNT_CHANGED'],
  [{ refundFeeFen: 9_901 }, { agreedFen: 9_901 }, 'PAY'],
  [{ refundFeeFen: 9_900 }, { agreedFen: 9_900, maxFen: 1 }, 'PAY'],
  [{ refundFeeFen: 9_900 }, { agreedFen: 9_901 }, 'AMOUNT_CHANGED'],
  [{ status: 20 }, {}, 'NOT_PAYABLE'],
  [{ negotiateStatus: 3 }, {}, 'NOT_PAYABLE'],
  // What is paid is about the parcel that was intercepted, or the merchant knows that it is not.
  [{ waybillNo: null }, {}, 'PAY'],
  [{ waybillNo: 'YT1' }, {}, 'WAYBILL_CHANGED'],
  [{ waybillNo: 'YT1' }, { agreedFen: 9_900 }, 'WAYBILL_CHANGED'],
  [{ waybillNo: 'YT1' }, { otherWaybillAgreed: true }, 'PAY'],
  [{ waybillNo: 'YT1', status: 60 }, {}, 'NOT_PAYABLE'],
])('a refund read as %j on the terms %j: %s', (read, terms, judged) => {
  expect(judgePayment(sampleRefund(read), { ...TERMS, ...terms })).toBe(judged);
});
