import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { TokenStore } from '../platforms/port.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { readDataKey } from './secrets.ts';
import { shopTokenStore, type ShopTokens, storeShopTokens } from './shop-tokens.ts';
import { findShop, listShops, setShopStatus, upsertShop } from './shops.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';

const dataKey = readDataKey(randomBytes(32).toString('base64'));
const tokens: ShopTokens = {
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  accessIssuedAt: 1,
  accessExpiresAt: 2,
  refreshExpiresAt: 1_800_000_000_000,
};

let fresh: FreshDatabase;
let database: Database;
let store: TokenStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 5, applicationName: 'tokens-test', onError: () => undefined });
  await addShops(database.kysely);
  store = shopTokenStore(database.kysely, dataKey);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('shops', () => {
  test('are added once, renamed, suspended; absent ones are told', async () => {
    expect(await upsertShop(database.kysely, { shopId: '1003', platform: 'KUAISHOU', name: '三号店' })).toMatchObject({
      status: 'OPERATING',
      name: '三号店',
    });
    expect((await setShopStatus(database.kysely, '1003', 'SUSPENDED'))?.status).toBe('SUSPENDED');
    expect(await upsertShop(database.kysely, { shopId: '1003', platform: 'KUAISHOU', name: '改名' })).toMatchObject({
      status: 'SUSPENDED',
      name: '改名',
    });
    expect(await setShopStatus(database.kysely, '9', 'SUSPENDED')).toBeNull();
    expect(await findShop(database.kysely, '9')).toBeNull();
    expect((await listShops(database.kysely)).map((shop) => shop.shopId)).toEqual([SHOP, OTHER_SHOP, '1003']);
  });
});

describe('tokens', () => {
  test('are sealed at rest, bound to their shop, and read back', async () => {
    await storeShopTokens(database.kysely, dataKey, SHOP, tokens);
    expect(await store.read(SHOP)).toEqual(tokens);
    expect(await store.read(OTHER_SHOP)).toBeNull();
    const { tokens_sealed: sealed } = await database.kysely
      .selectFrom('shops')
      .select('tokens_sealed')
      .where('shop_id', '=', SHOP)
      .executeTakeFirstOrThrow();
    expect(sealed).not.toContain('access-0');
    expect((await findShop(database.kysely, SHOP))?.authorisationExpiresAt).toBe(1_800_000_000_000);
    await database.kysely.updateTable('shops').set({ tokens_sealed: sealed }).where('shop_id', '=', OTHER_SHOP).execute();
    await expect(store.read(OTHER_SHOP)).rejects.toThrow('another shop or purpose');
    await expect(storeShopTokens(database.kysely, dataKey, '9', tokens)).rejects.toThrow('shop 9 does not exist');
  });

  test('are renewed one at a time over all processes, each seeing the pair before it', async () => {
    await storeShopTokens(database.kysely, dataKey, SHOP, tokens);
    const other = openDatabase(fresh.url, { max: 5, applicationName: 'tokens-test-2', onError: () => undefined });
    const stores = [store, shopTokenStore(other.kysely, dataKey)];
    let running = 0;
    const renewals = Array.from({ length: 8 }, (_, index) =>
      (stores[index % 2] as TokenStore).update(SHOP, async (present) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise(setImmediate);
        running -= 1;
        return { ...present, accessToken: `access-${Number(present.accessToken.slice(7)) + 1}` };
      }),
    );
    const renewed = await Promise.all(renewals);
    expect(new Set(renewed.map((pair) => pair?.accessToken))).toEqual(
      new Set(Array.from({ length: 8 }, (_, index) => `access-${index + 1}`)),
    );
    expect((await store.read(SHOP))?.accessToken).toBe('access-8');
    await other.close();
  });

  test('are committed before they are handed out; null and a failure leave them', async () => {
    await storeShopTokens(database.kysely, dataKey, SHOP, tokens);
    expect(await store.update(SHOP, async () => null)).toEqual(tokens);
    await expect(store.update(SHOP, () => Promise.reject(new Error('platform down')))).rejects.toThrow('platform down');
    expect(await store.read(SHOP)).toEqual(tokens);
    expect(await store.update('1003', () => Promise.reject(new Error('not called')))).toBeNull();
  });
});
