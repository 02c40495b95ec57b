import { expect, test } from '@jest/globals';
import type { Rule } from '../../api/types.ts';
import { fieldsOf, moved, parseWhole, ruleOf } from './rule-form.ts';

const RULE: Rule = {
  ruleId: 'r1',
  name: '小额快拦',
  action: 'INTERCEPT',
  conditions: {
    carriers: ['ZTO'],
    refundFeeFen: { atLeast: 1_050, atMost: 30_000 },
    expectedFeeFen: { atMost: 505 },
    trackStandings: ['MOVING'],
    lastScanHours: { atLeast: 1, atMost: 48 },
    titleWords: ['拖鞋'],
    earlierRefunds: { atLeast: 0, atMost: 2 },
  },
  acknowledge: ['PARTIAL_REFUND'],
  limits: { paused: true, dailyFeeFen: 20_000, dailyCount: 50, hours: { days: [1, 6], from: '08:00', to: '24:00' } },
};

test('a rule survives its form', () => {
  expect(ruleOf('r1', fieldsOf(RULE))).toEqual(RULE);
  const bare: Rule = {
    ...RULE,
    action: 'ASK',
    conditions: {},
    acknowledge: [],
    limits: { paused: false, dailyFeeFen: null, dailyCount: null, hours: null },
  };
  expect(ruleOf('r1', fieldsOf(bare))).toEqual(bare);
});

test('what is left empty asks for nothing', () => {
  const typed = { name: ' 全部 ', action: 'ASK' as const, carriers: [], titleWords: [], refundTo: ' ', earlierTo: '' };
  expect(ruleOf('r2', typed)).toEqual({
    ruleId: 'r2',
    name: '全部',
    action: 'ASK',
    conditions: {},
    acknowledge: [],
    limits: { paused: false, dailyFeeFen: null, dailyCount: null, hours: null },
  });
});

test('whole numbers are digits alone', () => {
  expect(['0', '12', '1.5', '-1', 'x', ''].map(parseWhole)).toEqual([0, 12, null, null, null, null]);
});

test('a rule moves by one place, never out of the list', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
});
