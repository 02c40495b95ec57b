import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CarrierClient, InterceptReading, TrackReading } from '../carriers/port.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Database, type Db, now, openDatabase } from '../store/db.ts';
import { listTrack } from '../store/track.ts';
import { readPlatformCursor } from '../store/platform-cursors.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { checkRefunds, isPaymentCheckDue } from './check-refunds.ts';
import { dueReminder, tellNearDeadlines } from './near-deadlines.ts';
import { pollQuietWaybills } from './poll-carriers.ts';
import { syncRefunds } from './sync-refunds.ts';
import { INITIATED_AT, newCase, openRefund } from './test-cases.ts';
import { openCase, recordCase } from './test-records.ts';

let home: FreshDatabase;
let database: Database;
let db: Db;
let client: Client;
let signals: { workflowId: string; name: string; input: unknown }[];
let refunds: Map<string, PlatformRefund>;
let listed: [number, number][];
let platformDown: boolean;

/** A client whose signals are noted instead of sent: what is told is the point here, how it travels is the pump's test. */
function noting(): Client {
  const connection = Connection.lazy({ address: '127.0.0.1:9' });
  return new Client({
    connection,
    interceptors: {
      workflow: [
        {
          signal: async ({ workflowExecution, signalName, args }) => {
            signals.push({ workflowId: workflowExecution.workflowId ?? '', name: signalName, input: args[0] });
          },
        },
      ],
    },
  });
}
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const platform = {
  readRefund: async (_shopId: string, refundId: string) => {
    if (platformDown) throw new PlatformUnavailable('down');
    return refunds.get(refundId) ?? null;
  },
  listUpdatedRefunds: async (_shopId: string, from: number, to: number) => {
    if (platformDown) throw new PlatformUnavailable('down');
    listed.push([from, to]);
    return [...refunds.values()].filter((refund) => refund.updatedAt >= from && refund.updatedAt <= to);
  },
};

beforeAll(async () => {
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 10, applicationName: 'patrol-rounds.test', onError: () => undefined });
  db = database.kysely;
  client = noting();
});
afterAll(async () => {
  await client.connection.close();
  await database.close();
  await home.drop();
});
beforeEach(async () => {
  signals = [];
  refunds = new Map();
  listed = [];
  platformDown = false;
  const tables = [
    'inbox',
    'track_events',
    'intercepts',
    'parcels',
    'waybill_marks',
    'refund_checks',
    'platform_cursors',
    'notices',
    'outbox',
  ] as const;
  for (const table of tables) await db.deleteFrom(table).execute();
});
const deps = () => ({ db, client, platform, log: silent });

/** Puts instants of a case's row back in time, as if it had been there for that long. */
async function age(state: InterceptState, byMs: number): Promise<void> {
  const at = new Date((await now(db)) - byMs).toISOString();
  await db
    .updateTable('intercepts')
    .set((eb) => ({ initiated_at: eb.cast<number>(eb.val(at), 'timestamptz'), updated_at: eb.cast<number>(eb.val(at), 'timestamptz') }))
    .where('intercept_id', '=', state.input.interceptId)
    .execute();
}

