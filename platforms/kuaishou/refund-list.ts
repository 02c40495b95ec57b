import { LRUCache } from 'lru-cache';
import { isOpenRefundOnly, type PlatformRefund } from '../../domain/refund.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import { PlatformUnavailable } from '../port.ts';
import { listOf, objectOf, textOf } from './fields.ts';
import type { Gateway } from './gateway.ts';
import { readRefund } from './refund.ts';

const METHOD = 'open.seller.order.refund.pcursor.list';
/** One query spans at most a day, reaches back at most 90, and gives at most 100 refunds (`pcursor.list`). */
const SPAN_MS = DAY_MS;
const REACH_MS = 90 * DAY_MS - 10 * MINUTE_MS;
const MAX_PAGE = 100;
/** A list that has not ended after so many pages would otherwise never end. */
const MAX_PAGES = 500;
/** How many calls one page of open refunds may cost: about two weeks back when nothing is known of them. */
const MAX_CALLS = 15;
/** A day is not asked about again for so long once nothing in it waited and it has been over for an hour. */
const QUIET_FOR_MS = 5 * MINUTE_MS;
const OVER_FOR_MS = HOUR_MS;
/** Some 500 shops' days. */
const MAX_QUIET_DAYS = 45_000;

const WAITING = 8;
const ALL = 9;
const BY_CREATION = 1;
const BY_UPDATE = 2;
const DESCENDING = 1;

interface Query {
  type: number;
  queryType: number;
  beginTime: EpochMs;
  endTime: EpochMs;
  pageSize: number;
  currentPage: number;
  pcursor: string;
  status?: number;
}
interface Page {
  items: unknown[];
  /** Null at the end. */
  pcursor: string | null;
}

async function fetchPage(gateway: Gateway, shopId: string, query: Query): Promise<Page> {
  const answer = await gateway.read(shopId, METHOD, { ...query, sort: DESCENDING });
  if (answer.kind === 'REFUSED') throw new PlatformUnavailable(`Kuaishou ${METHOD} for shop ${shopId}: ${answer.code} ${answer.message}`);
  const data = objectOf(answer.data);
  const pcursor = textOf(data.pcursor);
  const items = listOf(data.refundOrderInfoList);
  if (pcursor === null || pcursor === 'nomore') return { items, pcursor: null };
  if (pcursor !== query.pcursor) return { items, pcursor };
  if (items.length === 0) return { items, pcursor: null };
  throw new PlatformUnavailable(`Kuaishou ${METHOD} for shop ${shopId} gives the same cursor again and again`);
}

/**
 * Every refund updated in [from, to], which lie at most a day apart; all pages. An entry that cannot be read is left out:
 * the patrol reads each open case by itself as well.
 */
export async function listUpdatedRefunds(gateway: Gateway, shopId: string, from: EpochMs, to: EpochMs): Promise<PlatformRefund[]> {
  if (to < from || to - from > SPAN_MS) throw new RangeError(`The platform lists updates of at most one day, not ${to - from} ms`);
  // The platform asks for an end after the beginning.
  const beginTime = Math.min(from, to - 1);
  const refunds = new Map<string, PlatformRefund>();
  let pcursor: string | null = '';
  for (let currentPage = 1; pcursor !== null; currentPage += 1) {
    if (currentPage > MAX_PAGES)
      throw new PlatformUnavailable(`Kuaishou ${METHOD} for shop ${shopId} did not end after ${MAX_PAGES} pages`);
    const query: Query = { type: ALL, queryType: BY_UPDATE, beginTime, endTime: to, pageSize: MAX_PAGE, currentPage, pcursor };
    const page: Page = await fetchPage(gateway, shopId, query);
    for (const refund of page.items.map(readRefund)) if (refund) refunds.set(refund.refundId, refund);
    pcursor = page.pcursor;
  }
  return [...refunds.values()];
}

