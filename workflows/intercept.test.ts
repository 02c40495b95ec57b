import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { CaseWorld } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { rejectRefundUpdate } from './messages.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());

describe('a case on the time-skipping server', () => {
  test('success pays once, the return is signed, and the whole life takes at most 36 events (2.9)', async () => {
    const seeded = await world.seed();
    const { handle, view } = await world.start(seeded);
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
    await world.signal(handle, 'RETURNING');
    await world.untilRecorded(seeded.input.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
    await world.signal(handle, 'RETURN_SIGNED');
    const result = await handle.result();
    expect(result).toMatchObject({
      interceptStatus: 'SUCCEEDED',
      refundStatus: 'REFUNDED',
      refundCause: 'INTERCEPT_SUCCEEDED',
      returnStatus: 'RETURN_SIGNED',
    });
    expect((await world.payments(seeded.refundId)).filter(({ applied }) => applied)).toHaveLength(1);
    const { events } = await handle.fetchHistory();
    process.stdout.write(`a whole life took ${events?.length} events\n`);
    expect(events?.length).toBeLessThanOrEqual(36);
  });

  test('rejecting is locked for 3 days, then allowed (2.5.2)', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    const rejection = { actor: 'tester', reason: '1002', description: '包裹已在途', images: [] };
    await expect(handle.executeUpdate(rejectRefundUpdate, { args: [rejection] })).rejects.toMatchObject({
      cause: { type: 'ACTION_NOT_ALLOWED' },
    });
    await world.env.sleep(72 * HOUR_MS + 2_000);
    const view = await handle.executeUpdate(rejectRefundUpdate, { args: [rejection] });
    expect(view).toMatchObject({ refundStatus: 'REJECTED', interceptStatus: 'INTERCEPTING' });
    expect(await world.payments(seeded.refundId)).toHaveLength(0);
  });

  test('silence refunds itself at day 5, not before (2.5.2)', async () => {
    const seeded = await world.seed();
    const { handle } = await world.start(seeded);
    const left = seeded.input.initiatedAt + 120 * HOUR_MS - (await world.env.currentTimeMs());
    await world.env.sleep(left - 2_000);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'OPEN' });
    await world.env.sleep(2 * MINUTE_MS);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view).toMatchObject({ refundCause: 'DEADLINE_PASSED', interceptStatus: 'INTERCEPTING' });
    expect((await world.payments(seeded.refundId)).filter(({ applied }) => applied)).toHaveLength(1);
  });
});
