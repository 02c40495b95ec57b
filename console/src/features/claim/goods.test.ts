import { expect, test } from '@jest/globals';
import { goodsValueFen, readGoods } from './goods.ts';

const SHIRT = { name: ' 卫衣 ', quantity: '2', specification: '红色 M', yuan: '129.00' };

test('complete lines become goods, the value is that of all pieces', () => {
  const goods = readGoods([SHIRT, { name: '帽子', quantity: '1', yuan: '0.5' }]);
  expect(goods).toEqual([
    { name: '卫衣', quantity: 2, specification: '红色 M', valueFen: 12_900 },
    { name: '帽子', quantity: 1, specification: '', valueFen: 50 },
  ]);
  expect(goodsValueFen(goods ?? [])).toBe(12_950);
});

test.each([
  [[]],
  [[{ ...SHIRT, quantity: '0' }]],
  [[{ ...SHIRT, quantity: '1.5' }]],
  [[{ ...SHIRT, yuan: '0' }]],
  [[{ ...SHIRT, yuan: '-1' }]],
  [[{ ...SHIRT, name: ' ' }]],
])('incomplete: %j', (lines) => expect(readGoods(lines)).toBeNull());
