import { type Selectable, sql } from 'kysely';
import type { ToldEvent } from '../domain/intercept/event.ts';
import type { Notice } from '../domain/intercept/state.ts';
import type { NoticeDetail, ShopNotice } from '../domain/notice.ts';
import { type EpochMs, HOUR_MS } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, inTransaction, type Trx } from './db.ts';
import type { Tables } from './tables.ts';
import { isSandboxEvent } from './inbox.ts';
import { clockBound, instant, jsonb } from './values.ts';

/** A line of the shop's notice list: something to look at (`NOTICE`), or news (`EVENT`). */
export type NewShopNotice = {
  /** Listed once for ever. */
  eventKey: string;
  shopId: string;
  interceptId: string | null;
  at: EpochMs;
  /** What it is about beside the case: a claim, a subscription, an endpoint. */
  reference?: string | null;
  detail?: NoticeDetail;
} & ({ kind: 'NOTICE'; code: Notice | ShopNotice } | { kind: 'EVENT'; code: ToldEvent });

/** A notice as listed to one reader. */
export interface ListedNotice {
  /** Digits; grows with time. */
  noticeId: string;
  interceptId: string | null;
  reference: string | null;
  kind: 'NOTICE' | 'EVENT';
  code: string;
  detail: NoticeDetail;
  at: EpochMs;
  read: boolean;
}

/** Adds to the list what is not on it yet. */
export async function insertNotices(trx: Db, notices: NewShopNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await trx
    .insertInto('notices')
    .values(
      notices.map((notice) => ({
        event_key: notice.eventKey,
        shop_id: notice.shopId,
        intercept_id: notice.interceptId,
        kind: notice.kind,
        code: notice.code,
        at: instant(notice.at),
        reference: notice.reference ?? null,
        detail: jsonb(notice.detail ?? {}),
      })),
    )
    .onConflict((conflict) => conflict.column('event_key').doNothing())
    .execute();
}

export interface NoticeFilter {
  shopId: string;
  /** Whose read marks count: a person's or a key's id. */
  reader: string;
  unread?: boolean | undefined;
  interceptId?: string | undefined;
}

/** The shop's notices, newest first. Throws `BadCursor`. */
export async function listNotices(db: Db, filter: NoticeFilter, page: PageRequest): Promise<Page<ListedNotice>> {
  const key = { list: 'notices', ...filter };
  const start = pageStart(page, key);
  const mark = await readUpTo(db, filter);
  let query = noticesFor(db, filter, mark);
  if (filter.unread !== undefined) query = query.where(filter.unread ? unreadAbove(mark) : readBelow(mark));
  if (filter.interceptId !== undefined) query = query.where('notices.intercept_id', '=', filter.interceptId);
  if (start) query = query.where(sql<boolean>`${PLACE} > ${-start.at}::bigint`);
  const rows = await query
    .orderBy(PLACE)
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.notice_id, id: '' }), noticeOf);
}

/** Whose notices, and whose marks count. */
type Reading = Pick<NoticeFilter, 'shopId' | 'reader'>;

