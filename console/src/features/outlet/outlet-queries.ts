import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { OutletPrice } from '../../api/types.ts';

/** The shop's e-waybill outlets, each with its subscription. */
export const outletsQuery = queryOptions({
  queryKey: ['outlets'],
  queryFn: async () => (await dataOf(api.GET('/v1/outlets', { params: { query: {} } }))).items,
});

const PAGE = 200;

/** All agreed prices of the shop, whatever their day. */
export const pricesQuery = queryOptions({
  queryKey: ['outlet-prices'],
  queryFn: async (): Promise<OutletPrice[]> => {
    const items: OutletPrice[] = [];
    let after: string | undefined;
    do {
      const page = await dataOf(api.GET('/v1/outlet-prices', { params: { query: { limit: PAGE, after } } }));
      items.push(...page.items);
      after = page.nextCursor ?? undefined;
    } while (after !== undefined);
    return items;
  },
});

/** Prices of one outlet, the latest first. */
export function pricesOf(prices: OutletPrice[], outlet: Pick<OutletPrice, 'carrier' | 'outletCode'>): OutletPrice[] {
  return prices
    .filter(({ carrier, outletCode }) => carrier === outlet.carrier && outletCode === outlet.outletCode)
    .toSorted((a, b) => Date.parse(b.effectiveFrom) - Date.parse(a.effectiveFrom));
}
