import { sql } from 'kysely';
import type { ReturnAddress } from '../domain/return-address.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction, type Trx } from './db.ts';
import { type DataKey, openSealed, reseal, seal, type SealedFor, sealedWith } from './secrets.ts';

/** A shop's present return address; null: it has none, since then. */
export interface SavedReturnAddress {
  version: number;
  address: ReturnAddress | null;
  savedBy: string;
  savedAt: EpochMs;
}

/** The present one with whoever saved it, null when the shop never had one. */
export async function returnAddressOfShop(db: Db, dataKey: DataKey, shopId: string): Promise<SavedReturnAddress | null> {
  const row = await newest(db, shopId).executeTakeFirst();
  if (row === undefined) return null;
  const { version, saved_by: savedBy, saved_at: savedAt } = row;
  return { version, address: opened(dataKey, shopId, row), savedBy, savedAt };
}

/** Whether a parcel of the shop may be asked to go there. */
export async function hasReturnAddress(db: Db, shopId: string): Promise<boolean> {
  return ((await newest(db, shopId).executeTakeFirst())?.sealed ?? null) !== null;
}

/** The version that a case named; null when it was deleted since. */
export async function returnAddress(db: Db, dataKey: DataKey, shopId: string, version: number): Promise<ReturnAddress | null> {
  const row = await db
    .selectFrom('return_addresses')
    .select(['version', 'sealed'])
    .where('shop_id', '=', shopId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? null : opened(dataKey, shopId, row);
}

/** The version a case that is being opened names, null when the shop has no address by now. None is deleted until the case is there. */
export async function holdReturnAddress(trx: Trx, shopId: string): Promise<number | null> {
  await holdLock(trx, lockOf(shopId));
  const row = await newest(trx, shopId).executeTakeFirst();
  return row?.sealed ? row.version : null;
}

/** The shop's address from now on. Cases begun before keep the one they name. */
export function saveReturnAddress(db: Db, dataKey: DataKey, shopId: string, address: ReturnAddress, savedBy: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const version = await nextVersion(trx, shopId);
    const sealed = seal(dataKey, JSON.stringify(address), purposeOf(shopId, version));
    await trx.insertInto('return_addresses').values({ shop_id: shopId, version, sealed, saved_by: savedBy }).execute();
  });
}

/**
 * The shop has no address from now on, and none that it had is kept, but for one with which a carrier is being asked at this moment:
 * that goes with the next deletion, or with the shop.
 */
export function deleteReturnAddress(db: Db, shopId: string, savedBy: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const version = await nextVersion(trx, shopId);
    await trx.insertInto('return_addresses').values({ shop_id: shopId, version, sealed: null, saved_by: savedBy }).execute();
    await sql`
      update return_addresses a set sealed = null
      where shop_id = ${shopId} and sealed is not null and not exists (
        select from intercepts i
        where i.shop_id = ${shopId} and i.phase <> 'ENDED' and i.intercept_status = 'REQUESTED'
          and (i.start_input ->> 'returnAddressVersion')::integer = a.version)`.execute(trx);
  });
}

/** Seals up to `limit` addresses anew that a former key sealed; answers how many, 0 when none is left. */
export function resealReturnAddresses(db: Db, dataKey: DataKey, limit: number): Promise<number> {
  return inTransaction(db, async (trx) => {
    const rows = await trx
      .selectFrom('return_addresses')
      .select(['shop_id', 'version', 'sealed'])
      .where(sql<boolean>`not starts_with(sealed, ${sealedWith(dataKey.id)})`)
      .limit(limit)
      .forUpdate()
      .execute();
    for (const { shop_id: shopId, version, sealed: former } of rows) {
      const sealed = former === null ? null : reseal(dataKey, former, purposeOf(shopId, version));
      await trx.updateTable('return_addresses').set({ sealed }).where('shop_id', '=', shopId).where('version', '=', version).execute();
    }
    return rows.length;
  });
}

const newest = (db: Db, shopId: string) =>
  db.selectFrom('return_addresses').selectAll().where('shop_id', '=', shopId).orderBy('version', 'desc').limit(1);

async function nextVersion(trx: Trx, shopId: string): Promise<number> {
  await holdLock(trx, lockOf(shopId));
  return ((await newest(trx, shopId).executeTakeFirst())?.version ?? 0) + 1;
}

function opened(dataKey: DataKey, shopId: string, { version, sealed }: { version: number; sealed: string | null }): ReturnAddress | null {
  return sealed === null ? null : (JSON.parse(openSealed(dataKey, sealed, purposeOf(shopId, version))) as ReturnAddress);
}

const lockOf = (shopId: string): string => `return-address:${shopId}`;
const purposeOf = (shopId: string, version: number): SealedFor => ({ shopId, purpose: `return address ${version}` });
