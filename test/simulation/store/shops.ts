import type * as real from '../../../store/shops.ts';

type Real = typeof real;

/** The one shop of every simulated world. */
export const SHOP = { shopId: '2788410001', platform: 'KUAISHOU', name: '禾木家居旗舰店', status: 'OPERATING', world: 'REAL' } as const;

export const findShop: Real['findShop'] = async () => ({ ...SHOP }) as unknown as real.Shop;
export const listShops: Real['listShops'] = async () => [{ ...SHOP } as unknown as real.Shop];