/** How many the reader has not read, counted up to `most`. */
export async function unreadNotices(db: Db, shopId: string, reader: string, most: number): Promise<number> {
  const mark = await readUpTo(db, { shopId, reader });
  const some = noticesFor(db, { shopId, reader }, mark).where(unreadAbove(mark)).limit(most);
  const row = await db
    .selectFrom(some.as('unread'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Marks one as read by this reader; the notice, or null when the shop has none of that id. Again changes nothing. */
export function markNoticeRead(db: Db, shopId: string, reader: string, noticeId: string): Promise<ListedNotice | null> {
  return inTransaction(db, async (trx) => {
    const mark = await readUpTo(trx, { shopId, reader });
    await sql`
      insert into notice_reads (reader, notice_id)
      select ${reader}, notice_id from notices where shop_id = ${shopId} and notice_id = ${noticeId}::bigint and notice_id > ${mark}::bigint
      on conflict do nothing`.execute(trx);
    const moved = await moveMark(trx, { shopId, reader }, mark);
    const row = await noticesFor(trx, { shopId, reader }, moved)
      .where('notices.notice_id', '=', sql<number>`${noticeId}::bigint`)
      .executeTakeFirst();
    return row ? noticeOf(row) : null;
  });
}

/** Marks everything as read, up to and with `upTo` if one is named: what came after it was not seen. How many were unread. */
export function markAllNoticesRead(db: Db, shopId: string, reader: string, upTo: string | null): Promise<number> {
  return inTransaction(db, async (trx) => {
    const mark = await readUpTo(trx, { shopId, reader });
    const { numAffectedRows } = await sql`
      insert into notice_reads (reader, notice_id)
      select ${reader}, notice_id from notices
      where shop_id = ${shopId} and ${PLACE} < ${-mark}::bigint and (${upTo}::bigint is null or notice_id <= ${upTo}::bigint)
      on conflict do nothing`.execute(trx);
    await moveMark(trx, { shopId, reader }, mark);
    return Number(numAffectedRows ?? 0);
  });
}

/** Longer than any transaction lives: a notice this old has none before it that is still to become visible. */
const SETTLED_AFTER_MS = 60_000;

/** The notice up to which the reader has read all, 0 at first. */
async function readUpTo(db: Db, { shopId, reader }: Reading): Promise<number> {
  const row = await db
    .selectFrom('notice_marks')
    .select('read_up_to')
    .where('shop_id', '=', shopId)
    .where('reader', '=', reader)
    .executeTakeFirst();
  return row?.read_up_to ?? 0;
}

/** Moves the mark up to the first unread notice and drops the single marks below it: what a reader has done with costs nothing more. */
async function moveMark(trx: Trx, { shopId, reader }: Reading, mark: number): Promise<number> {
  const firstUnread = await noticesFor(trx, { shopId, reader }, mark)
    .where(unreadAbove(mark))
    .orderBy(PLACE, 'desc')
    .limit(1)
    .executeTakeFirst();
  let read = trx
    .selectFrom('notices')
    .select('notice_id')
    .where('shop_id', '=', shopId)
    .where(sql<boolean>`${PLACE} < ${-mark}::bigint`)
    .where('created_at', '<', clockBound(-SETTLED_AFTER_MS));
  if (firstUnread) read = read.where(sql<boolean>`${PLACE} > ${-firstUnread.notice_id}::bigint`);
  const last = await read.orderBy(PLACE).limit(1).executeTakeFirst();
  if (!last) return mark;
  await sql`
    insert into notice_marks (shop_id, reader, read_up_to) values (${shopId}, ${reader}, ${last.notice_id})
    on conflict (shop_id, reader) do update set read_up_to = greatest(notice_marks.read_up_to, excluded.read_up_to)`.execute(trx);
  await sql`
    delete from notice_reads r using notices n
    where r.reader = ${reader} and r.notice_id <= ${last.notice_id} and n.notice_id = r.notice_id and n.shop_id = ${shopId}`.execute(trx);
  return last.notice_id;
}

/**
 * Tells shops that evidence or messages were lately set aside: one notice a shop, reason and hour, with how many it were by
 * then. What is known to be a shop's own goes to that shop, what nobody can attribute to every operating shop of its world. Waybills that
 * simply are not ours are no news. Returns how many notices were added.
 */
export async function tellQuarantineGrowth(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`
    with aside as (
      select e.inbox_id, coalesce(e.reason, 'UNKNOWN') as reason, coalesce(e.shop_id, i.shop_id) as shop_id,
        date_trunc('hour', coalesce(e.settled_at, e.received_at)) as hour, ${isSandboxEvent('e')} as of_sandbox
      from inbox e left join lateral (
        select shop_id from intercepts where carrier = e.carrier and waybill_no = e.waybill_no order by initiated_at desc limit 1
      ) i on true
      where e.status = 'QUARANTINED' and e.reason is distinct from 'UNKNOWN_WAYBILL'
        and coalesce(e.settled_at, e.received_at) >= ${clockBound(-2 * HOUR_MS)}
    ), told as (
      select s.shop_id, a.reason, a.hour, count(distinct a.inbox_id) as grown
      from aside a join shops s
        on s.shop_id = a.shop_id or (a.shop_id is null and s.status = 'OPERATING' and s.sandbox = a.of_sandbox)
      group by s.shop_id, a.reason, a.hour
    )
    insert into notices (event_key, shop_id, kind, code, at, detail)
    select 'quarantine:' || shop_id || ':' || reason || ':' || extract(epoch from hour)::bigint, shop_id, 'NOTICE', 'QUARANTINE_GREW',
      clock_ms(), jsonb_build_object('reason', reason, 'count', grown)
    from told on conflict (event_key) do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}

function noticesFor(db: Db, { shopId, reader }: Reading, mark: number) {
  return db
    .selectFrom('notices')
    .leftJoin('notice_reads', (join) => join.onRef('notice_reads.notice_id', '=', 'notices.notice_id').on('reader', '=', reader))
    .select(['notices.notice_id', 'intercept_id', 'reference', 'kind', 'code', 'detail', 'at'])
    .select(readBelow(mark).as('read'))
    .where('shop_id', '=', shopId);
}

/** Place in the shop's list, newest first, as its index has it. */
const PLACE = sql`(-notices.notice_id)`;
const unreadAbove = (mark: number) => sql<boolean>`(${PLACE} < ${-mark}::bigint and notice_reads.notice_id is null)`;
const readBelow = (mark: number) => sql<boolean>`(notices.notice_id <= ${mark}::bigint or notice_reads.notice_id is not null)`;

type NoticeRow = Pick<Selectable<Tables['notices']>, 'notice_id' | 'intercept_id' | 'reference' | 'kind' | 'code' | 'detail' | 'at'> & {
  read: boolean;
};

function noticeOf(row: NoticeRow): ListedNotice {
  return {
    noticeId: String(row.notice_id),
    interceptId: row.intercept_id,
    reference: row.reference,
    kind: row.kind,
    code: row.code,
    detail: row.detail,
    at: row.at,
    read: row.read,
  };
}
