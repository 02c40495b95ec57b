import { describe, expect, test } from '@jest/globals';
import { DEFAULT_BLOCKED_CATEGORIES, findBlockedCategory, readBlockedCategories } from './category.ts';

describe('blocked categories (R19, Q35)', () => {
  test.each([['生鲜果蔬'], ['虚拟商品'], ['新能源整车'], ['话费充值'], ['海鲜水产/贝类']])('%s is blocked by default', (name) => {
    expect(findBlockedCategory([{ id: '1', name }], DEFAULT_BLOCKED_CATEGORIES)).toEqual({ id: '1', name });
  });
  test.each([['女装'], ['汽车用品'], ['']])('“%s” is not', (name) => {
    expect(findBlockedCategory([{ id: '1', name }], DEFAULT_BLOCKED_CATEGORIES)).toBeNull();
  });
  test('an entry of digits is an id and must equal it', () => {
    expect(findBlockedCategory([{ id: '1024', name: '甲' }], ['1024'])).toEqual({ id: '1024', name: '甲' });
    expect(findBlockedCategory([{ id: '10240', name: '型号1024' }], ['1024'])).toBeNull();
  });
  test('blanks block nothing', () => {
    expect(readBlockedCategories(' 生鲜, ,虚拟，1024,')).toEqual(['生鲜', '虚拟', '1024']);
    expect(readBlockedCategories('')).toEqual([]);
    expect(findBlockedCategory([{ id: '1', name: '女装' }], ['', ' '])).toBeNull();
  });
});
