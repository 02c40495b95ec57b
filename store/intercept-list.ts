import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { InterceptStatus, RefundStatus, ReturnStatus } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, recordOf } from './intercept-row.ts';
import { instant } from './values.ts';
import { BELONGS_TO, type WorkList } from './work-list.ts';

/** Filters of contract §3.1, all optional but the shop. Times are half-open: from ≤ x < to. */
export interface InterceptFilter {
  shopId: string;
  interceptStatus?: InterceptStatus | undefined;
  refundStatus?: RefundStatus | undefined;
  returnStatus?: ReturnStatus | undefined;
  carrier?: CarrierCode | undefined;
  outletCode?: string | undefined;
  waybillNo?: string | undefined;
  refundId?: string | undefined;
  orderId?: string | undefined;
  initiatedFrom?: EpochMs | undefined;
  initiatedTo?: EpochMs | undefined;
  updatedFrom?: EpochMs | undefined;
  /** Only cases whose automatic refund is due before this. */
  autoRefundBefore?: EpochMs | undefined;
  /** Only open cases whose parcel's kept digits are these. */
  phoneTail?: string | undefined;
  workList?: WorkList | undefined;
}

const EQUALS = [
  ['shop_id', 'shopId'],
  ['intercept_status', 'interceptStatus'],
  ['refund_status', 'refundStatus'],
  ['return_status', 'returnStatus'],
  ['carrier', 'carrier'],
  ['outlet_code', 'outletCode'],
  ['waybill_no', 'waybillNo'],
  ['refund_id', 'refundId'],
  ['order_id', 'orderId'],
] as const;

const COMPARES = [
  ['initiated_at', '>=', 'initiatedFrom'],
  ['initiated_at', '<', 'initiatedTo'],
  ['updated_at', '>=', 'updatedFrom'],
  ['auto_refund_at', '<', 'autoRefundBefore'],
] as const;

/** The shop's records, newest first by initiation. Throws `BadCursor`. */
export async function listIntercepts(db: Db, filter: InterceptFilter, page: PageRequest): Promise<Page<InterceptRecord>> {
  const key = { list: 'intercepts', ...filter };
  const start = pageStart(page, key);
  let query = db.selectFrom('intercepts').select([...RECORD_COLUMNS, 'initiated_at']);
  for (const [column, name] of EQUALS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  for (const [column, operator, name] of COMPARES) {
    const value = filter[name];
    if (value !== undefined) query = query.where(column, operator, instant(value));
  }
  // Nothing is due before it was begun: the list need not start at the newest.
  if (filter.autoRefundBefore !== undefined) query = query.where('initiated_at', '<', instant(filter.autoRefundBefore));
  if (filter.workList !== undefined) query = query.where(BELONGS_TO[filter.workList]);
  if (filter.phoneTail !== undefined) {
    const kept = db.selectFrom('track_subscriptions').select(['carrier', 'waybill_no']).where('phone_tail', '=', filter.phoneTail);
    query = query
      .where('phase', '<>', 'ENDED')
      .where(({ eb, refTuple }) => eb(refTuple('carrier', 'waybill_no'), 'in', kept.$asTuple('carrier', 'waybill_no')));
  }
  if (start) query = query.where(sql<boolean>`(initiated_at, intercept_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('initiated_at', 'desc')
    .orderBy('intercept_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.initiated_at, id: row.intercept_id }), recordOf);
}