/** Where a page of open refunds goes on: the day that ends here, its page, and how many of that page were already told. */
interface Position {
  end: EpochMs;
  page: number;
  pcursor: string;
  skip: number;
}

/**
 * Days in which the platform just said that no refund of a shop waits. Requests are settled within days, so nearly all of 90 are such, and no
 * request is made on a day that is over: only one that was changed into a refund without return may come there, and is listed that much later.
 */
export type QuietDays = LRUCache<string, true>;

/** None known yet. They are forgotten by the time that passes: a clock that is set back would keep them for as long. */
export function quietDays(): QuietDays {
  return new LRUCache({ max: MAX_QUIET_DAYS, ttl: QUIET_FOR_MS });
}

/**
 * One page of the shop's open refund-only requests, newest first. The platform lists by days, so this walks back day by
 * day, for as many calls as a page may cost; an empty page with a cursor means that older days are left to look at.
 * Throws `RangeError` for a cursor that is none of ours.
 */
export async function listOpenRefunds(
  gateway: Gateway,
  quiet: QuietDays,
  shopId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
  now: EpochMs,
): Promise<{ refunds: PlatformRefund[]; nextCursor: string | null }> {
  const pageSize = Math.max(1, Math.min(limit, MAX_PAGE));
  const oldest = now - REACH_MS;
  const refunds = new Map<string, PlatformRefund>();
  let position: Position | null = cursor === null ? backFrom(now) : readCursor(cursor);
  for (let calls = 0; position !== null && calls < MAX_CALLS; ) {
    const { end, page: currentPage, pcursor, skip }: Position = position;
    if (end <= oldest) return { refunds: [...refunds.values()], nextCursor: null };
    const begin = Math.max(dayOf(end), oldest);
    const day = `${shopId} ${begin}`;
    if (quiet.has(day)) {
      position = backFrom(begin - 1);
      continue;
    }
    calls += 1;
    const query: Query = {
      type: WAITING,
      queryType: BY_CREATION,
      beginTime: begin,
      endTime: end,
      pageSize,
      currentPage,
      pcursor,
      status: 10,
    };
    const page = await fetchPage(gateway, shopId, query);
    for (const [index, item] of page.items.entries()) {
      if (index < skip) continue;
      const refund = readRefund(item);
      if (!refund || !isOpenRefundOnly(refund) || refund.createdAt < begin || refund.createdAt > end) continue;
      if (refunds.size === pageSize)
        return { refunds: [...refunds.values()], nextCursor: writeCursor({ end, page: currentPage, pcursor, skip: index }) };
      refunds.set(refund.refundId, refund);
    }
    const isWholeDay = end === begin + SPAN_MS - 1 && currentPage === 1 && page.pcursor === null;
    if (isWholeDay && page.items.length === 0 && end + OVER_FOR_MS < now) quiet.set(day, true);
    position = page.pcursor === null ? backFrom(begin - 1) : { end, page: currentPage + 1, pcursor: page.pcursor, skip: 0 };
  }
  return { refunds: [...refunds.values()], nextCursor: position === null || position.end <= oldest ? null : writeCursor(position) };
}

/** Where the day begins that ends here or later; the platform asks for an end after the beginning. */
const dayOf = (end: EpochMs): EpochMs => Math.floor((end - 1) / SPAN_MS) * SPAN_MS;

const backFrom = (end: EpochMs): Position => ({ end, page: 1, pcursor: '', skip: 0 });

function writeCursor({ end, page, pcursor, skip }: Position): string {
  return Buffer.from(JSON.stringify([end, page, pcursor, skip])).toString('base64url');
}

function readCursor(cursor: string): Position {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 4) {
      const [end, page, pcursor, skip]: unknown[] = parts;
      if (isCount(end) && isCount(page) && typeof pcursor === 'string' && isCount(skip)) return { end, page, pcursor, skip };
    }
  } catch {
    // Told below, as for any other text that is no cursor.
  }
  throw new RangeError(`"${cursor}" is not a cursor of this list`);
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
