import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { type NewEvent, storeEvents } from './inbox.ts';
import { openIntercept } from './intercept-opening.ts';
import { insertNotices, listNotices, markAllNoticesRead, markNoticeRead, tellQuarantineGrowth, unreadNotices } from './notices.ts';
import { insertOutbox } from './outbox.ts';
import { addShops, firstRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'notices-test', onError: () => undefined });
  await addShops(database.kysely);
});
beforeEach(async () => {
  for (const table of ['notice_marks', 'notice_reads', 'notices', 'inbox'] as const) await database.kysely.deleteFrom(table).execute();
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const page = (after: string | null = null, limit = 50) => ({ limit, after });
const list = (over: Partial<Parameters<typeof listNotices>[1]> = {}) =>
  listNotices(database.kysely, { shopId: SHOP, reader: 'anna', ...over }, page());

async function notices(count: number, shopId = SHOP): Promise<void> {
  await insertNotices(
    database.kysely,
    Array.from({ length: count }, (_, n) => ({
      eventKey: `${shopId}:${n}`,
      shopId,
      interceptId: `${n}-1`,
      at: Date.now(),
      kind: 'NOTICE' as const,
      code: 'REFUND_REOPENED' as const,
    })),
  );
}

describe('the list', () => {
  test('is the shop’s, newest first, each key once, page by page', async () => {
    await notices(5);
    await notices(5);
    await notices(2, OTHER_SHOP);
    const first = await listNotices(database.kysely, { shopId: SHOP, reader: 'anna' }, page(null, 3));
    const second = await listNotices(database.kysely, { shopId: SHOP, reader: 'anna' }, page(first.nextCursor, 3));
    expect([...first.items, ...second.items].map((one) => one.interceptId)).toEqual(['4-1', '3-1', '2-1', '1-1', '0-1']);
    expect(second.nextCursor).toBeNull();
    expect((await list({ interceptId: '2-1' })).items).toHaveLength(1);
  });

  test('a told event stands on it with its facts, unless it is the merchant’s own doing', async () => {
    const base = { shopId: SHOP, interceptId: '1-1', sequence: 1, occurredAt: 1_000 };
    const payload = { interceptId: '1-1', waybillNo: 'W1', returnFailure: 'LOST', notices: ['x'] };
    await insertOutbox(database.kysely, { ...base, eventKey: 'told-1', type: 'return.failed', payload });
    await insertOutbox(database.kysely, { ...base, eventKey: 'told-1', type: 'return.failed', payload });
    await insertOutbox(database.kysely, { ...base, eventKey: 'told-2', type: 'intercept.requested', payload });
    await insertOutbox(database.kysely, {
      ...base,
      eventKey: 'told-3',
      type: 'claim.updated',
      payload: { claimId: 'clm_1', status: 'UPHELD' },
    });
    expect((await list()).items).toMatchObject([
      { kind: 'EVENT', code: 'claim.updated', reference: 'clm_1', detail: { status: 'UPHELD' } },
      { kind: 'EVENT', code: 'return.failed', reference: null, detail: { waybillNo: 'W1', returnFailure: 'LOST' }, at: 1_000, read: false },
    ]);
  });
});

describe('read marks', () => {
  test('are each reader’s own', async () => {
    await notices(3);
    const [newest] = (await list()).items;
    expect(await markNoticeRead(database.kysely, SHOP, 'anna', newest?.noticeId ?? '')).toMatchObject({ read: true });
    expect(await markNoticeRead(database.kysely, SHOP, 'anna', newest?.noticeId ?? '')).toMatchObject({ read: true });
    expect((await list({ unread: true })).items).toHaveLength(2);
    expect((await list({ unread: false })).items).toMatchObject([{ noticeId: newest?.noticeId, read: true }]);
    expect((await list({ reader: 'bert', unread: true })).items).toHaveLength(3);
    expect(await unreadNotices(database.kysely, SHOP, 'anna', 1_000)).toBe(2);
    expect(await unreadNotices(database.kysely, SHOP, 'bert', 2)).toBe(2);
  });

  test('never touch another shop', async () => {
    await notices(1, OTHER_SHOP);
    const [foreign] = (await list({ shopId: OTHER_SHOP })).items;
    expect(await markNoticeRead(database.kysely, SHOP, 'anna', foreign?.noticeId ?? '')).toBeNull();
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', null)).toBe(0);
    expect((await list({ shopId: OTHER_SHOP, unread: true })).items).toHaveLength(1);
  });

  test('all at once, up to what was seen', async () => {
    await notices(4);
    const { items } = await list();
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', items[1]?.noticeId ?? '')).toBe(3);
    expect((await list({ unread: true })).items).toMatchObject([{ noticeId: items[0]?.noticeId }]);
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', null)).toBe(1);
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', null)).toBe(0);
  });
});

describe('what a reader has done with', () => {
  const settle = () => sql`update notices set created_at = created_at - interval '2 minutes'`.execute(database.kysely);
  const singleMarks = async () => (await database.kysely.selectFrom('notice_reads').selectAll().execute()).length;

  test('is one mark, whether read at once or one by one, and what came since is unread', async () => {
    await notices(4);
    await settle();
    const [, second, third, oldest] = (await list()).items;
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', third?.noticeId ?? '')).toBe(2);
    expect(await singleMarks()).toBe(0);
    expect((await list({ unread: true })).items).toHaveLength(2);
    expect(await markNoticeRead(database.kysely, SHOP, 'anna', oldest?.noticeId ?? '')).toMatchObject({ read: true });
    expect(await markNoticeRead(database.kysely, SHOP, 'anna', second?.noticeId ?? '')).toMatchObject({ read: true });
    expect(await singleMarks()).toBe(0);
    expect(await unreadNotices(database.kysely, SHOP, 'anna', 1_000)).toBe(1);
    expect((await list({ unread: false })).items).toHaveLength(3);
    expect(await unreadNotices(database.kysely, SHOP, 'bert', 1_000)).toBe(4);
  });

  test('never hides a notice that was begun before it and became visible after', async () => {
    const other = openDatabase(fresh.url, { max: 1, applicationName: 'notices-test-late', onError: () => undefined });
    const late = await other.kysely.startTransaction().execute();
    const base = { shopId: SHOP, interceptId: '1-1', at: Date.now(), kind: 'NOTICE', code: 'REFUND_UNCONFIRMED' } as const;
    await insertNotices(late, [{ ...base, eventKey: 'late' }]);
    await notices(2);
    expect(await markAllNoticesRead(database.kysely, SHOP, 'anna', null)).toBe(2);
    await late.commit().execute();
    expect((await list({ unread: true })).items).toMatchObject([{ code: 'REFUND_UNCONFIRMED' }]);
    await other.close();
  });
});

describe('a growing quarantine', () => {
  const aside = (eventKey: string, over: Partial<NewEvent>): NewEvent => ({
    eventKey,
    kind: 'TRACK',
    carrier: 'ZTO',
    waybillNo: null,
    refundId: null,
    shopId: null,
    payload: {},
    quarantine: 'UNREADABLE',
    ...over,
  });

  test('is told to the shop it belongs to, else to every shop; once an hour and reason; never for waybills not ours', async () => {
    const opened = await openIntercept(database.kysely, newDraft(), firstRecord);
    if (opened.kind !== 'CREATED') throw new Error(opened.kind);
    const { waybillNo } = opened.input;
    await database.kysely.deleteFrom('notices').execute();
    await storeEvents(database.kysely, [
      aside('a', { waybillNo, quarantine: 'FAULTY' }),
      aside('b', { waybillNo, quarantine: 'FAULTY' }),
      aside('c', { shopId: OTHER_SHOP, kind: 'PLATFORM', quarantine: 'REFUSED' }),
      aside('d', {}),
      aside('e', { waybillNo: 'W-OF-NOBODY', quarantine: 'UNKNOWN_WAYBILL' }),
    ]);
    expect(await tellQuarantineGrowth(database.kysely)).toBe(4);
    expect(await tellQuarantineGrowth(database.kysely)).toBe(0);
    const told = await database.kysely.selectFrom('notices').select(['shop_id', 'code', 'detail']).orderBy('event_key').execute();
    expect(told).toEqual([
      { shop_id: SHOP, code: 'QUARANTINE_GREW', detail: { reason: 'FAULTY', count: 2 } },
      { shop_id: SHOP, code: 'QUARANTINE_GREW', detail: { reason: 'UNREADABLE', count: 1 } },
      { shop_id: OTHER_SHOP, code: 'QUARANTINE_GREW', detail: { reason: 'REFUSED', count: 1 } },
      { shop_id: OTHER_SHOP, code: 'QUARANTINE_GREW', detail: { reason: 'UNREADABLE', count: 1 } },
    ]);
  });
});
