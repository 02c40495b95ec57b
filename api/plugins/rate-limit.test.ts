import { describe, expect, test } from '@jest/globals';
import { rateLimiter } from './rate-limit.ts';

describe('token buckets', () => {
  test('a burst passes, then the rate, each name for itself', () => {
    let now = 1_000;
    const limiter = rateLimiter({ burst: 100, perSecond: 50, clock: () => now });
    const passed = (name: string, count: number) =>
      Array.from({ length: count }, () => limiter.take(name)).filter((wait) => wait === 0).length;
    expect(passed('a', 150)).toBe(100);
    expect(limiter.take('a')).toBeCloseTo(0.02);
    expect(passed('b', 10)).toBe(10);
    now += 1_000;
    expect(passed('a', 80)).toBe(50);
    now += 10_000;
    expect(passed('a', 150)).toBe(100);
  });

  test('a clock that steps back takes nothing and gives nothing', () => {
    let now = 10_000;
    const limiter = rateLimiter({ burst: 1, perSecond: 1, clock: () => now });
    expect(limiter.take('a')).toBe(0);
    now = 0;
    expect(limiter.take('a')).toBe(1);
    now = 1_000;
    expect(limiter.take('a')).toBe(0);
  });
});
