import { expect, test } from '@jest/globals';
import { type StatisticsItem, change, fittingUnit, groupName, inUnit, percent } from './figures.ts';

test('durations in the unit that fits the longest', () => {
  expect(fittingUnit([null, 900, 1_500])).toBe('seconds');
  expect(fittingUnit([null])).toBe('seconds');
  expect(fittingUnit([5_400_000, 10_000])).toBe('minutes');
  expect(fittingUnit([7_200_000])).toBe('hours');
  expect(fittingUnit([172_800_000, 1])).toBe('days');
  expect(inUnit(5_400_000, 'minutes')).toBe(90);
  expect(inUnit(5_400_000, 'hours')).toBe(1.5);
  expect(inUnit(1_234, 'seconds')).toBe(1.2);
  expect(inUnit(null, 'days')).toBeNull();
});

test('a change has its sign, and none is made up', () => {
  expect(change(150, 120)).toBe('+25.0%');
  expect(change(0.5, 0.8)).toBe('-37.5%');
  expect(change(5, 5)).toBe('0.0%');
  expect(change(-50, -100)).toBe('+50.0%');
  expect([change(5, 0), change(null, 5), change(5, null)]).toEqual([null, null, null]);
});

test('shares in percent with one decimal', () => {
  expect(percent(0.6667)).toBe('66.7%');
  expect(percent(0)).toBe('0.0%');
  expect(percent(null)).toBe('-');
});

test('a group is named by what it groups', () => {
  const item = (part: Partial<StatisticsItem>) =>
    ({ carrier: null, outletCode: null, outletName: null, day: null, ruleId: null, ruleName: null, ...part }) as StatisticsItem;
  const words = { ZTO: '中通快递' };
  expect(groupName(item({ day: '2026-11-20' }), words, '人工')).toBe('2026-11-20');
  expect(groupName(item({ carrier: 'ZTO' }), words, '人工')).toBe('中通快递');
  expect(groupName(item({ carrier: 'ZTO', outletCode: '75500', outletName: '福永' }), words, '人工')).toBe('中通快递 福永');
  expect(groupName(item({ ruleId: 'small', ruleName: '小额' }), words, '人工')).toBe('小额');
  expect(groupName(item({}), words, '人工')).toBe('人工');
});
