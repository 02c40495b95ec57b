import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sampleInput } from '../domain/intercept/sample-case.ts';
import { HOUR_MS } from '../domain/time.ts';
import { paymentCallsOf } from '../store/payment-calls.ts';
import { CaseWorld } from '../test/support/case-world.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';

const DUE_AFTER_MS = 4_000;
const LATE_AT_MOST_MS = 5_000;
const clock = Date.now;

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createDevServerEnv());
});
afterAll(() => world.close());
afterEach(async () => {
  jest.restoreAllMocks();
  await world.shiftDatabaseClock(0);
});

/** Lets an untouched case come to its hour; how long after it the payment left, by this machine's true clock. */
async function lateness(databaseAheadMs: number): Promise<number> {
  const durations = { ...sampleInput().durations, rejectUnlockAfterMs: 1_000, autoRefundAfterMs: DUE_AFTER_MS };
  const { seeded, handle } = await world.beginOnly({ durations, initiatedAt: clock() });
  await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED', 40_000);
  const [call, ...more] = await paymentCallsOf(world.database.kysely, seeded.refundId);
  expect(more).toEqual([]);
  return (call?.sentAt ?? Number.NaN) - databaseAheadMs - (seeded.input.initiatedAt + DUE_AFTER_MS);
}

describe('I3, F55 the hour of a payment', () => {
  test.each([
    ['behind', -48 * HOUR_MS],
    ['ahead', 48 * HOUR_MS],
  ])('is kept by a worker whose clock is 48 h %s: neither early nor late', async (_how, skewMs) => {
    // The time of day of this whole process but the Temporal server and PostgreSQL; monotonic clocks are right, as ever.
    const skewed = jest.spyOn(Date, 'now').mockImplementation(() => clock() + skewMs);
    const lateMs = await lateness(0);
    expect(skewed).toHaveBeenCalled();
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThanOrEqual(LATE_AT_MOST_MS);
  });

  test('waits for PostgreSQL, which dated the initiation, where its clock is behind', async () => {
    const behindMs = 3_000;
    await world.shiftDatabaseClock(-behindMs);
    const lateMs = await lateness(-behindMs);
    expect(lateMs).toBeGreaterThanOrEqual(behindMs);
    expect(lateMs).toBeLessThanOrEqual(behindMs + LATE_AT_MOST_MS);
  });

  test('is not brought forward by PostgreSQL where its clock is ahead', async () => {
    await world.shiftDatabaseClock(HOUR_MS);
    expect(await lateness(HOUR_MS)).toBeGreaterThanOrEqual(0);
  });
});
