import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { saysNothingNew } from '../evidence/refund-news.ts';
import { type BegunCase, type CaseHandle, CaseWorld } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { approveRefundUpdate } from './messages.ts';

const APPROVE = 'open.seller.order.refund.approve';
const DETAIL = 'open.seller.order.refund.detail';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

async function open(refund: Record<string, unknown> = {}): Promise<BegunCase> {
  const { seeded, handle, view } = await world.begin(refund);
  expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', automaticRefund: 'ARMED' });
  return { seeded, handle };
}

async function appliedPayments(refundId: string): Promise<number[]> {
  return (await world.payments(refundId)).filter(({ applied }) => applied).map(({ amountFen }) => amountFen);
}

/** Moves the clock and lets the case do what is due by then. */
async function passTime(handle: CaseHandle, until: number): Promise<void> {
  await world.sleepUntil(until);
  await world.view(handle);
}

const fault = (kind: string, api: string | null, more: Record<string, unknown> = {}): Promise<unknown> =>
  world.control('POST', '/sim/faults', { party: 'KUAISHOU', kind, ...(api === null ? {} : { api }), ...more });

describe('2.6 paying exactly once', () => {
  test('2.6 a call that was applied but not answered is read, not repeated, and the cause stays ours', async () => {
    const { seeded, handle } = await open();
    await fault('timeout-after-accepting', APPROVE, { times: 1, delayMs: 50 });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('INTERCEPT_SUCCEEDED');
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(1);
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('2.6 a call that certainly failed is sent again after a read, with what was just read', async () => {
    const { seeded, handle } = await open();
    await fault('http-500', APPROVE, { times: 1 });
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    const calls = await world.calls(APPROVE, seeded.refundId);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['http-500', 'answered']);
    for (const { body } of calls) {
      const param = JSON.parse(new URLSearchParams(body).get('param') ?? '') as Record<string, unknown>;
      expect(param).toMatchObject({ refundAmount: 9_900, status: 10, negotiateStatus: 1 });
    }
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('2.6 a platform that is down across the deadline is asked until it answers, and pays once', async () => {
    const { seeded, handle } = await open();
    await fault('down', null);
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 10 * MINUTE_MS);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'REFUNDING', refundCause: 'DEADLINE_PASSED' });
    expect(await appliedPayments(seeded.refundId)).toEqual([]);
    await world.control('DELETE', '/sim/faults');
    await world.env.sleep(MINUTE_MS);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(1);
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('2.6 while a payment is on its way every command is refused with COMMAND_IN_PROGRESS', async () => {
    const { seeded, handle } = await open();
    await fault('http-500', DETAIL);
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDING');
    await expect(handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: null }] })).rejects.toMatchObject({
      cause: { type: 'COMMAND_IN_PROGRESS' },
    });
    await world.control('DELETE', '/sim/faults');
    await world.env.sleep(MINUTE_MS);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('2.6 confirmed later than the read-back: REFUNDING, then REFUNDED by what the patrol reads, one payment', async () => {
    await world.control('POST', '/sim/settings', { paymentDelayMs: 60_000 });
    const { seeded, handle } = await open();
    await world.signal(handle, 'RETURNING');
    await world.untilRecorded(seeded.input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDING');
    await world.control('POST', '/sim/settings', { paymentDelayMs: 100 });
    await world.changeRefund(seeded.refundId, { status: 60 });
    await world.tellRefund(handle, seeded);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('INTERCEPT_SUCCEEDED');
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('2.6 taken but not confirmed: the record shows no call in flight, so that the same word of the platform is no news', async () => {
    await world.control('POST', '/sim/settings', { paymentDelayMs: 60_000 });
    const { seeded, handle } = await open();
    await world.signal(handle, 'RETURNING');
    const { interceptId } = seeded.input;
    await world.untilRecorded(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDING');
    await world.control('POST', '/sim/settings', { paymentDelayMs: 100 });
    const { version } = await world.view(handle);
    await world.untilRecorded(interceptId, (recorded) => recorded.version === version);
    const { state } = await world.record(interceptId);
    expect(state).toMatchObject({ command: null, paymentSent: true, paymentAnsweredAt: expect.any(Number) });
    const refund = await world.platform.readRefund(seeded.input.shopId, seeded.refundId);
    expect(refund?.status).toBe(50);
    expect(refund !== null && saysNothingNew(state, refund, state.updatedAt)).toBe(true);
  });

  test('2.6 70 after our payment: OPEN, DISARMED, REFUND_PAYMENT_FAILED, no cause; the merchant may approve again', async () => {
    const { seeded, handle } = await open({ paymentFails: true });
    await world.signal(handle, 'RETURNING');
    const failed = await world.until(handle, ({ notices }) => notices.includes('REFUND_PAYMENT_FAILED'));
    expect(failed).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED', refundCause: null, interceptStatus: 'SUCCEEDED' });
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await appliedPayments(seeded.refundId)).toHaveLength(1);
    await world.changeRefund(seeded.refundId, { status: 10, negotiateStatus: 1, paymentFails: false });
    const view = await handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: null }] });
    expect(view).toMatchObject({ refundStatus: 'REFUNDED', refundCause: 'MANUAL_APPROVAL' });
    expect(await appliedPayments(seeded.refundId)).toHaveLength(2);
  });

  test('2.6 paid by somebody else: SETTLED_ELSEWHERE, and we send nothing', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { status: 60 });
    await world.tellRefund(handle, seeded);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('SETTLED_ELSEWHERE');
    await world.signal(handle, 'RETURNING');
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(0);
  });

  test('2.6 found paid elsewhere at the deadline itself: SETTLED_ELSEWHERE, and we send nothing', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { status: 60 });
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('SETTLED_ELSEWHERE');
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(0);
  });
});

