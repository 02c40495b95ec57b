import { expect, test } from '@jest/globals';
import type { OutletPrice } from '../../api/types.ts';
import { priceInForce, pricesOf } from './outlet-queries.ts';

const price = (outletCode: string, feeFen: number, effectiveFrom: string): OutletPrice => ({
  carrier: 'ZTO',
  outletCode,
  feeFen,
  effectiveFrom,
});
const PRICES = [
  price('1', 300, '2026-10-31T16:00:00.000Z'),
  price('2', 999, '2026-10-31T16:00:00.000Z'),
  price('1', 350, '2026-11-30T16:00:00.000Z'),
];

test('the price in force is the latest that has begun, from its very instant on', () => {
  const own = pricesOf(PRICES, { carrier: 'ZTO', outletCode: '1' });
  expect(own.map(({ feeFen }) => feeFen)).toEqual([350, 300]);
  expect(priceInForce(own, Date.parse('2026-11-30T15:59:59.999Z'))?.feeFen).toBe(300);
  expect(priceInForce(own, Date.parse('2026-11-30T16:00:00.000Z'))?.feeFen).toBe(350);
  expect(priceInForce(own, Date.parse('2026-10-01T00:00:00.000Z'))).toBeNull();
});
