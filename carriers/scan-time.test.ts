import { describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../domain/time.ts';
import { readScanTime } from './scan-time.ts';
import { NOW } from './testing/pushes.ts';

describe('readScanTime', () => {
  const at = Date.UTC(2023, 0, 28, 2, 40, 0);

  test.each([['2023-01-28 10:40:00'], [' 2023-01-28 10:40:00 '], ['2023-01-28 10:40:00.000'], [at], [String(at)]])(
    '%j is 10:40 in China',
    (value) => {
      expect(readScanTime(value, NOW)).toBe(at);
    },
  );

  test.each([
    [''],
    ['yesterday'],
    ['2023-02-30 10:00:00'],
    ['2023-01-28'],
    ['0000-00-00 00:00:00'],
    ['1999-12-31 23:59:59'],
    [1674873600],
    ['1674873600'],
    [0],
    [-1],
    [1.5],
    [Number.POSITIVE_INFINITY],
    ['99999999999999999999'],
    [null],
    [undefined],
    [{}],
    [[at]],
    [true],
  ])('%j is no time of a scan', (value) => {
    expect(readScanTime(value, NOW)).toBeNull();
  });

  test('a carrier’s clock may be a day ahead, no more', () => {
    expect(readScanTime(NOW + DAY_MS, NOW)).toBe(NOW + DAY_MS);
    expect(readScanTime(NOW + DAY_MS + 1, NOW)).toBeNull();
  });
});