describe('2.6 amount and type (Q12)', () => {
  test('2.6 raised: not paid by day 5, then only for the amount the merchant names', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { refundFeeFen: 12_000 });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ notices }) => notices.includes('REFUND_AMOUNT_RAISED'));
    expect(view).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED', refundFeeFen: 12_000, refundCause: null });
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    for (const refundFeeFen of [null, 9_900]) {
      await expect(handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen }] })).rejects.toMatchObject({
        cause: { type: 'AMOUNT_CHANGED', details: [{ refundFeeFen: 12_000 }] },
      });
    }
    expect(await world.payments(seeded.refundId)).toHaveLength(0);
    const paid = await handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: 12_000 }] });
    expect(paid).toMatchObject({ refundStatus: 'REFUNDED', refundCause: 'MANUAL_APPROVAL' });
    expect(await appliedPayments(seeded.refundId)).toEqual([12_000]);
  });

  test('2.6 lowered: the present amount is paid', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { refundFeeFen: 5_000 });
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await appliedPayments(seeded.refundId)).toEqual([5_000]);
  });

  test('2.6 raised and lowered again before day 5: armed again, the deadline pays', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { refundFeeFen: 12_000 });
    await world.tellRefund(handle, seeded);
    await world.until(handle, ({ automaticRefund }) => automaticRefund === 'DISARMED');
    await world.changeRefund(seeded.refundId, { refundFeeFen: 9_000 });
    await world.tellRefund(handle, seeded);
    await world.until(handle, ({ automaticRefund }) => automaticRefund === 'ARMED');
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(await appliedPayments(seeded.refundId)).toEqual([9_000]);
  });

  test('2.6 type changed (11): OPEN, DISARMED, REFUND_TYPE_CHANGED, nothing is paid', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { status: 11, handlingWay: 1 });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ notices }) => notices.includes('REFUND_TYPE_CHANGED'));
    expect(view).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED', refundCause: null });
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.payments(seeded.refundId)).toHaveLength(0);
  });
});

