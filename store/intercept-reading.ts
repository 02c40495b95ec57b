import type { CarrierCode } from '../domain/carrier.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, recordOf } from './intercept-row.ts';
import { isOneOf, type Waybill } from './values.ts';

/** The shop's record of that id, null when it is absent or another shop's. */
export async function findIntercept(db: Db, shopId: string, interceptId: string): Promise<InterceptRecord | null> {
  const row = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('shop_id', '=', shopId)
    .where('intercept_id', '=', interceptId)
    .executeTakeFirst();
  return row ? recordOf(row) : null;
}

/** The record of that id whatever its shop: for operators and background work only. */
export async function findAnyIntercept(db: Db, interceptId: string): Promise<InterceptRecord | null> {
  const row = await db.selectFrom('intercepts').select(RECORD_COLUMNS).where('intercept_id', '=', interceptId).executeTakeFirst();
  return row ? recordOf(row) : null;
}

/** The latest attempt for a refund, null when there was none. */
export async function findByRefund(db: Db, refundId: string): Promise<InterceptRecord | null> {
  const row = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('refund_id', '=', refundId)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? recordOf(row) : null;
}

/** The latest attempt for each of the refunds that has one, by refund id; the shop's alone, or, without one, for background work. */
export async function findByRefunds(db: Db, shopId: string | null, refundIds: string[]): Promise<Map<string, InterceptRecord>> {
  if (refundIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .distinctOn('refund_id')
    .$if(shopId !== null, (query) => query.where('shop_id', '=', shopId))
    .where('refund_id', 'in', refundIds)
    .orderBy('refund_id')
    .orderBy('attempt', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.state.input.refundId, recordOf(row)]));
}

/** Every record of these waybills, ended ones too, oldest first. */
export async function interceptsOf(db: Db, waybills: readonly Waybill[]): Promise<InterceptRecord[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where(isOneOf(waybills))
    .orderBy('initiated_at')
    .orderBy('intercept_id')
    .execute();
  return rows.map(recordOf);
}

/** Records of a waybill that have not ended, STARTING ones too, oldest first. */
export async function openInterceptsOf(db: Db, carrier: CarrierCode, waybillNo: string): Promise<InterceptRecord[]> {
  return (await interceptsOf(db, [{ carrier, waybillNo }])).filter((record) => record.phase !== 'ENDED');
}
