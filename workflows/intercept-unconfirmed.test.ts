import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UNCONFIRMED_LIMIT_MS, type UnconfirmedCause } from '../domain/intercept/unconfirmed.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { listNotices } from '../store/notices.ts';
import { countUnconfirmed } from '../store/unconfirmed-refunds.ts';
import { type BegunCase, CaseWorld } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';

const APPROVE = 'open.seller.order.refund.approve';
/** Long enough for the payment's tries to be a minute apart and the patrol's looks an hour; seven days of rounds are in patrol-rounds.test.ts. */
const OUTAGE_MS = 3 * HOUR_MS;
/** Rounds of the patrol once it has rung. */
const STEP_MS = 5 * MINUTE_MS;

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());

async function events({ handle }: BegunCase): Promise<{ all: number; signals: number }> {
  const list = (await handle.fetchHistory()).events ?? [];
  return { all: list.length, signals: list.filter((event) => event.workflowExecutionSignaledEventAttributes).length };
}

describe('I2 the bell rings: a platform that does not take a payment', () => {
  test.each<{ how: string; fault: object; cause: UnconfirmedCause; notice: string; reason: object | null }>([
    {
      how: 'refuses it',
      fault: { api: APPROVE, kind: 'refuse', code: '300018', message: '账户余额不足' },
      cause: 'REFUSED',
      notice: 'ACTION_REFUSED_BY_PLATFORM',
      reason: { code: '300018', message: '账户余额不足' },
    },
    { how: 'hangs', fault: { kind: 'hang', delayMs: 5 }, cause: 'SILENT', notice: 'REFUND_UNCONFIRMED', reason: null },
  ])(
    '$how for hours: told within 10 minutes, few signals, paid once within a minute of its return',
    async (given) => {
      const begun = await world.begin();
      const { seeded, handle } = begun;
      const { interceptId, shopId } = seeded.input;
      await world.control('POST', '/sim/faults', { party: 'KUAISHOU', ...given.fault });
      await world.signal(handle, 'RETURNING');
      const dueAt = Math.floor(await world.env.currentTimeMs());

      for (let minute = 1; minute < UNCONFIRMED_LIMIT_MS / MINUTE_MS; minute += 1) {
        await world.sleepUntil(dueAt + minute * MINUTE_MS);
        await world.checkRefunds();
      }
      const told = await world.untilRecorded(interceptId, ({ notices }) => notices.length > 0);
      expect(told).toMatchObject({
        interceptStatus: 'SUCCEEDED',
        refundStatus: 'REFUNDING',
        returnStatus: 'RETURNING',
        notices: [given.notice],
        platformRefusal: given.reason,
      });
      expect(await world.view(handle)).toMatchObject({ notices: [given.notice], platformRefusal: given.reason });
      const { items } = await listNotices(world.database.kysely, { shopId, reader: 'staff', interceptId }, { limit: 10, after: null });
      expect(items.filter(({ kind }) => kind === 'NOTICE')).toMatchObject([{ code: given.notice, detail: { cause: given.cause } }]);

      await world.sleepUntil(dueAt + UNCONFIRMED_LIMIT_MS);
      await world.checkRefunds();
      expect(await countUnconfirmed(world.database.kysely, UNCONFIRMED_LIMIT_MS)).toEqual({ [given.cause]: 1 });
      for (let at = dueAt + STEP_MS; at <= dueAt + OUTAGE_MS; at += STEP_MS) {
        await world.sleepUntil(at);
        await world.checkRefunds();
      }
      // What happens meanwhile is on the record too.
      await world.signal(handle, 'RETURN_SIGNED');
      await world.untilRecorded(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED');
      expect(await world.paidCount(seeded.refundId)).toBe(0);

      await world.control('DELETE', '/sim/faults');
      await world.env.sleep(MINUTE_MS);
      await world.untilRecorded(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
      expect(await world.paidCount(seeded.refundId)).toBe(1);
      expect(await countUnconfirmed(world.database.kysely, UNCONFIRMED_LIMIT_MS)).toEqual({});
      const { all, signals } = await events(begun);
      // Two pieces of evidence and the bell.
      expect(signals).toBe(3);
      expect(all).toBeLessThanOrEqual(60);
    },
    180_000,
  );
});
