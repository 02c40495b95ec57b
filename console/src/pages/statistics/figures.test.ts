import { expect, test } from '@jest/globals';
import { type StatisticsItem, formatDuration, groupName, percent } from './figures.ts';

test('a duration has the unit that fits it, and one decimal at most; nothing made up', () => {
  const words = {
    days: (n: string) => `${n} d`,
    hours: (n: string) => `${n} h`,
    minutes: (n: string) => `${n} min`,
    seconds: (n: string) => `${n} s`,
  };
  const told = [0, 3_261, 59_999, 60_000, 150_000, 3_599_999, 3_600_000, 5_400_000, 47.9 * 3_600_000, 48 * 3_600_000, 61 * 3_600_000];
  expect(told.map((ms) => formatDuration(ms, words))).toEqual([
    '0 s',
    '3.3 s',
    '60 s',
    '1 min',
    '2.5 min',
    '60 min',
    '1 h',
    '1.5 h',
    '47.9 h',
    '2 d',
    '2.5 d',
  ]);
  expect(formatDuration(null, words)).toBe('-');
});

test('shares are in percent with one decimal', () => {
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
