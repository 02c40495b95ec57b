import type { PlatformRefund } from '../refund.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '../time.ts';
import type { CarrierEvidence } from './event.ts';
import { CURRENT_RULES } from './rules.ts';
import type { InterceptInput } from './state.ts';

/** Samples for tests of the machine and for the examples of events: one ordinary case, initiated at a round instant. */
export const INITIATED_AT: EpochMs = Date.UTC(2026, 10, 1, 4, 0, 0);
export const UNLOCK_AT = INITIATED_AT + 72 * HOUR_MS;
export const REFUND_AT = INITIATED_AT + 120 * HOUR_MS;

export function sampleInput(changes: Partial<InterceptInput> = {}): InterceptInput {
  return {
    interceptId: '9007199254740993001-1',
    refundId: '9007199254740993001',
    orderId: '9007199254740993002',
    shopId: '2788410001',
    waybillNo: '73100000000001',
    carrier: 'ZTO',
    outletCode: '02100',
    outletName: '上海示例',
    attempt: 1,
    rules: CURRENT_RULES,
    refundFeeFen: 9_900,
    feeFen: 350,
    initiatedAt: INITIATED_AT,
    initiatedBy: 'key:sample',
    platformExpireAt: null,
    pickedUpAt: INITIATED_AT - DAY_MS,
    durations: {
      rejectUnlockAfterMs: 72 * HOUR_MS,
      autoRefundAfterMs: 120 * HOUR_MS,
      returnStalledAfterMs: 7 * DAY_MS,
      returnOverdueAfterMs: 15 * DAY_MS,
      returnGiveUpAfterMs: 60 * DAY_MS,
      correctionAfterMs: 7 * DAY_MS,
    },
    follows: null,
    ...changes,
  };
}

export function sampleEvidence(
  kind: CarrierEvidence['kind'],
  occurredAt: EpochMs,
  changes: Partial<CarrierEvidence> = {},
): CarrierEvidence {
  return { key: `${kind}@${occurredAt}`, kind, occurredAt, receivedAt: occurredAt, code: null, message: '', ...changes };
}

export function sampleRefund(changes: Partial<PlatformRefund> = {}): PlatformRefund {
  return {
    refundId: '9007199254740993001',
    orderId: '9007199254740993002',
    refundFeeFen: 9_900,
    status: 10,
    handlingWay: 10,
    negotiateStatus: 1,
    receiptStatus: 1,
    updatedAt: INITIATED_AT,
    createdAt: INITIATED_AT - HOUR_MS,
    expireAt: null,
    reason: '不想要了',
    waybillNo: '73100000000001',
    expressCode: 9,
    itemTitle: '示例商品',
    ...changes,
  };
}
