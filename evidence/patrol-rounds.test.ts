import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { CarrierClient, InterceptReading, TrackReading } from '../carriers/port.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Database, type Db, now, openDatabase } from '../store/db.ts';
import { saveDecisionSettings } from '../store/decision-settings.ts';
import { escalationsOf } from '../store/escalations.ts';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { listTrack } from '../store/track.ts';
import { readPlatformCursor } from '../store/platform-cursors.ts';
import { claimShops, refundListLag, releaseShops } from '../store/shop-rounds.ts';
import { changeStaff, createStaff } from '../store/staff.ts';
import { instant } from '../store/values.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { checkRefunds, isPaymentCheckDue } from './check-refunds.ts';
import { tellNearDeadlines } from './near-deadlines.ts';
import { pollCarriers, pollPace } from './poll-carriers.ts';
import { syncAllRefunds, syncRefunds } from './sync-refunds.ts';
import { INITIATED_AT, newInput, openRefund } from './test-cases.ts';
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
    'shop_rounds',
    'notices',
    'outbox',
  ] as const;
  for (const table of tables) await db.deleteFrom(table).execute();
});
const deps = () => ({ db, client, platform, log: silent });
/** A round with all the time it wants. */
const unhurried = new AbortController().signal;

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
  const poll = (carriers: ReadonlyMap<string, CarrierClient>, signal = unhurried) =>
    pollCarriers({ ...deps(), carriers }, pollPace(5 * MINUTE_MS), signal);

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

  test('of a parcel that seemed lost, failed or delivered are asked about too: the return scan whose push was lost is found', async () => {
    const state = await openCase(db);
    await recordCase(db, state, { interceptStatus: 'FAILED', failure: { code: 'SIGNED', message: '买家已签收' } });
    await age(state, 29 * MINUTE_MS);
    const { carriers, calls } = carrier(scans(state.input.waybillNo), succeeded);
    expect(await poll(carriers)).toBe(0);
    await age(state, 31 * MINUTE_MS);
    expect(await poll(carriers)).toBe(1);
    expect(calls).toEqual({ track: 1, status: 0 });
    expect(await db.selectFrom('inbox').select(['kind', 'payload']).execute()).toMatchObject([
      { kind: 'TRACK', payload: { event: 'RETURNING' } },
    ]);
  });

  test('of a silent carrier wait for the next round after five tries, and those of the others are all asked about', async () => {
    const nobody = carrier({ kind: 'UNAVAILABLE', reason: 'down' });
    const well = carrier({ kind: 'NO_TRACK' });
    const carriers = new Map([...nobody.carriers, ['YTO', well.carriers.get('ZTO') as CarrierClient]]);
    for (let n = 0; n < 60; n += 1) {
      const state = await openCase(db, { refundId: `70${n}`, waybillNo: `7320000000${n}`, carrier: n < 30 ? 'ZTO' : 'YTO' });
      await age(state, 6 * MINUTE_MS);
    }
    await poll(carriers);
    expect(well.calls.track).toBe(30);
    // Those under way side by side when the fifth failed are asked to the end.
    expect(nobody.calls.track).toBeGreaterThanOrEqual(5);
    expect(nobody.calls.track).toBeLessThanOrEqual(5 + 7);
  });

  test('are asked about the longest due first, and none once the round is over', async () => {
    const asked: string[] = [];
    const over = new AbortController();
    const { carriers } = carrier({ kind: 'NO_TRACK' });
    const zto = carriers.get('ZTO') as CarrierClient;
    carriers.set('ZTO', {
      ...zto,
      readTrack: async (waybillNo) => {
        asked.push(waybillNo);
        over.abort();
        return { kind: 'NO_TRACK' };
      },
    });
    for (const [n, minutes] of [7, 60, 10].entries())
      await age(await openCase(db, { refundId: `71${n}`, waybillNo: `WAITED-${minutes}` }), minutes * MINUTE_MS);
    await poll(carriers, over.signal);
    expect(asked[0]).toBe('WAITED-60');
    expect(await poll(carriers, AbortSignal.abort())).toBe(0);
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
    refunds.set('b', openRefund({ refundId: same.input.refundId, waybillNo: same.input.waybillNo, updatedAt: at - MINUTE_MS }));
    refunds.set('c', openRefund({ refundId: '3', updatedAt: at - MINUTE_MS }));
    expect(await syncRefunds(deps(), '1001', unhurried)).toEqual({ moved: 1, more: false });
    expect(signals).toMatchObject([
      { workflowId: `intercept:${changed.input.interceptId}`, name: 'refundChanged', input: { refund: { status: 70 }, notice: null } },
    ]);
    const cursor = await readPlatformCursor(db, '1001', 'refunds-updated');
    await syncRefunds(deps(), '1001', unhurried);
    expect(listed.at(-1)?.[0]).toBe((cursor ?? 0) - 5 * MINUTE_MS);
  });

  test('after three days of silence comes in slices of a day at most, without a gap', async () => {
    await age(await openCase(db), 4 * DAY_MS);
    const at = await now(db);
    await db
      .insertInto('platform_cursors')
      .values((eb) => ({
        shop_id: '1001',
        name: 'refunds-updated',
        position: eb.cast<number>(eb.val(new Date(at - 3 * DAY_MS).toISOString()), 'timestamptz'),
      }))
      .execute();
    await syncRefunds(deps(), '1001', unhurried);
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
    await expect(syncRefunds(deps(), '1001', unhurried)).rejects.toThrow(PlatformUnavailable);
    expect(await readPlatformCursor(db, '1001', 'refunds-updated')).toBeNull();
  });

  test('begins with the oldest open case, not with what was before it; a shop without one is not asked about', async () => {
    const state = await openCase(db);
    await db
      .insertInto('platform_cursors')
      .values({ shop_id: '1001', name: 'refunds-updated', position: instant((await now(db)) - 30 * DAY_MS) })
      .execute();
    await syncRefunds(deps(), '1001', unhurried);
    expect(listed.map(([from]) => from)).toEqual([state.input.initiatedAt - 5 * MINUTE_MS]);
    await recordCase(db, state, { refundStatus: 'REFUNDED' }, true);
    expect(await syncRefunds(deps(), '1001', unhurried)).toEqual({ moved: 0, more: false });
    expect(listed).toHaveLength(1);
  });

  test('goes on after the other shops when one turn is too short for it', async () => {
    await age(await openCase(db), 5 * DAY_MS);
    expect(await syncRefunds(deps(), '1001', AbortSignal.abort())).toEqual({ moved: 0, more: true });
    expect(listed).toEqual([]);
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
    await age(state, 6 * MINUTE_MS);
    await recordCase(db, state, { refundDecidedAt: (await now(db)) - 6 * MINUTE_MS });
    await age(state, 6 * MINUTE_MS);
    expect(await checkRefunds(deps())).toBe(0);
    expect(await db.selectFrom('refund_checks').select('checks').execute()).toEqual([{ checks: 1 }]);
  });

  test.each([
    ['under way', false, 'PAYING'],
    ['unknown, the platform being silent', true, 'SILENT'],
  ])('raise REFUND_UNCONFIRMED once when a payment is still %s before 10 minutes are over', async (_how, silentPlatform, found) => {
    const state = await paying(9 * MINUTE_MS);
    platformDown = silentPlatform;
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 50 }));
    expect(await checkRefunds(deps())).toBe(1);
    expect(await checkRefunds(deps())).toBe(0);
    expect(signals).toMatchObject([{ input: { notice: 'REFUND_UNCONFIRMED' } }]);
    expect(await db.selectFrom('refund_checks').select(['checks', 'found']).execute()).toEqual([{ checks: 1, found }]);
    const { interceptId } = state.input;
    expect((await findAnyIntercept(db, interceptId))?.state.notices).toEqual(['REFUND_UNCONFIRMED']);
    expect(await db.selectFrom('notices').select('code').where('kind', '=', 'NOTICE').execute()).toEqual([{ code: 'REFUND_UNCONFIRMED' }]);
  });

  test('S8 look at a rejection until the platform shows it', async () => {
    const state = await openCase(db);
    const rejectedAt = (await now(db)) - 2 * HOUR_MS;
    const taken = await recordCase(db, state, { refundStatus: 'REJECTED', automaticRefund: 'DISARMED', rejectionTakenAt: rejectedAt });
    await age(state, 2 * HOUR_MS);
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId }));
    expect(await checkRefunds(deps())).toBe(1);
    await recordCase(db, taken, { rejectionTakenAt: null });
    await db.deleteFrom('refund_checks').execute();
    await age(state, 2 * HOUR_MS);
    expect(await checkRefunds(deps())).toBe(0);
    expect(await db.selectFrom('refund_checks').select('refund_id').execute()).toEqual([]);
  });

  test('finding 9: watch a payment to its end although the carrier refused the intercept meanwhile', async () => {
    const state = await paying(90 * SECOND_MS);
    await recordCase(db, state, { interceptStatus: 'REJECTED_BY_CARRIER' });
    refunds.set(state.input.refundId, openRefund({ refundId: state.input.refundId, status: 60 }));
    await age(state, 90 * SECOND_MS);
    expect(await checkRefunds(deps())).toBe(1);
  });

  test('of a shop that gives no answer end after a few, are noted as unanswered, and hold up no other shop', async () => {
    const asked: string[] = [];
    const halfSilent = {
      ...platform,
      readRefund: async (shopId: string, refundId: string) => {
        asked.push(shopId);
        if (shopId === 'silent') throw new PlatformUnavailable('no answer within 3000 ms');
        return platform.readRefund(shopId, refundId);
      },
    };
    for (let n = 0; n < 40; n += 1) {
      const shopId = n < 30 ? 'silent' : 'well';
      await age(await openCase(db, { shopId, refundId: `74${n}`, waybillNo: `7360000000${n}` }), 31 * MINUTE_MS);
    }
    await checkRefunds({ ...deps(), platform: halfSilent });
    expect(asked.filter((shopId) => shopId === 'well')).toHaveLength(10);
    // Those under way side by side when the second failed are asked to the end.
    expect(asked.filter((shopId) => shopId === 'silent').length).toBeLessThanOrEqual(2 + 7);
    const found = await db.selectFrom('refund_checks').select('found').where('found', '=', 'SILENT').execute();
    expect(found).toHaveLength(30);
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

describe('2.7 the lists of all shops', () => {
  const SHOPS = 60;
  /** Shops that never answer until they are let go. */
  let hanging: Map<string, () => void>;
  let asked: string[];
  const platformOfShops = {
    ...platform,
    listUpdatedRefunds: async (shopId: string) => {
      asked.push(shopId);
      if (!shopId.startsWith('hang')) return [];
      await new Promise<void>((resolve) => hanging.set(shopId, resolve));
      throw new PlatformUnavailable('no answer within 3000 ms');
    },
  };
  beforeEach(async () => {
    hanging = new Map();
    asked = [];
    await db.deleteFrom('intercepts').execute();
  });
  const open = (shopId: string, n: number) => openCase(db, { shopId, refundId: `72${n}`, waybillNo: `7340000000${n}` });
  const allDue = () => sql`update shop_rounds set due_at = clock_ms()`.execute(db);
  const syncAll = (signal = unhurried) => syncAllRefunds({ ...deps(), platform: platformOfShops }, signal);

  test('are read for each shop with an open case, ten that hang delay no other, and wait longer each time', async () => {
    for (let n = 0; n < 10; n += 1) await open(`hang${n}`, n);
    for (let n = 10; n < 10 + SHOPS; n += 1) await open(`shop${n}`, n);
    const round = syncAll();
    // Ten hang all the while; every other shop has its turn before the first of them ends.
    await until(() => asked.length === 10 + SHOPS);
    expect(hanging.size).toBe(10);
    for (const letGo of hanging.values()) letGo();
    await round;
    expect(new Set(asked).size).toBe(10 + SHOPS);
    asked = [];
    await syncAll();
    expect(asked).toEqual([]);
    const waits = await sql<{ failures: number; seconds: number; count: number }>`
      select failures, round(extract(epoch from due_at - served_at))::integer as seconds, count(*) as count from shop_rounds group by 1, 2 order by 1`.execute(
      db,
    );
    expect(waits.rows).toEqual([
      { failures: 0, seconds: 45, count: SHOPS },
      { failures: 1, seconds: 30, count: 10 },
    ]);
  });

  test('come to the longest unserved shop first; what a round could not reach keeps its place', async () => {
    for (const [n, shopId] of ['a', 'b', 'c', 'd'].entries()) await open(shopId, n);
    await syncAll();
    await sql`update shop_rounds set due_at = clock_ms(), served_at = clock_ms() - interval '1 minute' * array_position(array['c', 'a', 'd', 'b'], shop_id)`.execute(
      db,
    );
    expect(await claimShops(db, 'REFUNDS', 2)).toEqual(['b', 'd']);
    await releaseShops(db, 'REFUNDS', ['b', 'd']);
    expect(await claimShops(db, 'REFUNDS', 3)).toEqual(['b', 'd', 'a']);
  });

  test('are shared: two rounds at once ask about no shop twice', async () => {
    for (let n = 0; n < 30; n += 1) await open(`shop${n}`, n);
    await Promise.all([syncAll(), syncAll(), syncAll()]);
    expect(asked).toHaveLength(30);
    expect(new Set(asked).size).toBe(30);
  });

  test('are given back by a round that ended early, and by one that died', async () => {
    await open('a', 1);
    await syncAll(AbortSignal.abort());
    expect(asked).toEqual([]);
    expect(await claimShops(db, 'REFUNDS', 1)).toEqual(['a']);
    await syncAll();
    expect(asked).toEqual([]);
    await allDue();
    await syncAll();
    expect(asked).toEqual(['a']);
  });

  test('are as old on the gauge as the most neglected shop with an open case', async () => {
    expect(await refundListLag(db, 'refunds-updated')).toBe(0);
    await age(await open('a', 1), 10 * MINUTE_MS);
    expect(Math.round((await refundListLag(db, 'refunds-updated')) / MINUTE_MS)).toBe(10);
    await syncAll();
    expect(await refundListLag(db, 'refunds-updated')).toBeLessThan(MINUTE_MS);
  });
});

describe('2.7 near deadlines', () => {
  /** A case that pays itself `dueInMs` from now and began `agoMs` ago. */
  async function near(refundId: string, dueInMs: number, agoMs: number): Promise<string> {
    const { input } = await openCase(db, { refundId, waybillNo: `735${refundId}` });
    await sql`update intercepts set initiated_at = clock_ms() - ${agoMs} * interval '1 millisecond',
      auto_refund_at = clock_ms() + ${dueInMs} * interval '1 millisecond' where intercept_id = ${input.interceptId}`.execute(db);
    return input.interceptId;
  }
  const reminders = async () => {
    const rows = await db
      .selectFrom('outbox')
      .select('event_key')
      .where('type', '=', 'refund.deadline_near')
      .orderBy('outbox_id')
      .execute();
    return rows.map(({ event_key }) => event_key.replace(/:\d+:deadline_near:/, ' '));
  };

  test('are told 24 h and 2 h before, once each, the nearer one alone when both have come, and not what was due at the start', async () => {
    const day = await near('81', 23 * HOUR_MS, 97 * HOUR_MS);
    const both = await near('82', HOUR_MS, 119 * HOUR_MS);
    await near('83', 25 * HOUR_MS, 95 * HOUR_MS);
    await near('84', 3 * HOUR_MS, HOUR_MS);
    await near('85', -HOUR_MS, 121 * HOUR_MS);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(2);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(0);
    expect(await reminders()).toEqual([`${both} 2`, `${day} 24`]);
    await sql`update intercepts set auto_refund_at = clock_ms() + interval '90 minutes' where intercept_id = ${day}`.execute(db);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(1);
    expect((await reminders()).at(-1)).toBe(`${day} 2`);
  });

  test('come when the shop wants them, and not at all where it wants none', async () => {
    const own = await near('811', 3 * HOUR_MS, 97 * HOUR_MS);
    const set = (hours: number[]) => sql`update decision_settings set remind_hours = ${hours}::integer[]`.execute(db);
    const settings = { proposals: [], remindHoursBefore: [48, 4, 1], escalation: null };
    await saveDecisionSettings(db, { shopId: newInput().shopId, baseVersion: 0, settings, savedBy: 'test' });
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(1);
    await set([]);
    await near('812', HOUR_MS, 119 * HOUR_MS);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(0);
    expect(await reminders()).toEqual([`${own} 4`]);
    await db.deleteFrom('decision_settings').execute();
  });

  test('reach the person whom the shop named when nobody decided, once a case, and say when they are deactivated', async () => {
    const { shopId } = newInput();
    await near('821', 5 * HOUR_MS, 115 * HOUR_MS);
    const due = await near('822', 3 * HOUR_MS, 117 * HOUR_MS);
    const decided = await near('823', 3 * HOUR_MS, 117 * HOUR_MS);
    await sql`update intercepts set state = jsonb_set(state, '{command}', '{"kind":"REJECT"}') where intercept_id = ${decided}`.execute(db);
    await createStaff(db, { shopId, name: '张三', role: 'OPERATOR', passwordHash: 'x', mustChange: false });
    const { staff_id: staffId } = await db.selectFrom('staff').select('staff_id').executeTakeFirstOrThrow();
    const settings = { proposals: [], remindHoursBefore: [], escalation: { staffId, hoursBefore: 4 } };
    await saveDecisionSettings(db, { shopId, baseVersion: 0, settings, savedBy: 'test' });
    expect(await Promise.all([tellNearDeadlines({ db }, unhurried), tellNearDeadlines({ db }, unhurried)])).toContain(1);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(0);
    const told = () =>
      db
        .selectFrom('notices')
        .select(['intercept_id', 'reference', 'detail'])
        .where('code', '=', 'DECISION_ESCALATED')
        .orderBy('notice_id')
        .execute();
    expect(await told()).toMatchObject([
      { intercept_id: due, reference: staffId, detail: { staffName: '张三', hoursBefore: 4, deactivated: 0, refundFeeFen: 9_900 } },
    ]);
    expect((await escalationsOf(db, [due, decided])).get(due)).toMatchObject({ staffName: '张三' });
    await changeStaff(db, shopId, staffId, { active: false });
    const late = await near('824', HOUR_MS, 119 * HOUR_MS);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(1);
    expect((await told()).at(-1)).toMatchObject({ intercept_id: late, detail: { deactivated: 1 } });
    await db.deleteFrom('decision_settings').execute();
  });

  test('of more cases than a batch reach them all', async () => {
    const { input } = await openCase(db, { refundId: '86' });
    await sql`
      insert into intercepts select (jsonb_populate_record(i, jsonb_build_object('intercept_id', '9' || n || '-1', 'refund_id', '9' || n,
        'initiated_at', clock_ms() - interval '100 hours', 'auto_refund_at', clock_ms() + interval '20 hours'))).*
      from intercepts i cross join generate_series(1, 1200) n where intercept_id = ${input.interceptId}`.execute(db);
    await sql`update intercepts set state = jsonb_set(state, '{input,interceptId}', to_jsonb(intercept_id))`.execute(db);
    expect(await tellNearDeadlines({ db }, unhurried)).toBe(1_200);
  });
});

/** Waits until something is so; only I/O of this process passes meanwhile. */
async function until(reached: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 15 * SECOND_MS; !reached(); await new Promise(setImmediate))
    if (Date.now() > giveUpAt) throw new Error('it did not come to that');
}
