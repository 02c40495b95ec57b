import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { takeScans } from '../evidence/intake.ts';
import { inTransaction } from '../store/db.ts';
import { type CaseHandle, CaseWorld, type SeededCase } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { rejectRefundUpdate } from './messages.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

/** A case whose parcel was caught and whose refund is paid. */
async function succeed(
  kind: CarrierEvidence['kind'] = 'RESULT_SUCCEEDED',
): Promise<{ seeded: SeededCase; handle: CaseHandle; at: number }> {
  const { seeded, handle } = await world.begin();
  await world.signal(handle, kind);
  const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
  expect(view).toMatchObject({ interceptStatus: 'SUCCEEDED', refundCause: 'INTERCEPT_SUCCEEDED' });
  return { seeded, handle, at: await now() };
}

async function now(): Promise<number> {
  return Math.floor(await world.env.currentTimeMs());
}

const isRunning = async (handle: CaseHandle): Promise<boolean> => (await handle.describe()).status.name === 'RUNNING';

describe('2.3 evidence', () => {
  test('2.3 success corrects a failure and pays; the failure is forgotten', async () => {
    const { seeded, handle } = await world.begin();
    await world.signal(handle, 'SIGNED');
    const failed = await world.until(handle, ({ interceptStatus }) => interceptStatus === 'FAILED');
    expect(failed).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'ARMED', failure: { code: 'SIGNED' } });
    expect(failed.allowedActions.find(({ action }) => action === 'REJECT_REFUND')?.allowed).toBe(true);
    await world.signal(handle, 'RETURNING', { occurredAt: (await now()) - HOUR_MS });
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view).toMatchObject({
      interceptStatus: 'SUCCEEDED',
      returnStatus: 'RETURN_SIGNED',
      failure: null,
      refundCause: 'INTERCEPT_SUCCEEDED',
    });
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.5.2 a failure leaves the decision to the merchant until the same deadline, then it is refunded', async () => {
    const { seeded, handle } = await world.begin();
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1', message: '客户已签收' });
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS - 2_000);
    expect(await world.view(handle)).toMatchObject({
      interceptStatus: 'FAILED',
      refundStatus: 'OPEN',
      failure: { code: 'F1', message: '客户已签收' },
    });
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS + 1_000);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('DEADLINE_PASSED');
  });

  test('2.3 a failure after the success is logged only', async () => {
    const { seeded, handle } = await succeed();
    await world.signal(handle, 'RESULT_FAILED', { code: 'F1' });
    await world.env.sleep(HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ interceptStatus: 'SUCCEEDED', returnStatus: 'WAITING_RETURN', failure: null });
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });

  test('2.3 evidence older than the pick-up belongs to another parcel', async () => {
    const pickedUpAt = (await now()) - DAY_MS;
    const seeded = await world.seed({}, { pickedUpAt });
    const { handle } = await world.start(seeded);
    await world.signal(handle, 'RETURNING', { occurredAt: pickedUpAt - 1 });
    await world.env.sleep(HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
    await world.signal(handle, 'RETURNING', { occurredAt: pickedUpAt });
    await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
  });

  test('2.3 the same scans in any order, doubled, in one signal or in many: the same end, one payment', async () => {
    const kinds: CarrierEvidence['kind'][] = ['OUT_FOR_DELIVERY', 'RETURNING', 'SIGNED'];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1, 2],
      [2, 0, 1, 0],
    ];
    for (const order of orders) {
      const { seeded, handle } = await world.begin();
      const at = await now();
      for (const index of order) await world.signal(handle, kinds[index] ?? 'SCAN', { occurredAt: at + index, key: `${index}` });
      expect(await handle.result()).toMatchObject({
        interceptStatus: 'SUCCEEDED',
        refundStatus: 'REFUNDED',
        returnStatus: 'RETURN_SIGNED',
      });
      expect(await world.paidCount(seeded.refundId)).toBe(1);
    }
  });

  test('2.3 delivered to the buyer although caught; a later return scan revives the return', async () => {
    const { handle } = await succeed();
    await world.signal(handle, 'SIGNED');
    const delivered = await world.until(handle, ({ returnStatus }) => returnStatus === 'RETURN_FAILED');
    expect(delivered).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnFailure: 'DELIVERED_TO_BUYER' });
    await world.env.sleep(6 * DAY_MS);
    await world.signal(handle, 'RETURNING');
    expect(await world.until(handle, ({ returnStatus }) => returnStatus === 'RETURNING')).toMatchObject({ returnFailure: null });
    await world.env.sleep(2 * DAY_MS);
    expect(await isRunning(handle)).toBe(true);
  });

  test('2.3 a damaged parcel is still watched until it is signed back', async () => {
    const { handle } = await succeed('RETURNING');
    await world.signal(handle, 'DAMAGED');
    expect(await world.until(handle, ({ returnFailure }) => returnFailure === 'DAMAGED')).toMatchObject({ returnStatus: 'RETURNING' });
    await world.signal(handle, 'RETURN_SIGNED');
    expect(await handle.result()).toMatchObject({ returnStatus: 'RETURN_SIGNED', returnFailure: 'DAMAGED' });
  });
});

