import { expect, test } from '@jest/globals';
import type { OutletPrice } from '../../api/types.ts';
import { pricesOf } from './outlet-queries.ts';

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

test('the prices of an outlet are its own, the latest first', () => {
  const own = pricesOf(PRICES, { carrier: 'ZTO', outletCode: '1' });
  expect(own.map(({ feeFen }) => feeFen)).toEqual([350, 300]);
});
