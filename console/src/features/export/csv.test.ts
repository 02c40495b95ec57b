import { expect, test } from '@jest/globals';
import { toCsv } from './csv.ts';

test('a file Excel opens as UTF-8, line by line', () => {
  expect(
    toCsv([
      ['退款单号', '金额'],
      ['2260718200000012', '129.00'],
    ]),
  ).toBe('\uFEFF退款单号,金额\r\n2260718200000012,129.00\r\n');
});

test('quotes, commas and line breaks stay inside their cell', () => {
  expect(toCsv([['a"b', 'c,d', 'e\nf']])).toBe('\uFEFF"a""b","c,d","e\nf"\r\n');
});

test.each(['=1+1', '+1-1', '-cmd', '@SUM(A1)', '\tx', '\rx'])('%j is no formula any more', (cell) => {
  expect(
    toCsv([[cell]])
      .slice(1)
      .replace(/^"/, ''),
  ).toMatch(/^'/);
});

test('a negative amount stays a number', () => {
  expect(toCsv([['-3.50']])).toBe('\uFEFF-3.50\r\n');
});
