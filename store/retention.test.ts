import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { InterceptState } from '../domain/intercept/state.ts';
import { DAY_MS } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, type Db, openDatabase } from './db.ts';
import { storeEvents } from './inbox.ts';
import { type InterceptDraft, markStarted, openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { notePriceProtection } from './price-protections.ts';
import { takeRequest } from './rate-limits.ts';
import { removeExpired, retentionProgress, takeStep } from './retention.ts';
import { RETAINED_KINDS, type RetainedKind } from './retention-steps.ts';
import { addShops, firstRecord, keptFor, laterRecord, newDraft, SHOP } from './test-cases.ts';
import { listTrack, recordScans } from './track.ts';
import { notePushed } from './waybill-marks.ts';
import { registerWaybills } from './waybills.ts';

const KEPT = 10 * DAY_MS;
const RETENTION = keptFor(KEPT);

let fresh: FreshDatabase;
let database: Database;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'retention-test', onError: () => undefined });
  db = database.kysely;
  await addShops(db);
});
beforeEach(async () => {
  const tables = ['inbox', 'track_events', 'webhook_attempts', 'webhook_deliveries', 'outbox', 'notices', 'retention_sweeps'] as const;
  for (const table of tables) await db.deleteFrom(table).execute();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Puts rows back in time by so many days: all of a table, or those a condition picks. */
const age = (table: string, columns: string[], days: number, where = sql`true`) =>
  sql`update ${sql.table(table)} set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(column)} - ${days} * interval '1 day'`))} where ${where}`.execute(
    db,
  );

async function sweep(kind: RetainedKind, limit?: number): Promise<number> {
  await sql`update retention_sweeps set resumes_at = clock_ms()`.execute(db);
  let removed = 0;
  for (let over = false; !over; ) {
    const step = await takeStep(db, kind, RETENTION, limit);
    removed += step.removed;
    over = step.over;
  }
  return removed;
}

async function openCase(over: Partial<InterceptDraft> = {}): Promise<InterceptState> {
  const opening = await openIntercept(db, newDraft(over), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(opening.kind);
  await markStarted(db, opening.input.interceptId);
  return opening.state;
}
async function endedCase(over: Partial<InterceptDraft> = {}): Promise<InterceptState> {
  const state = await openCase(over);
  const write = laterRecord(
    state,
    2,
    { interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', returnStatus: 'RETURN_SIGNED' },
    { ended: true },
  );
  await saveRecord(db, write);
  return write.state;
}

const event = (eventKey: string, waybillNo: string | null, quarantine: string | null = null) =>
  ({ eventKey, kind: 'TRACK', carrier: 'ZTO', waybillNo, refundId: null, shopId: null, payload: {}, quarantine }) as const;
const scan = (waybillNo: string, at: number) =>
  ({
    carrier: 'ZTO',
    waybillNo,
    event: 'DEPARTED',
    occurredAt: at,
    outletCode: null,
    outletName: null,
    text: '离开',
    raw: { carrier: 'words' },
  }) as const;
const keys = async () => (await db.selectFrom('inbox').select('event_key').orderBy('event_key').execute()).map((row) => row.event_key);

describe('evidence', () => {
  test('that was delivered goes when it is old, unless its case is open; a message likewise', async () => {
    const [open, ended] = [await openCase(), await endedCase()];
    await storeEvents(db, [
      event('open', open.input.waybillNo),
      event('ended', ended.input.waybillNo),
      event('nobodys', null),
      { ...event('message-open', null), kind: 'PLATFORM', refundId: open.input.refundId },
      { ...event('message-ended', null), kind: 'PLATFORM', refundId: ended.input.refundId },
      event('pending', ended.input.waybillNo),
      event('young', ended.input.waybillNo),
    ]);
    await sql`update inbox set status = 'DELIVERED', settled_at = received_at where event_key <> 'pending'`.execute(db);
    await age('inbox', ['received_at', 'settled_at'], 11, sql`event_key <> 'young'`);
    expect(await sweep('inbox', 2)).toBe(3);
    expect(await keys()).toEqual(['message-open', 'open', 'pending', 'young']);
    await sql`update intercepts set phase = 'ENDED' where intercept_id = ${open.input.interceptId}`.execute(db);
    expect(await sweep('inbox')).toBe(2);
    expect(await keys()).toEqual(['pending', 'young']);
  });

  test('of an unknown waybill, and what nobody looked at, go by age; what an open case may need stays', async () => {
    const open = await openCase();
    await storeEvents(db, [
      event('unknown', 'W-1', 'UNKNOWN_WAYBILL'),
      event('poison', 'W-1', 'POISON'),
      event('poison-open', open.input.waybillNo, 'POISON'),
      event('unreadable', null, 'UNREADABLE'),
    ]);
    await age('inbox', ['received_at'], 11);
    await storeEvents(db, [event('unknown-young', 'W-2', 'UNKNOWN_WAYBILL')]);
    expect(await sweep('unknown_waybills')).toBe(1);
    expect(await sweep('quarantine')).toBe(2);
    expect(await keys()).toEqual(['poison-open', 'unknown-young']);
  });

  test('scans of a parcel nobody intercepts go together, when the newest is old', async () => {
    const { input } = await endedCase();
    await recordScans(db, [scan('OLD', 1), scan('OLD', 2), scan('MOVING', 1), scan(input.waybillNo, 1)], 'PUSH');
    await age('track_events', ['received_at'], 11);
    await recordScans(db, [scan('MOVING', 2), scan('NEW', 1)], 'PUSH');
    expect(await sweep('scans', 3)).toBe(2);
    expect(await listTrack(db, 'ZTO', 'OLD')).toEqual([]);
    expect(await listTrack(db, 'ZTO', 'MOVING')).toHaveLength(2);
    expect(await listTrack(db, 'ZTO', input.waybillNo)).toHaveLength(1);
    await age('track_events', ['received_at'], 11);
    expect(await sweep('scans', 3)).toBe(3);
    expect(await listTrack(db, 'ZTO', 'MOVING')).toEqual([]);
    expect(await listTrack(db, 'ZTO', input.waybillNo)).toMatchObject([{ raw: { carrier: 'words' } }]);
  });

  test('the carrier’s own records of a finished case go, its scans stay; a parcel in use keeps both', async () => {
    const [alone, shared] = [await endedCase(), await endedCase()];
    await openCase({ waybillNo: shared.input.waybillNo });
    const waybills = [alone, shared].map(({ input }) => ({ carrier: 'ZTO', waybillNo: input.waybillNo }));
    await recordScans(
      db,
      waybills.map(({ waybillNo }) => scan(waybillNo, 1)),
      'PUSH',
    );
    await notePushed(db, waybills);
    await age('intercepts', ['recorded_at'], 11);
    expect(await sweep('raw', 1)).toBe(1);
    expect(await listTrack(db, 'ZTO', alone.input.waybillNo)).toMatchObject([{ text: '离开', raw: null }]);
    expect(await listTrack(db, 'ZTO', shared.input.waybillNo)).toMatchObject([{ raw: { carrier: 'words' } }]);
    const marks = await db.selectFrom('waybill_marks').select('waybill_no').execute();
    expect(marks).toEqual([{ waybill_no: shared.input.waybillNo }]);
    expect(await sweep('raw')).toBe(0);
  });
});

describe('what was told', () => {
  test('goes with its deliveries and attempts, unless one is still to be made or the case is open', async () => {
    const [open, ended] = [await openCase(), await endedCase()];
    await db
      .insertInto('webhook_endpoints')
      .values({ endpoint_id: 'whe_1', shop_id: SHOP, url: 'https://a.example/', types: [], secrets_sealed: ['s'] })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const rows = await db.selectFrom('outbox').select(['outbox_id', 'intercept_id']).orderBy('outbox_id').execute();
    const delivery = (outboxId: number | null, n: number, status: 'PENDING' | 'DELIVERED') =>
      ({
        delivery_id: `d${n}`,
        endpoint_id: 'whe_1',
        outbox_id: outboxId,
        message_id: 'm',
        shop_id: SHOP,
        type: 't',
        body: '{}',
        status,
      }) as const;
    const waiting = rows.findLast(({ intercept_id }) => intercept_id === ended.input.interceptId)?.outbox_id ?? 0;
    await db
      .insertInto('webhook_deliveries')
      .values([
        ...rows.map(({ outbox_id }, n) => delivery(outbox_id, n, outbox_id === waiting ? 'PENDING' : 'DELIVERED')),
        delivery(null, 99, 'DELIVERED'),
      ])
      .execute();
    await sql`insert into webhook_attempts (delivery_id, attempt, at, duration_ms) select delivery_id, 1, clock_ms(), 1 from webhook_deliveries`.execute(
      db,
    );
    await sql`update outbox set dispatched_at = created_at`.execute(db);
    await sql`update webhook_deliveries set settled_at = created_at where status <> 'PENDING'`.execute(db);
    await age('outbox', ['created_at', 'dispatched_at'], 11);
    await age('webhook_deliveries', ['created_at', 'settled_at'], 11);
    const ofEnded = rows.filter(({ intercept_id }) => intercept_id === ended.input.interceptId).length;
    expect(await sweep('outbox')).toBe(ofEnded - 1);
    const kept = await db.selectFrom('outbox').select(['outbox_id', 'intercept_id']).execute();
    expect(new Set(kept.map(({ intercept_id }) => intercept_id))).toEqual(new Set([open.input.interceptId, ended.input.interceptId]));
    expect(kept.map(({ outbox_id }) => outbox_id)).toContain(waiting);
    expect(await sweep('webhook_tests')).toBe(1);
    expect(await db.selectFrom('webhook_attempts').select('delivery_id').execute()).toHaveLength(kept.length);
  });

  test('notices go when they are old, with their read marks, unless their case is open', async () => {
    const open = await openCase();
    await endedCase();
    await sql`insert into notices (event_key, shop_id, intercept_id, kind, code, at) values
      ('n-open', ${SHOP}, ${open.input.interceptId}, 'NOTICE', 'REFUND_REOPENED', clock_ms()), ('n-shop', ${SHOP}, null, 'NOTICE', 'QUARANTINE_GREW', clock_ms())`.execute(
      db,
    );
    await sql`insert into notice_reads (reader, notice_id) select 'anna', notice_id from notices`.execute(db);
    await age('notices', ['created_at'], 11);
    await sweep('notices');
    const kept = await db.selectFrom('notices').select('intercept_id').distinct().execute();
    expect(kept).toEqual([{ intercept_id: open.input.interceptId }]);
  });
});

test('judgements of rules, and what they reserved, go by age', async () => {
  await sql`insert into rule_judgements (shop_id, refund_id, version, decision, cause, facts, verdicts, seen_at)
    select ${SHOP}, n::text, 1, 'LEAVE', 'NO_RULE_MATCHED', '{}', '[]', clock_ms() from generate_series(1, 2) n`.execute(db);
  await sql`insert into rule_reservations (refund_id, shop_id, rule_id, judgement_id, day, fee_fen)
    select n::text, ${SHOP}, 'r1', n, '2026-03-10', 350 from generate_series(1, 2) n`.execute(db);
  await age('rule_judgements', ['judged_at'], 11, sql`refund_id = '1'`);
  await age('rule_reservations', ['reserved_at'], 11, sql`refund_id = '1'`);
  for (const kind of ['rule_judgements', 'rule_reservations'] as const) expect([kind, await sweep(kind)]).toEqual([kind, 1]);
  expect(await db.selectFrom('rule_judgements').select('refund_id').execute()).toEqual([{ refund_id: '2' }]);
});

test('keys, sessions, wrong passwords and told outlets go by age', async () => {
  await registerWaybills(db, SHOP, [{ carrier: 'ZTO', waybillNo: 'W-9', outletCode: 'O1', outletName: '一部' }]);
  await sql`insert into staff (staff_id, shop_id, name, role, password_hash) values ('stf_1', ${SHOP}, '店主', 'OWNER', 'x')`.execute(db);
  await sql`insert into sessions (session_hash, staff_id) values (sha256('a'), 'stf_1'), (sha256('b'), 'stf_1')`.execute(db);
  await sql`insert into sign_in_attempts (shop_id, name, failed) values (${SHOP}, 'a', 1), (${SHOP}, 'b', 1)`.execute(db);
  await sql`insert into idempotency_keys (key_id, operation, idempotency_key, fingerprint, holder, status, held_until, expires_at)
    values ('k', 'o', 'a', 'f', 'h', 'DONE', clock_ms(), clock_ms()), ('k', 'o', 'b', 'f', 'h', 'DONE', clock_ms(), clock_ms() + interval '1 hour')`.execute(
    db,
  );
  await age('sessions', ['last_seen_at'], 11, sql`session_hash = sha256('a')`);
  await age('sign_in_attempts', ['last_at'], 2, sql`name = 'a'`);
  await age('waybills', ['created_at'], 11);
  for (const refundId of ['1', '2']) await notePriceProtection(db, refundId);
  await age('price_protections', ['said_at'], 181, sql`refund_id = '1'`);
  for (const name of ['a', 'b']) await takeRequest(db, name, { burst: 5, perSecond: 1 });
  await age('rate_limits', ['full_at'], 1, sql`name = 'a'`);
  for (const kind of ['sessions', 'sign_in_attempts', 'idempotency_keys', 'waybills', 'price_protections', 'rate_limits'] as const)
    expect([kind, await sweep(kind)]).toEqual([kind, 1]);
  expect(await db.selectFrom('idempotency_keys').select('idempotency_key').execute()).toEqual([{ idempotency_key: 'b' }]);
});

describe('a sweep', () => {
  const strangers = async (count: number) => {
    await storeEvents(
      db,
      Array.from({ length: count }, (_, n) => event(`s${n}`, `W-${n}`, 'UNKNOWN_WAYBILL')),
    );
    await age('inbox', ['received_at'], 11);
  };

  test('takes every kind in turn until nothing is left, counts, then rests for an hour', async () => {
    await strangers(2_500);
    expect(await removeExpired(db, RETENTION, new AbortController().signal)).toBeGreaterThanOrEqual(2_500);
    const progress = await retentionProgress(db);
    expect(new Set(progress.map(({ kind }) => kind))).toEqual(new Set(RETAINED_KINDS));
    expect(progress.find(({ kind }) => kind === 'unknown_waybills')).toMatchObject({ removed: 2_500, passAgeSeconds: expect.any(Number) });
    expect(progress.every(({ passAgeSeconds }) => passAgeSeconds > 0)).toBe(true);
    await strangers(1);
    expect(await removeExpired(db, RETENTION, new AbortController().signal)).toBe(0);
    await sql`update retention_sweeps set resumes_at = clock_ms()`.execute(db);
    expect(await removeExpired(db, RETENTION, new AbortController().signal)).toBe(1);
  });

  test('ends when its time is up, and two processes share it', async () => {
    await strangers(100);
    expect(await removeExpired(db, RETENTION, AbortSignal.abort())).toBe(0);
    const both = await Promise.all(Array.from({ length: 4 }, () => takeStep(db, 'unknown_waybills', RETENTION)));
    expect(both.reduce((sum, { removed }) => sum + removed, 0)).toBe(100);
  });

  test('never reaches money, log, ledger, claims or cases', async () => {
    await endedCase();
    const untouched = [
      'intercepts',
      'intercept_log',
      'payment_calls',
      'ledger_lines',
      'ledger_actions',
      'claims',
      'claim_events',
      'parcels',
    ];
    const counts = async () =>
      Promise.all(
        untouched.map(
          async (table) => (await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)).rows[0]?.count,
        ),
      );
    const before = await counts();
    await age('intercepts', ['recorded_at', 'initiated_at'], 1_000);
    for (const kind of RETAINED_KINDS) await sweep(kind);
    expect(await counts()).toEqual(before);
  });
});