describe('2.7 quiet waybills', () => {
  const carrier = (track: TrackReading, status: InterceptReading | null = null) => {
    const calls = { track: 0, status: 0 };
    const connected: CarrierClient = {
      requestIntercept: async () => ({ kind: 'UNKNOWN', sent: false, reason: 'not in this test' }),
      readIntercept: status && (async () => ((calls.status += 1), status)),
      readTrack: async () => ((calls.track += 1), track),
      subscribeTrack: null,
      readPush: () => ({ kind: 'BAD_SIGNATURE', reply: { status: 401, contentType: 'text/plain', body: '' } }),
      claims: null,
    };
    return { calls, carriers: new Map([['ZTO', connected]]) };
  };
  const scans = (waybillNo: string): TrackReading => ({
    kind: 'SCANS',
    scans: [
      {
        carrier: 'ZTO',
        waybillNo,
        event: 'RETURNING',
        occurredAt: Date.now() - HOUR_MS,
        outletCode: null,
        outletName: null,
        text: '退件',
        raw: {},
      },
    ],
  });
  const succeeded: InterceptReading = { kind: 'SUCCEEDED', code: 'INTERCEPT_SUCCESS', message: '拦截成功', reference: 'R1' };
  const poll = (carriers: ReadonlyMap<string, CarrierClient>) =>
    pollQuietWaybills({ ...deps(), carriers }, { quietForMs: 5 * MINUTE_MS, limit: 10 });

  test('are asked about once a period, and what is said is taken in as if pushed', async () => {
    const state = await openCase(db);
    const { carriers, calls } = carrier(scans(state.input.waybillNo), succeeded);
    expect(await poll(carriers)).toBe(0);
    await age(state, 6 * MINUTE_MS);
    expect(await poll(carriers)).toBe(1);
    expect(await poll(carriers)).toBe(0);
    expect(calls).toEqual({ track: 1, status: 1 });
    expect((await listTrack(db, 'ZTO', state.input.waybillNo)).map((scan) => [scan.event, scan.source])).toEqual([
      ['RETURNING', 'QUERY'],
      ['OTHER', 'RESULT'],
    ]);
    const rows = await db.selectFrom('inbox').select(['kind', 'status', 'payload']).orderBy('inbox_id').execute();
    expect(rows).toMatchObject([
      { kind: 'TRACK', status: 'PENDING', payload: { event: 'RETURNING' } },
      { kind: 'RESULT', status: 'PENDING', payload: { result: 'SUCCEEDED', code: 'INTERCEPT_SUCCESS' } },
    ]);
  });

  test('the same word of the carrier is taken in once', async () => {
    const state = await openCase(db);
    const { carriers } = carrier({ kind: 'NO_TRACK' }, succeeded);
    await age(state, 6 * MINUTE_MS);
    await poll(carriers);
    await db.deleteFrom('waybill_marks').execute();
    await poll(carriers);
    expect(await db.selectFrom('inbox').select('inbox_id').execute()).toHaveLength(1);
  });

  test('finding 14: a failed status is an older intercept’s as long as the carrier accepted none of ours', async () => {
    const state = await openCase(db);
    const { carriers } = carrier({ kind: 'NO_TRACK' }, { kind: 'FAILED', code: 'INTERCEPT_FAIL', message: '拦截失败', reference: null });
    await age(state, 6 * MINUTE_MS);
    expect(await poll(carriers)).toBe(1);
    expect(await db.selectFrom('inbox').select('inbox_id').execute()).toEqual([]);
    await recordCase(db, state, { interceptStatus: 'INTERCEPTING' });
    await db.deleteFrom('waybill_marks').execute();
    await age(state, 6 * MINUTE_MS);
    await poll(carriers);
    expect(await db.selectFrom('inbox').select('payload').execute()).toMatchObject([{ payload: { result: 'FAILED' } }]);
  });

  test('are left alone when nothing is awaited any more', async () => {
    const state = await openCase(db);
    await recordCase(db, state, { interceptStatus: 'SUCCEEDED', returnStatus: 'RETURN_SIGNED' });
    await age(state, 6 * MINUTE_MS);
    expect(await poll(carrier(scans(state.input.waybillNo)).carriers)).toBe(0);
  });

  test('a stalled return hears of the scan that slipped by', async () => {
    const state = await openCase(db);
    const stalled: Partial<InterceptState> = {
      interceptStatus: 'SUCCEEDED',
      returnStatus: 'RETURN_FAILED',
      returnFailure: 'STALLED',
      quiet: 'STALLED',
    };
    await recordCase(db, state, stalled);
    await age(state, 6 * MINUTE_MS);
    await poll(carrier(scans(state.input.waybillNo)).carriers);
    expect(signals).toMatchObject([{ name: 'carrierEvidence', input: { evidence: [{ kind: 'RETURNING' }] } }]);
  });

  test('a carrier that does not answer is not asked again by the next round', async () => {
    const state = await openCase(db);
    await age(state, 6 * MINUTE_MS);
    const { carriers, calls } = carrier({ kind: 'UNAVAILABLE', reason: 'down' }, { kind: 'UNKNOWN', reason: 'down' });
    await poll(carriers);
    await poll(carriers);
    expect(calls).toEqual({ track: 1, status: 1 });
    expect(await db.selectFrom('inbox').select('inbox_id').execute()).toEqual([]);
  });
});

