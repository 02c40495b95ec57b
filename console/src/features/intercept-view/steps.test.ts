import { describe, expect, test } from '@jest/globals';
import type { Intercept } from '../../api/types.ts';
import { nextStepOf, stepsOf } from './steps.ts';

const INTERCEPT: Intercept = {
  interceptId: '2260718200000012-1',
  refundId: '2260718200000012',
  orderId: '2260718200000099',
  shopId: '2788410001',
  waybillNo: '75312345678901',
  carrier: 'ZTO',
  outletCode: '75500',
  outletName: '',
  attempt: 1,
  refundFeeFen: 12_900,
  feeFen: 350,
  initiatedAt: '2026-11-20T00:00:00.000Z',
  initiatedBy: 'staff',
  rejectUnlockAt: '2026-11-23T00:00:00.000Z',
  autoRefundAt: '2026-11-25T00:00:00.000Z',
  automaticRefund: 'ARMED',
  platformExpireAt: null,
  interceptStatus: 'INTERCEPTING',
  refundStatus: 'OPEN',
  refundCause: null,
  returnStatus: null,
  returnFailure: null,
  carrierReference: null,
  carrierRefusal: null,
  platformRefusal: null,
  failure: null,
  allowedActions: [{ action: 'REJECT_REFUND', allowed: false, reason: 'REJECT_LOCKED', availableAt: '2026-11-23T00:00:00.000Z' }],
  notices: [],
  version: 3,
  updatedAt: '2026-11-20T00:00:00.000Z',
  source: 'workflow',
};
const states = (change: Partial<Intercept>) => stepsOf({ ...INTERCEPT, ...change }).map(({ state }) => state);

describe('steps', () => {
  test.each<[Partial<Intercept>, string[]]>([
    [{ interceptStatus: 'REQUESTED' }, ['finish', 'process', 'wait', 'wait', 'wait']],
    [{}, ['finish', 'finish', 'process', 'wait', 'wait']],
    [{ interceptStatus: 'FAILED' }, ['finish', 'finish', 'error', 'process', 'wait']],
    [{ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, ['finish', 'error', 'wait', 'wait', 'wait']],
    [
      { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURNING' },
      ['finish', 'finish', 'finish', 'finish', 'process'],
    ],
    [
      { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_FAILED' },
      ['finish', 'finish', 'finish', 'finish', 'error'],
    ],
    [{ interceptStatus: 'INTERCEPTING', refundStatus: 'REFUNDED' }, ['finish', 'finish', 'process', 'finish', 'wait']],
  ])('%j', (change, expected) => expect(states(change)).toEqual(expected));
});

describe('what happens next', () => {
  test.each<[Partial<Intercept>, string]>([
    [{ interceptStatus: 'REQUESTED' }, 'waitForAnswer'],
    [{}, 'waitForResult'],
    [{ allowedActions: [{ action: 'REJECT_REFUND', allowed: true, reason: null, availableAt: null }] }, 'rejectOpen'],
    [{ interceptStatus: 'FAILED' }, 'handleFailure'],
    [{ interceptStatus: 'FAILED', automaticRefund: 'DISARMED' }, 'merchantOnly'],
    [{ refundStatus: 'UNDER_ARBITRATION', automaticRefund: 'SUSPENDED' }, 'suspended'],
    [{ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDING' }, 'paying'],
    [{ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURNING' }, 'waitForReturn'],
    [{ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_SIGNED' }, 'nothing'],
    [{ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, 'released'],
  ])('%j', (change, expected) => expect(nextStepOf({ ...INTERCEPT, ...change })).toBe(expected));
});
