import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_MS } from '../domain/time.ts';
import { type CaseHandle, CaseWorld, type SeededCase } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { requestArbitrationUpdate } from './messages.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

/** A case under arbitration, asked for by the merchant an hour after the start. */
async function arbitrate(): Promise<{ seeded: SeededCase; handle: CaseHandle; dueAt: number }> {
  const seeded = await world.seed();
  const { handle } = await world.start(seeded);
  await world.env.sleep(HOUR_MS);
  const view = await handle.executeUpdate(requestArbitrationUpdate, {
    args: [{ actor: 'tester', description: '请平台介入', pictures: [] }],
  });
  expect(view).toMatchObject({ refundStatus: 'UNDER_ARBITRATION', automaticRefund: 'SUSPENDED' });
  return { seeded, handle, dueAt: seeded.input.initiatedAt + 120 * HOUR_MS };
}

async function verdict(handle: CaseHandle, seeded: SeededCase, refund: Record<string, unknown>): Promise<void> {
  await world.changeRefund(seeded.refundId, refund);
  await world.tellRefund(handle, seeded);
}

const calls = (refundId: string): Promise<unknown[]> => world.calls('open.seller.order.refund.approve', refundId);

describe('2.5.3 arbitration suspends the automatic refund', () => {
  test('2.5.3 a success under arbitration is recorded, the deadline passes, nothing is paid', async () => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.signal(handle, 'RETURNING');
    await world.sleepUntil(dueAt + HOUR_MS);
    expect(await world.view(handle)).toMatchObject({
      interceptStatus: 'SUCCEEDED',
      refundStatus: 'UNDER_ARBITRATION',
      automaticRefund: 'SUSPENDED',
      refundCause: null,
    });
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test.each(['before', 'after'] as const)('2.6 verdict 60 %s the deadline: REFUNDED by ARBITRATION, not by us', async (when) => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.sleepUntil(when === 'before' ? dueAt - HOUR_MS : dueAt + HOUR_MS);
    await verdict(handle, seeded, { status: 60 });
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('ARBITRATION');
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test.each(['before', 'after'] as const)('2.6 verdict 70 %s the deadline: CLOSED by ARBITRATION', async (when) => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.sleepUntil(when === 'before' ? dueAt - HOUR_MS : dueAt + HOUR_MS);
    await verdict(handle, seeded, { status: 70 });
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'CLOSED');
    expect(view.refundCause).toBe('ARBITRATION');
    await world.sleepUntil(dueAt + 2 * HOUR_MS);
    await world.view(handle);
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test('2.5.3 back to 10 before the deadline: OPEN and ARMED, and the deadline pays at its old hour', async () => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.sleepUntil(dueAt - HOUR_MS);
    await verdict(handle, seeded, { status: 10, negotiateStatus: 1 });
    expect(await world.until(handle, ({ refundStatus }) => refundStatus === 'OPEN')).toMatchObject({ automaticRefund: 'ARMED' });
    await world.sleepUntil(dueAt - 2_000);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'OPEN' });
    await world.sleepUntil(dueAt + 1_000);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('DEADLINE_PASSED');
  });

  test('2.5.3 back to 10 after the deadline: OPEN and DISARMED, the merchant decides', async () => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.sleepUntil(dueAt + HOUR_MS);
    await verdict(handle, seeded, { status: 10, negotiateStatus: 1 });
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'OPEN');
    expect(view.automaticRefund).toBe('DISARMED');
    expect(view.allowedActions.filter(({ allowed }) => allowed).map(({ action }) => action)).toEqual([
      'APPROVE_REFUND',
      'REJECT_REFUND',
      'REQUEST_ARBITRATION',
    ]);
    await world.sleepUntil(dueAt + 3 * HOUR_MS);
    await world.view(handle);
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test('2.5.3 back to 10 before the deadline after a success meanwhile: pays at once', async () => {
    const { seeded, handle, dueAt } = await arbitrate();
    await world.signal(handle, 'RETURNING');
    await world.sleepUntil(dueAt - HOUR_MS);
    await verdict(handle, seeded, { status: 10, negotiateStatus: 1 });
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('INTERCEPT_SUCCEEDED');
    expect(await calls(seeded.refundId)).toHaveLength(1);
  });
});

describe('2.6 the platform status table', () => {
  test('2.6 rejected in the back office (12): REJECTED; shown open again it stays, with a notice', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    await verdict(handle, seeded, { status: 12, negotiateStatus: 3 });
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REJECTED');
    await verdict(handle, seeded, { status: 10, negotiateStatus: 1 });
    const view = await world.until(handle, ({ notices }) => notices.includes('REFUND_REOPENED'));
    expect(view.refundStatus).toBe('REJECTED');
    await verdict(handle, seeded, { status: 70 });
    await world.sleepUntil(seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'REJECTED' });
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test('2.6 rejected in the back office as 10 with negotiate 3: REJECTED', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    await verdict(handle, seeded, { status: 10, negotiateStatus: 3 });
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REJECTED');
  });

  test('2.6 being paid by somebody else (50, then 60): REFUNDING, REFUNDED, SETTLED_ELSEWHERE', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    await verdict(handle, seeded, { status: 50 });
    expect(await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDING')).toMatchObject({
      refundCause: 'SETTLED_ELSEWHERE',
    });
    await verdict(handle, seeded, { status: 60 });
    expect(await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED')).toMatchObject({
      refundCause: 'SETTLED_ELSEWHERE',
    });
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test('2.5.3 (F53) a success after a rejection is recorded and alerted, no money moves (Q9)', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    await verdict(handle, seeded, { status: 12, negotiateStatus: 3 });
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REJECTED');
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ interceptStatus }) => interceptStatus === 'SUCCEEDED');
    expect(view).toMatchObject({ refundStatus: 'REJECTED', returnStatus: 'RETURNING' });
    expect(view.notices).toContain('LATE_SUCCESS_AFTER_REJECTION');
    expect(await calls(seeded.refundId)).toHaveLength(0);
  });

  test('2.5.2 (F54) a success after the day-5 refund: recorded and watched, no second payment', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    await world.signal(handle, 'RETURNING');
    const view = await world.until(handle, ({ interceptStatus }) => interceptStatus === 'SUCCEEDED');
    expect(view).toMatchObject({ refundStatus: 'REFUNDED', refundCause: 'DEADLINE_PASSED', returnStatus: 'RETURNING' });
    expect(await calls(seeded.refundId)).toHaveLength(1);
  });
});
