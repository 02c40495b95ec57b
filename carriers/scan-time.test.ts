import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS } from '../domain/time.ts';
import { readScanTime } from './scan-time.ts';
import { NOW } from './testing/pushes.ts';

describe('readScanTime', () => {
  const at = Date.UTC(2023, 0, 28, 2, 40, 0);

  test.each([
    ['2023-01-28 10:40:00'],
    [' 2023-01-28 10:40:00 '],
    ['2023-01-28 10:40:00.000'],
    ['2023-01-28T10:40:00'],
    ['2023-01-28 10:40'],
    ['2023-1-28 10:40:00'],
    ['2023/01/28 10:40:00'],
    ['2023/1/28 10:40'],
    ['2023-01-28 10:40:00 CST'],
    ['2023-01-28 10:40:00.000 cst'],
    ['2023-01-28 10:40:00+08:00'],
    ['2023-01-28T10:40:00.000+0800'],
    ['2023-01-28 10:40:00 GMT+8'],
    ['2023-01-28 10:40:00 UTC+08:00'],
    ['2023-01-28T02:40:00Z'],
    ['2023-01-28 02:40:00 UTC'],
    ['2023-01-28 02:40:00 GMT'],
    ['2023-01-28 11:40:00+09:00'],
    ['2023-01-27 21:10:00-05:30'],
    [at],
    [String(at)],
    [at / 1000],
    [String(at / 1000)],
  ])('%j is 10:40 in China', (value) => {
    expect(readScanTime(value, NOW)).toBe(at);
  });

  test.each([
    ['2023-01-28 10:40:00.541', 541],
    ['2023-01-28 10:40:00.541 CST', 541],
    ['2023-01-28 10:40:00.5', 500],
    ['2023-01-28 10:40:00.541999', 541],
    [String(at + 541), 541],
  ])('%j keeps its milliseconds', (value, millis) => {
    expect(readScanTime(value, NOW)).toBe(at + millis);
  });

  test.each([
    [''],
    ['yesterday'],
    ['2023-02-30 10:00:00'],
    ['2023-01-28'],
    ['0000-00-00 00:00:00'],
    ['1999-12-31 23:59:59'],
    ['2023-01/28 10:40:00'],
    ['28/01/2023 10:40:00'],
    ['2023-01-28 10'],
    ['2023-01-28 24:00:00'],
    ['2023-01-28 10:60:00'],
    ['2023-01-28 10:40:00 EST'],
    ['2023-01-28 10:40:00+15:00'],
    ['2023-01-28 10:40:00+08:61'],
    ['2023-01-28 10:40:00 CST CST'],
    ['20230128104000'],
    [167487360],
    ['16748736000'],
    [167487360000000],
    [0],
    [-1],
    [1.5],
    [1674873600.5],
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

  test('a carrier’s clock may be a day ahead of ours while ours is two behind, no more', () => {
    expect(readScanTime(NOW + 3 * DAY_MS, NOW)).toBe(NOW + 3 * DAY_MS);
    expect(readScanTime(NOW + 3 * DAY_MS + 1, NOW)).toBeNull();
    expect(readScanTime(NOW / 1000 + (3 * DAY_MS) / 1000 + 1, NOW)).toBeNull();
  });

  test('a number is read as seconds or as milliseconds, never as either', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 2), max: NOW }), (millis) => {
        const seconds = Math.floor(millis / 1000);
        expect(readScanTime(millis, NOW)).toBe(millis);
        expect(readScanTime(seconds, NOW)).toBe(seconds * 1000);
      }),
    );
  });

  test('whatever is read lies between the year 2000 and three days ahead', () => {
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789-/: T+Z.CSGM')), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(digits, fc.integer(), fc.double(), fc.string()), (value) => {
        const read = readScanTime(value, NOW);
        if (read === null) return;
        expect(read).toBeGreaterThanOrEqual(Date.UTC(2000, 0, 1));
        expect(read).toBeLessThanOrEqual(NOW + 3 * DAY_MS);
      }),
    );
  });
});
