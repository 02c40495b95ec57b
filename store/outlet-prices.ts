import type { Selectable } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { Fen } from '../domain/money.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';
import { clock, instant } from './values.ts';

/** A fee agreed with an outlet, in force from an instant until the next one (R39). */
export interface OutletPrice {
  shopId: string;
  carrier: CarrierCode;
  outletCode: string;
  feeFen: Fen;
  effectiveFrom: EpochMs;
}

/** Sets the fee from that instant; the same instant again replaces it. */
export async function putPrice(db: Db, price: OutletPrice & { setBy: string }): Promise<OutletPrice> {
  const row = await db
    .insertInto('outlet_prices')
    .values({
      shop_id: price.shopId,
      carrier: price.carrier,
      outlet_code: price.outletCode,
      effective_from: instant(price.effectiveFrom),
      fee_fen: price.feeFen,
      set_by: price.setBy,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['shop_id', 'carrier', 'outlet_code', 'effective_from'])
        .doUpdateSet({ fee_fen: price.feeFen, set_by: price.setBy, set_at: clock() }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return priceOf(row);
}

/** The fee in force at an instant, null when none was agreed by then (Q31). */
export async function priceAt(db: Db, shopId: string, carrier: CarrierCode, outletCode: string, at: EpochMs): Promise<Fen | null> {
  const row = await db
    .selectFrom('outlet_prices')
    .select('fee_fen')
    .where('shop_id', '=', shopId)
    .where('carrier', '=', carrier)
    .where('outlet_code', '=', outletCode)
    .where('effective_from', '<=', instant(at))
    .orderBy('effective_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.fee_fen ?? null;
}

/** Every price of the shop, by outlet, newest first within each. */
export async function listPrices(
  db: Db,
  filter: { shopId: string; carrier?: CarrierCode | undefined; outletCode?: string | undefined },
): Promise<OutletPrice[]> {
  let query = db.selectFrom('outlet_prices').selectAll().where('shop_id', '=', filter.shopId);
  if (filter.carrier !== undefined) query = query.where('carrier', '=', filter.carrier);
  if (filter.outletCode !== undefined) query = query.where('outlet_code', '=', filter.outletCode);
  const rows = await query.orderBy('carrier').orderBy('outlet_code').orderBy('effective_from', 'desc').execute();
  return rows.map(priceOf);
}

function priceOf(row: Selectable<Tables['outlet_prices']>): OutletPrice {
  return {
    shopId: row.shop_id,
    carrier: row.carrier,
    outletCode: row.outlet_code,
    feeFen: row.fee_fen,
    effectiveFrom: row.effective_from,
  };
}
