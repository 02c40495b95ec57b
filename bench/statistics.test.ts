import { describe, expect, test } from '@jest/globals';
import { quantile, renderTable, spread } from './statistics.ts';

describe('quantile', () => {
  test('is always one of the values, whatever their order', () => {
    const values = [40, 10, 30, 20];
    expect([0, 0.25, 0.5, 0.51, 0.95, 1].map((share) => quantile(values, share))).toEqual([10, 10, 20, 30, 40, 40]);
    expect(values).toEqual([40, 10, 30, 20]);
  });

  test('of nothing is no number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

test('spread is median, 95th percentile and the longest', () => {
  expect(spread(Array.from({ length: 100 }, (_, index) => index + 1.2))).toBe('50 / 95 / 100');
});

test('a table has as many columns as its head', () => {
  expect(
    renderTable([
      ['what', 'n'],
      ['cases', '12345'],
    ]),
  ).toBe('| what  | n     |\n| ----- | ----- |\n| cases | 12345 |');
});
