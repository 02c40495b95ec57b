import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatActor, formatFen, formatInstant, orEmpty, parseYuan, remainingParts, shanghaiInstant } from './format.ts';

test.each([
  ['staff:店主', '店主'],
  ['ERP (rik_3f2a…)', 'ERP (rik_3f2a…)'],
  ['小staff:林', '小staff:林'],
])('%j is %j', (actor, shown) => expect(formatActor(actor)).toBe(shown));

describe('amounts', () => {
  test.each([
    [123_450, '¥1,234.50'],
    [5, '¥0.05'],
    [0, '¥0.00'],
    [-350, '-¥3.50'],
    [100_000_000_00, '¥100,000,000.00'],
    [null, '-'],
  ])('%s fen is %s', (fen, shown) => expect(formatFen(fen)).toBe(shown));

  test('what is shown reads back as the same fen', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e14 }), (fen) => expect(parseYuan(formatFen(fen))).toBe(fen)));
  });

  test.each([
    ['3.5', 350],
    ['0.29', 29],
    [' 1,234.50 ', 123_450],
    ['3.505', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
    ['９', null],
  ])('typed %j is %s fen', (typed, fen) => expect(parseYuan(typed)).toBe(fen));
});

describe('instants', () => {
  test('are shown in Shanghai, whatever the zone of the machine', () => {
    expect(formatInstant('2026-12-31T16:00:00.000Z')).toBe('2027-01-01 00:00:00');
    expect(formatInstant('2026-12-31T15:59:59.999Z')).toBe('2026-12-31 23:59:59');
    expect(formatInstant(null)).toBe('-');
    expect(formatInstant('no instant')).toBe('-');
  });

  test('a wall time of Shanghai goes to the wire in UTC and back', () => {
    expect(shanghaiInstant('2026-11-20')).toBe('2026-11-19T16:00:00.000Z');
    expect(formatInstant(shanghaiInstant('2026-11-20 08:30:15'))).toBe('2026-11-20 08:30:15');
  });
});

test('empty values are a dash', () => {
  expect(orEmpty('')).toBe('-');
  expect(orEmpty(0)).toBe('0');
});

test('a remaining time rounds up and ends at zero', () => {
  expect(remainingParts(2 * 86_400_000 + 3_723_001)).toEqual({ days: 2, clock: '01:02:04' });
  expect(remainingParts(1)).toEqual({ days: 0, clock: '00:00:01' });
  expect(remainingParts(-5)).toEqual({ days: 0, clock: '00:00:00' });
});