describe('field case 7: the refund is about another waybill by now', () => {
  test('neither success nor day 5 pays; the merchant is told, and pays only after that', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { waybillNo: 'YT9999999999999' });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ notices }) => notices.includes('WAYBILL_CHANGED'));
    expect(view).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'OPEN', automaticRefund: 'DISARMED', refundCause: null });
    await world.changeRefund(seeded.refundId, { waybillNo: seeded.input.waybillNo });
    await world.tellRefund(handle, seeded);
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED' });
    expect(await world.calls(APPROVE, seeded.refundId)).toEqual([]);
    await world.changeRefund(seeded.refundId, { waybillNo: 'YT9999999999999' });
    const paid = await handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: null }] });
    expect(paid).toMatchObject({ refundStatus: 'REFUNDED', refundCause: 'MANUAL_APPROVAL' });
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
  });

  test('a merchant who approves without knowing is told first', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { waybillNo: 'YT9999999999999' });
    const approve = () => handle.executeUpdate(approveRefundUpdate, { args: [{ actor: 'tester', refundFeeFen: 9_900 }] });
    await expect(approve()).rejects.toMatchObject({ cause: { type: 'WAYBILL_CHANGED', details: [{ waybillNo: 'YT9999999999999' }] } });
    const view = await world.view(handle);
    expect(view).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'DISARMED' });
    expect(view.notices).toContain('WAYBILL_CHANGED');
    expect(await world.calls(APPROVE, seeded.refundId)).toEqual([]);
    expect(await approve()).toMatchObject({ refundStatus: 'REFUNDED' });
  });
});

describe('S5 an answer about another refund', () => {
  test('leads to no call: it is read again', async () => {
    const { seeded, handle } = await open();
    const other = await open();
    const { readRefund } = world.platform;
    let crossed = 1;
    world.platform.readRefund = async (shopId, refundId) => {
      crossed -= 1;
      return readRefund(shopId, crossed === 0 ? other.seeded.refundId : refundId);
    };
    await world.signal(handle, 'RETURNING');
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    world.platform.readRefund = readRefund;
    expect(crossed).toBeLessThan(0);
    expect(await appliedPayments(seeded.refundId)).toEqual([9_900]);
    expect(await world.calls(APPROVE, other.seeded.refundId)).toEqual([]);
  });
});

describe('2.5.3 the buyer withdraws (Q11)', () => {
  test('2.5.3 300013 at the payment: CLOSED, BUYER_WITHDREW, alert, and the parcel is still watched', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { withdrawn: true });
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'CLOSED');
    expect(view).toMatchObject({ refundCause: 'BUYER_WITHDREW', interceptStatus: 'SUCCEEDED', returnStatus: 'RETURNING' });
    expect(view.notices).toContain('PARCEL_RETURNS_AFTER_WITHDRAWAL');
    expect(await appliedPayments(seeded.refundId)).toEqual([]);
    await world.signal(handle, 'RETURN_SIGNED');
    expect(await handle.result()).toMatchObject({ refundStatus: 'CLOSED', returnStatus: 'RETURN_SIGNED' });
  });

  test('2.5.3 70 before any payment: CLOSED, and neither success nor day 5 pays', async () => {
    const { seeded, handle } = await open();
    await world.changeRefund(seeded.refundId, { status: 70 });
    await world.tellRefund(handle, seeded);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'CLOSED');
    expect(view).toMatchObject({ refundCause: 'BUYER_WITHDREW', interceptStatus: 'INTERCEPTING' });
    expect(view.notices).toContain('PARCEL_RETURNS_AFTER_WITHDRAWAL');
    await world.signal(handle, 'RETURNING');
    await passTime(handle, seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'CLOSED', interceptStatus: 'SUCCEEDED' });
    expect(await world.calls(APPROVE, seeded.refundId)).toHaveLength(0);
  });
});
