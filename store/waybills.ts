import type { CarrierCode, Outlet } from '../domain/carrier.ts';
import type { Db } from './db.ts';

/** Which outlet issued a waybill (面单使用网点), told by the shop. */
export interface WaybillOutlet extends Outlet {
  carrier: CarrierCode;
  waybillNo: string;
}

/** Notes the outlets; a waybill told again takes the newer outlet. */
export async function registerWaybills(db: Db, shopId: string, waybills: WaybillOutlet[]): Promise<void> {
  const latest = new Map(waybills.map((waybill) => [`${waybill.carrier}:${waybill.waybillNo}`, waybill]));
  // Always in the same order, so that two calls never wait for each other crosswise.
  const values = [...latest.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, waybill]) => ({
      shop_id: shopId,
      carrier: waybill.carrier,
      waybill_no: waybill.waybillNo,
      outlet_code: waybill.outletCode,
      outlet_name: waybill.outletName,
    }));
  if (values.length === 0) return;
  await db
    .insertInto('waybills')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['shop_id', 'carrier', 'waybill_no']).doUpdateSet((excluded) => ({
        outlet_code: excluded.ref('excluded.outlet_code'),
        outlet_name: excluded.ref('excluded.outlet_name'),
      })),
    )
    .execute();
}

/** The outlet the shop named for a waybill, null when it named none. */
export async function waybillOutlet(db: Db, shopId: string, carrier: CarrierCode, waybillNo: string): Promise<Outlet | null> {
  const row = await db
    .selectFrom('waybills')
    .select(['outlet_code', 'outlet_name'])
    .where('shop_id', '=', shopId)
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .executeTakeFirst();
  return row ? { outletCode: row.outlet_code, outletName: row.outlet_name } : null;
}