describe('2.7 the list of refunds', () => {
  test('is read on from where it stopped, overlapping, and tells only cases whose refund changed', async () => {
    const [changed, same] = [await openCase(db), await openCase(db, { refundId: '2', waybillNo: '73100000000002' })];
    const at = await now(db);
    refunds.set('a', openRefund({ refundId: changed.input.refundId, status: 70, updatedAt: at - MINUTE_MS }));
    refunds.set('b', openRefund({ refundId: same.input.refundId, updatedAt: at - MINUTE_MS }));
    refunds.set('c', openRefund({ refundId: '3', updatedAt: at - MINUTE_MS }));
    expect(await syncRefunds(deps(), '1001')).toBe(1);
    expect(signals).toMatchObject([
      { workflowId: `intercept:${changed.input.interceptId}`, name: 'refundChanged', input: { refund: { status: 70 }, notice: null } },
    ]);
    const cursor = await readPlatformCursor(db, '1001', 'refunds-updated');
    await syncRefunds(deps(), '1001');
    expect(listed.at(-1)?.[0]).toBe((cursor ?? 0) - 5 * MINUTE_MS);
  });

  test('after three days of silence comes in slices of a day at most, without a gap', async () => {
    await openCase(db);
    const at = await now(db);
    await db
      .insertInto('platform_cursors')
      .values((eb) => ({
        shop_id: '1001',
        name: 'refunds-updated',
        position: eb.cast<number>(eb.val(new Date(at - 3 * DAY_MS).toISOString()), 'timestamptz'),
      }))
      .execute();
    await syncRefunds(deps(), '1001');
    expect(listed.length).toBeGreaterThanOrEqual(4);
    listed.forEach(([from, to], index) => {
      expect(to - from).toBeLessThanOrEqual(DAY_MS);
      if (index > 0) expect(from).toBeLessThan(listed[index - 1]?.[1] ?? 0);
    });
    expect(listed[0]?.[0]).toBe(at - 3 * DAY_MS - 5 * MINUTE_MS);
    expect(listed.at(-1)?.[1]).toBeGreaterThanOrEqual(at);
  });

  test('stands where it was when the platform does not answer', async () => {
    await openCase(db);
    platformDown = true;
    await expect(syncRefunds(deps(), '1001')).rejects.toThrow(PlatformUnavailable);
    expect(await readPlatformCursor(db, '1001', 'refunds-updated')).toBeNull();
  });
});

