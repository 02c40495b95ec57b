import { begin } from '../domain/intercept/machine.ts';
import { CURRENT_RULES } from '../domain/intercept/rules.ts';
import type { InterceptInput, InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '../domain/time.ts';

/** When the cases of this folder's tests were initiated. */
export const INITIATED_AT: EpochMs = Date.UTC(2026, 0, 5, 2, 0, 0);

/** The start of a case for this folder's tests: ordinary in everything but what the test says. */
export function newInput(over: Partial<InterceptInput> = {}): InterceptInput {
  return {
    interceptId: '9007199254740993001-1',
    refundId: '9007199254740993001',
    orderId: '2400000000000001',
    shopId: '1001',
    waybillNo: '73100000000001',
    carrier: 'ZTO',
    outletCode: 'O1',
    outletName: '杭州一部',
    attempt: 1,
    rules: CURRENT_RULES,
    refundFeeFen: 9_900,
    feeFen: 300,
    initiatedAt: INITIATED_AT,
    initiatedBy: 'staff',
    platformExpireAt: null,
    pickedUpAt: null,
    durations: {
      rejectUnlockAfterMs: 72 * HOUR_MS,
      autoRefundAfterMs: 120 * HOUR_MS,
      returnStalledAfterMs: 7 * DAY_MS,
      returnOverdueAfterMs: 15 * DAY_MS,
      returnGiveUpAfterMs: 60 * DAY_MS,
      correctionAfterMs: 7 * DAY_MS,
    },
    follows: null,
    ...over,
  };
}

/** The state such a case begins in. */
export function newCase(over: Partial<InterceptInput> = {}): InterceptState {
  return begin(newInput(over)).state;
}

/** The refund of such a case as the platform shows it while nothing has happened. */
export function openRefund(over: Partial<PlatformRefund> = {}): PlatformRefund {
  return {
    refundId: '9007199254740993001',
    orderId: '2400000000000001',
    refundFeeFen: 9_900,
    status: 10,
    handlingWay: 10,
    negotiateStatus: 1,
    receiptStatus: 1,
    updatedAt: INITIATED_AT - HOUR_MS,
    createdAt: INITIATED_AT - HOUR_MS,
    expireAt: null,
    reason: '不想要了',
    waybillNo: '73100000000001',
    expressCode: 9,
    itemTitle: '毛衣',
    ...over,
  };
}