describe('2.3 the return watch', () => {
  test('2.3 no scan for 7 days: STALLED; any scan revives it; 15 days after success: OVERDUE', async () => {
    const { handle, at } = await succeed();
    await world.sleepUntil(at + 7 * DAY_MS - HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ returnStatus: 'WAITING_RETURN', returnFailure: null });
    await world.sleepUntil(at + 7 * DAY_MS + 1_000);
    expect(await world.until(handle, ({ returnFailure }) => returnFailure === 'STALLED')).toMatchObject({ returnStatus: 'RETURN_FAILED' });
    await world.signal(handle, 'SCAN');
    expect(await world.until(handle, ({ returnFailure }) => returnFailure === null)).toMatchObject({ returnStatus: 'WAITING_RETURN' });
    await world.sleepUntil(at + 15 * DAY_MS + 1_000);
    expect(await world.until(handle, ({ returnFailure }) => returnFailure === 'OVERDUE')).toMatchObject({ returnStatus: 'RETURN_FAILED' });
    await world.signal(handle, 'RETURN_SIGNED');
    expect(await handle.result()).toMatchObject({ returnStatus: 'RETURN_SIGNED', returnFailure: null });
  });

  test('2.3 at the stall timer the last scan is read: a newer one moves the timer', async () => {
    const { seeded, handle, at } = await succeed();
    await world.sleepUntil(at + 5 * DAY_MS);
    const { waybillNo } = seeded.input;
    const scan = {
      carrier: 'ZTO',
      waybillNo,
      event: 'ARRIVED',
      occurredAt: at + 5 * DAY_MS,
      outletCode: null,
      outletName: null,
      text: '到达',
      raw: null,
    } as const;
    await inTransaction(world.database.kysely, (trx) => takeScans(trx, 'ZTO', [scan], 'QUERY'));
    await world.sleepUntil(at + 8 * DAY_MS);
    expect(await world.view(handle)).toMatchObject({ returnStatus: 'WAITING_RETURN', returnFailure: null });
    await world.sleepUntil(at + 12 * DAY_MS + HOUR_MS);
    await world.until(handle, ({ returnFailure }) => returnFailure === 'STALLED');
  });
});

describe('2.8 the end', () => {
  test('2.8 lost: the run ends 7 days later, not before', async () => {
    const { handle } = await succeed('RETURNING');
    await world.signal(handle, 'LOST');
    await world.until(handle, ({ returnFailure }) => returnFailure === 'LOST');
    const lostAt = await now();
    await world.sleepUntil(lostAt + 7 * DAY_MS - HOUR_MS);
    expect(await isRunning(handle)).toBe(true);
    expect(await handle.result()).toMatchObject({ returnStatus: 'RETURN_FAILED', returnFailure: 'LOST', refundStatus: 'REFUNDED' });
    const { events } = await handle.fetchHistory();
    const endedAt = Number(events?.at(-1)?.eventTime?.seconds) * 1_000;
    expect(endedAt - lostAt).toBeGreaterThan(7 * DAY_MS - HOUR_MS);
    expect(endedAt - lostAt).toBeLessThan(7 * DAY_MS + HOUR_MS);
  });

  test('2.8 failed and rejected: ends 7 days after the failure', async () => {
    const { seeded, handle } = await world.begin();
    await world.signal(handle, 'SIGNED');
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'FAILED');
    const failedAt = await now();
    await handle.executeUpdate(rejectRefundUpdate, { args: [{ actor: 'tester', reason: '1002', description: '', images: [] }] });
    await world.sleepUntil(failedAt + 7 * DAY_MS - HOUR_MS);
    expect(await isRunning(handle)).toBe(true);
    expect(await handle.result()).toMatchObject({ interceptStatus: 'FAILED', refundStatus: 'REJECTED' });
    expect(await world.payments(seeded.refundId)).toHaveLength(0);
  });

  test('2.8 a parcel that never comes back is given up 60 days after initiation', async () => {
    const { seeded, handle } = await succeed();
    await world.sleepUntil(seeded.input.initiatedAt + 60 * DAY_MS - HOUR_MS);
    expect(await isRunning(handle)).toBe(true);
    expect(await handle.result()).toMatchObject({ returnStatus: 'RETURN_FAILED', returnFailure: 'OVERDUE' });
    const record = await world.untilRecorded(seeded.input.interceptId, ({ returnFailure }) => returnFailure === 'OVERDUE');
    expect(record.refundStatus).toBe('REFUNDED');
  });

  test('2.8 a run that ended left an ended record', async () => {
    const { seeded, handle } = await succeed('RETURNING');
    await world.signal(handle, 'RETURN_SIGNED');
    await handle.result();
    expect(await world.record(seeded.input.interceptId)).toMatchObject({ phase: 'ENDED', state: { returnStatus: 'RETURN_SIGNED' } });
  });
});
