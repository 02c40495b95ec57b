import type { EpochMs } from '../../domain/time.ts';

export interface RateLimitOptions {
  /** Requests at once at most. */
  burst: number;
  perSecond: number;
  clock: () => EpochMs;
}

interface Bucket {
  tokens: number;
  at: EpochMs;
}

const MAX_BUCKETS = 10_000;

/**
 * Token buckets by name, in this process. `take` returns 0 when the request may pass, else after how many seconds
 * the next one may. A wall clock that steps back costs nobody a token.
 */
export function rateLimiter({ burst, perSecond, clock }: RateLimitOptions): { take(name: string): number } {
  const buckets = new Map<string, Bucket>();
  const refilled = (bucket: Bucket, at: EpochMs) => Math.min(burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1_000) * perSecond);

  function forgetFullOnes(at: EpochMs): void {
    for (const [name, bucket] of buckets) if (refilled(bucket, at) >= burst) buckets.delete(name);
  }

  return {
    take(name) {
      const at = clock();
      if (buckets.size > MAX_BUCKETS) forgetFullOnes(at);
      const bucket = buckets.get(name) ?? { tokens: burst, at };
      const tokens = refilled(bucket, at);
      const passes = tokens >= 1;
      buckets.set(name, { tokens: passes ? tokens - 1 : tokens, at });
      return passes ? 0 : (1 - tokens) / perSecond;
    },
  };
}
