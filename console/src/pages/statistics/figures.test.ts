import { expect, test } from '@jest/globals';
import { type StatisticsItem, groupName, percent, toHours } from './figures.ts';

test('durations in hours and shares in percent, both with one decimal, nothing made up', () => {
  expect(toHours(5_400_000)).toBe(1.5);
  expect(toHours(null)).toBeNull();
  expect(percent(0.6667)).toBe('66.7%');
  expect(percent(0)).toBe('0.0%');
  expect(percent(null)).toBe('-');
});

test('a group is named by what it groups', () => {
  const item = (part: Partial<StatisticsItem>) =>
    ({ carrier: null, outletCode: null, outletName: null, day: null, ...part }) as StatisticsItem;
  const words = { ZTO: '中通快递' };
  expect(groupName(item({ day: '2026-11-20' }), words)).toBe('2026-11-20');
  expect(groupName(item({ carrier: 'ZTO' }), words)).toBe('中通快递');
  expect(groupName(item({ carrier: 'ZTO', outletCode: '75500', outletName: '福永' }), words)).toBe('中通快递 福永');
});
