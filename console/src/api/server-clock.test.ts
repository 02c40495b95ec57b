import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adjustReading, serverTimeAt } from './server-clock.ts';

const HEADER = Date.parse('2026-11-20T08:30:00Z');

describe('server clock', () => {
  test('runs on the monotonic clock alone', () => {
    expect(serverTimeAt({ serverMs: 1_000_000, atMs: 500 }, 2_750)).toBe(1_002_250);
  });

  test('without a reading takes the middle of the second the header names', () => {
    expect(adjustReading(null, HEADER, 1_000, 1_001)).toEqual({ serverMs: HEADER + 500, atMs: 1_001 });
  });

  test('keeps a reading that agrees with the header', () => {
    const reading = { serverMs: HEADER + 123, atMs: 1_000 };
    expect(adjustReading(reading, HEADER, 1_000, 1_010)).toBe(reading);
  });

  test('an hour asleep with a standing monotonic clock is caught up', () => {
    const reading = { serverMs: HEADER - 3_600_000, atMs: 1_000 };
    expect(serverTimeAt(adjustReading(reading, HEADER, 1_200, 1_250), 1_250)).toBe(HEADER);
  });

  test('whatever was believed, it lies in the window of the header afterwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 30_000 }), (error, roundTrip) => {
        const adjusted = adjustReading({ serverMs: HEADER + error, atMs: 0 }, HEADER, 0, roundTrip);
        const now = serverTimeAt(adjusted, roundTrip);
        expect(now).toBeGreaterThanOrEqual(HEADER);
        expect(now).toBeLessThanOrEqual(HEADER + 999 + roundTrip);
      }),
    );
  });
});
