import type { EpochMs } from '../domain/time.ts';
import type { World } from '../domain/world.ts';
import { type Db, holdLock } from './db.ts';
import { type DataKey, openSealed, reseal, seal, sealedWith } from './secrets.ts';
import { clock, instantOrNull } from './values.ts';

/** A shop's tokens of the platform, as `platforms/port.ts` names them. */
export interface ShopTokens {
  accessToken: string;
  refreshToken: string | null;
  accessIssuedAt: EpochMs;
  accessExpiresAt: EpochMs | null;
  refreshExpiresAt: EpochMs | null;
}

/** The `TokenStore` of `platforms/port.ts`. */
export interface ShopTokenStore {
  read(shopId: string): Promise<ShopTokens | null>;
  update(shopId: string, renew: (present: ShopTokens) => Promise<ShopTokens | null>): Promise<ShopTokens | null>;
}

const PURPOSE = 'platform-tokens';

/** Stores a shop's first tokens, or replaces them; throws when there is no such shop. */
export async function storeShopTokens(db: Db, dataKey: DataKey, shopId: string, tokens: ShopTokens): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('shops')
    .set({
      tokens_sealed: seal(dataKey, JSON.stringify(tokens), { shopId, purpose: PURPOSE }),
      authorisation_expires_at: instantOrNull(tokens.refreshExpiresAt),
      updated_at: clock(),
    })
    .where('shop_id', '=', shopId)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Error(`shop ${shopId} does not exist: create it before its tokens`);
}

/**
 * Where tokens live, sealed with `dataKey`. `update` holds the shop's lock over all processes while `renew` runs, hands it the tokens
 * as they then are, and resolves only after the new pair is committed: nobody uses tokens that a crash could lose. `renew` answering
 * null leaves them. Null when the shop has none, or is of another world: who speaks to one platform never sees tokens of the other.
 */
export function shopTokenStore(db: Db, dataKey: DataKey, world: World = 'REAL'): ShopTokenStore {
  return {
    read: (shopId) => readTokens(db, dataKey, shopId, world),
    update: (shopId, renew) =>
      db.transaction().execute(async (trx) => {
        await holdLock(trx, `tokens:${shopId}`);
        const present = await readTokens(trx, dataKey, shopId, world);
        if (present === null) return null;
        const renewed = await renew(present);
        if (renewed === null) return present;
        await storeShopTokens(trx, dataKey, shopId, renewed);
        return renewed;
      }),
  };
}

/**
 * Seals the tokens of up to `limit` shops anew that a former key sealed; answers how many it looked at, 0 when none is left. Tokens renewed meanwhile
 * are left as they are.
 */
export async function resealShopTokens(db: Db, dataKey: DataKey, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('shops')
    .select(['shop_id', 'tokens_sealed'])
    .where('tokens_sealed', 'not like', `${sealedWith(dataKey.id)}%`)
    .limit(limit)
    .execute();
  for (const { shop_id: shopId, tokens_sealed: former } of rows) {
    if (former === null) continue;
    const tokens_sealed = reseal(dataKey, former, { shopId, purpose: PURPOSE });
    await db.updateTable('shops').set({ tokens_sealed }).where('shop_id', '=', shopId).where('tokens_sealed', '=', former).execute();
  }
  return rows.length;
}

async function readTokens(db: Db, dataKey: DataKey, shopId: string, world: World): Promise<ShopTokens | null> {
  const row = await db
    .selectFrom('shops')
    .select('tokens_sealed')
    .where('shop_id', '=', shopId)
    .where('sandbox', '=', world === 'SANDBOX')
    .executeTakeFirst();
  if (!row?.tokens_sealed) return null;
  return JSON.parse(openSealed(dataKey, row.tokens_sealed, { shopId, purpose: PURPOSE })) as ShopTokens;
}
