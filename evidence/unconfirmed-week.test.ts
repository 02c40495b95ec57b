import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { apply } from '../domain/intercept/machine.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { UNCONFIRMED_LIMIT_MS } from '../domain/intercept/unconfirmed.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Database, type Db, now, openDatabase } from '../store/db.ts';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { notePaymentAnswer, notePaymentCall } from '../store/payment-calls.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import type { RefundChangedSignal } from '../workflows/messages.ts';
import { checkRefunds } from './check-refunds.ts';
import { openRefund } from './test-cases.ts';
import { openCase, recordCase } from './test-records.ts';

/** The rounds are a fiftieth of a week's, so the 200 that a week may bring are four here. */
const SIGNALS_AT_MOST = 4;
/** As the payment goes on trying. */
const TRY_EVERY_MS = MINUTE_MS;

let home: FreshDatabase;
let database: Database;
let db: Db;
beforeAll(async () => {
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 10, applicationName: 'unconfirmed-week.test', onError: () => undefined });
  db = database.kysely;
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

/** Minute by minute for half an hour, then every hour: instants of rounds of the patrol in a week. */
function* rounds(from: EpochMs): Generator<EpochMs> {
  for (let at = from + MINUTE_MS; at <= from + 7 * DAY_MS; at += at < from + 30 * MINUTE_MS ? MINUTE_MS : HOUR_MS) yield at;
}

async function putClockTo(at: EpochMs): Promise<void> {
  const clock = `select to_timestamp(${at / 1_000})`;
  await sql`create or replace function clock_ms() returns timestamptz language sql volatile as ${sql.lit(clock)}`.execute(db);
}

test.each([
  { platform: 'refuses', waybillNo: '73100000000011', refundId: '70011', notice: 'ACTION_REFUSED_BY_PLATFORM' },
  { platform: 'hangs', waybillNo: '73100000000012', refundId: '70012', notice: 'REFUND_UNCONFIRMED' },
])('I2 a platform that $platform for a week: told within 10 minutes, at most a few signals', async ({ platform, notice, ...ids }) => {
  const from = (await now(db)) - 8 * DAY_MS;
  await putClockTo(from);
  let state = await openCase(db, ids);
  const { interceptId, refundId } = state.input;
  const pay = { type: 'COMMAND', at: from, command: { kind: 'APPROVE', actor: 'staff', agreedFen: null } } as const;
  state = await recordCase(db, state, { ...apply(state, pay).state });
  let signals = 0;
  let toldAt: EpochMs | null = null;
  /** The run: hears the signal, applies it and records what changed. */
  const hear = async (change: RefundChangedSignal): Promise<void> => {
    signals += 1;
    const at = await now(db);
    let next: InterceptState = state;
    if (change.notice !== null) next = apply(next, { type: 'NOTICE', at, notice: change.notice, reason: change.reason ?? null }).state;
    if (change.refund !== null) next = apply(next, { type: 'REFUND_READ', at, refund: change.refund }).state;
    state = await recordCase(db, state, next);
  };
  const client = new Client({
    connection: Connection.lazy({ address: '127.0.0.1:9' }),
    interceptors: { workflow: [{ signal: ({ args }) => hear(args[0] as RefundChangedSignal) }] },
  });
  const readRefund = async () => {
    if (platform === 'hangs') throw new PlatformUnavailable('no answer');
    return openRefund({ refundId, waybillNo: ids.waybillNo, expireAt: from + DAY_MS });
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let triedAt = from;
  for (const at of rounds(from)) {
    await putClockTo(at);
    if (platform === 'refuses' && at - triedAt >= TRY_EVERY_MS) {
      triedAt = at;
      const callKey = `${refundId}:${at}`;
      await notePaymentCall(db, { callKey, refundId, interceptId, sequence: 1, amountFen: 9_900 });
      await notePaymentAnswer(db, callKey, 'NOT_APPLIED:REFUSED', { code: '300018', message: '账户余额不足' });
    }
    await checkRefunds({ db, client, platform: { readRefund, listUpdatedRefunds: async () => [] }, log });
    if (toldAt === null && (await findAnyIntercept(db, interceptId))?.state.notices.includes(notice as never)) toldAt = at;
  }
  await client.connection.close();
  expect((toldAt ?? Number.POSITIVE_INFINITY) - from).toBeLessThanOrEqual(UNCONFIRMED_LIMIT_MS);
  expect(signals).toBeGreaterThan(0);
  expect(signals).toBeLessThanOrEqual(SIGNALS_AT_MOST);
});