describe('2.7 checks of refunds', () => {
  const minutes = (count: number) => INITIATED_AT + count * MINUTE_MS;

  test('of a payment come 1, 2, 5 and 15 minutes after the decision, then every hour', () => {
    let last: number | null = null;
    const looks: number[] = [];
    for (let minute = 0; minute <= 200; minute += 1) {
      if (!isPaymentCheckDue(minutes(0), last, minutes(minute))) continue;
      looks.push(minute);
      last = minutes(minute);
    }
    expect(looks).toEqual([1, 2, 5, 15, 75, 135, 195]);
  });

  test('that were missed are one look, and one of an earlier payment does not count', () => {
    expect(isPaymentCheckDue(minutes(0), minutes(1), minutes(30))).toBe(true);
    expect(isPaymentCheckDue(minutes(0), minutes(30), minutes(31))).toBe(false);
    expect(isPaymentCheckDue(minutes(0), minutes(-30), minutes(0))).toBe(false);
    expect(isPaymentCheckDue(minutes(0), minutes(-30), minutes(1))).toBe(true);
  });

  async function paying(sinceMs: number): Promise<InterceptState> {
    const state = await openCase(db);
    const decidedAt = (await now(db)) - sinceMs;
    const next = await recordCase(db, state, {
      refundStatus: 'REFUNDING',
      refundCause: 'MANUAL_APPROVAL',
      automaticRefund: 'DISARMED',
      disarmedBy: 'DECIDED',
      refundDecidedAt: decidedAt,
      paymentSent: true,
      paymentAnsweredAt: decidedAt,
    });
    await age(state, sinceMs);
    return next;
  }

  test('tell a payment’s case of its success, once a look', async () => {
    const state = await paying(90 * SECOND_MS);
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 60 }));
    expect(await checkRefunds(deps())).toBe(1);
    expect(signals).toMatchObject([{ name: 'refundChanged', input: { refund: { status: 60 }, notice: null } }]);
    expect(await checkRefunds(deps())).toBe(0);
  });

  test('leave a payment alone before its first minute, and say nothing while it is under way', async () => {
    const state = await paying(30 * SECOND_MS);
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 50 }));
    expect(await checkRefunds(deps())).toBe(0);
    await age(state, 10 * MINUTE_MS);
    await recordCase(db, state, { refundDecidedAt: (await now(db)) - 10 * MINUTE_MS });
    await age(state, 10 * MINUTE_MS);
    expect(await checkRefunds(deps())).toBe(0);
    expect(await db.selectFrom('refund_checks').select('checks').execute()).toEqual([{ checks: 1 }]);
  });

  test.each([
    ['under way', false],
    ['unknown, the platform being silent', true],
  ])('raise REFUND_UNCONFIRMED when a payment is still %s after an hour', async (_how, silentPlatform) => {
    const state = await paying(61 * MINUTE_MS);
    platformDown = silentPlatform;
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 50 }));
    expect(await checkRefunds(deps())).toBe(1);
    expect(signals).toMatchObject([{ input: { notice: 'REFUND_UNCONFIRMED' } }]);
    expect(await db.selectFrom('refund_checks').select('checks').execute()).toHaveLength(silentPlatform ? 0 : 1);
  });

  test.each([
    ['OPEN', 29, 0],
    ['OPEN', 31, 1],
    ['UNDER_ARBITRATION', 59, 0],
    ['UNDER_ARBITRATION', 61, 1],
  ] as const)('of a refund %s for %d minutes: %d', async (refundStatus, quietMinutes, told) => {
    const state = await openCase(db);
    await recordCase(db, state, { refundStatus, automaticRefund: refundStatus === 'OPEN' ? 'ARMED' : 'SUSPENDED' });
    await age(state, quietMinutes * MINUTE_MS);
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 70 }));
    expect(await checkRefunds(deps())).toBe(told);
  });
});

describe('2.7 near deadlines', () => {
  test('are 24 h and 2 h before the automatic refund; the nearer one wins', () => {
    const dueAt = INITIATED_AT + 120 * HOUR_MS;
    expect(dueReminder(newCase(), dueAt - 24 * HOUR_MS - 1)).toBeNull();
    expect(dueReminder(newCase(), dueAt - 24 * HOUR_MS)).toBe(24);
    expect(dueReminder(newCase(), dueAt - 2 * HOUR_MS - 1)).toBe(24);
    expect(dueReminder(newCase(), dueAt - 2 * HOUR_MS)).toBe(2);
  });

  test('of a case shorter than that are not told at its very start', () => {
    const { durations } = newCase().input;
    const short = newCase({ durations: { ...durations, autoRefundAfterMs: 5 * HOUR_MS } });
    expect(dueReminder(short, INITIATED_AT)).toBeNull();
    expect(dueReminder(short, INITIATED_AT + 3 * HOUR_MS)).toBe(2);
  });

  test('are told once each, with the case as it stands', async () => {
    const { durations } = newCase().input;
    const state = await openCase(db, { durations: { ...durations, autoRefundAfterMs: 24 * HOUR_MS + 1 } });
    await db.deleteFrom('outbox').execute();
    await db.deleteFrom('notices').execute();
    while (dueReminder(state, await now(db)) === null);
    expect(await tellNearDeadlines({ db })).toBe(1);
    expect(await tellNearDeadlines({ db })).toBe(0);
    expect(await db.selectFrom('outbox').select(['type', 'intercept_id', 'payload']).execute()).toMatchObject([
      { type: 'refund.deadline_near', intercept_id: state.input.interceptId, payload: { refundStatus: 'OPEN' } },
    ]);
    expect(await db.selectFrom('notices').select(['kind', 'code']).execute()).toEqual([{ kind: 'EVENT', code: 'refund.deadline_near' }]);
  });
});
