import type { Claim } from '../../api/types.ts';
import { parseYuan } from '../../ui/format.ts';

/** One line of the goods list as typed. */
export interface TypedGoods {
  name: string;
  quantity: string;
  specification?: string;
  yuan: string;
}

/** The goods list for the API; null while a line is not complete. */
export function readGoods(lines: readonly Partial<TypedGoods>[]): Claim['goods'] | null {
  const goods = lines.map(({ name, quantity, specification, yuan }) => {
    const valueFen = parseYuan(yuan ?? '');
    const count = /^\d{1,6}$/.test(quantity ?? '') ? Number(quantity) : 0;
    if (valueFen === null || valueFen === 0 || count === 0 || (name ?? '').trim() === '') return null;
    return { name: (name ?? '').trim(), quantity: count, specification: (specification ?? '').trim(), valueFen };
  });
  return goods.every((line) => line !== null) && goods.length > 0 ? goods : null;
}

/** The value of all goods together: the most that may be claimed. */
export function goodsValueFen(goods: Claim['goods']): number {
  return goods.reduce((sum, { valueFen }) => sum + valueFen, 0);
}
