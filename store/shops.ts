import type { Selectable } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import type { World } from '../domain/world.ts';
import type { Db } from './db.ts';
import type { ShopStatus, Tables } from './tables.ts';
import { clock } from './values.ts';

/** A shop that uses the service. `shopId` is the platform's seller id, digits. */
export interface Shop {
  shopId: string;
  platform: string;
  name: string;
  status: ShopStatus;
  /** For good: a shop never changes from one to the other. */
  world: World;
  authorisationExpiresAt: EpochMs | null;
  createdAt: EpochMs;
}

/** Adds a shop (`OPERATING`), a real one unless told, or renames the one there is; its status, tokens and world stay. */
export async function upsertShop(db: Db, shop: { shopId: string; platform: string; name: string; world?: World }): Promise<Shop> {
  const row = await db
    .insertInto('shops')
    .values({ shop_id: shop.shopId, platform: shop.platform, name: shop.name, sandbox: shop.world === 'SANDBOX' })
    .onConflict((conflict) => conflict.column('shop_id').doUpdateSet({ platform: shop.platform, name: shop.name, updated_at: clock() }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return shopOf(row);
}

/** The shop with its new status, null when there is no such shop. Running cases are not touched (Q28). */
export async function setShopStatus(db: Db, shopId: string, status: ShopStatus): Promise<Shop | null> {
  const row = await db
    .updateTable('shops')
    .set({ status, updated_at: clock() })
    .where('shop_id', '=', shopId)
    .returningAll()
    .executeTakeFirst();
  return row ? shopOf(row) : null;
}

export async function findShop(db: Db, shopId: string): Promise<Shop | null> {
  const row = await db.selectFrom('shops').selectAll().where('shop_id', '=', shopId).executeTakeFirst();
  return row ? shopOf(row) : null;
}

/** Tells a shop's world, null when there is no such shop. What was told once is remembered: it never changes. */
export function shopWorlds(db: Db): (shopId: string) => Promise<World | null> {
  const known = new Map<string, World>();
  return async (shopId) => {
    const world = known.get(shopId) ?? (await findShop(db, shopId))?.world ?? null;
    if (world !== null) known.set(shopId, world);
    return world;
  };
}

export async function listShops(db: Db): Promise<Shop[]> {
  return (await db.selectFrom('shops').selectAll().orderBy('shop_id').execute()).map(shopOf);
}

function shopOf(row: Selectable<Tables['shops']>): Shop {
  return {
    shopId: row.shop_id,
    platform: row.platform,
    name: row.name,
    status: row.status,
    world: row.sandbox ? 'SANDBOX' : 'REAL',
    authorisationExpiresAt: row.authorisation_expires_at,
    createdAt: row.created_at,
  };
}
