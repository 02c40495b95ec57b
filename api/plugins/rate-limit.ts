import { SECOND_MS, type EpochMs } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';
import { type Rate, takeRequest } from '../../store/rate-limits.ts';

interface Bucket {
  tokens: number;
  at: EpochMs;
}

/** Each key, and each person: bursts of 100, 50 a second. */
export const CALLER_RATE: Rate = { burst: 100, perSecond: 50 };
const MAX_BUCKETS = 10_000;
/** While the database does not answer each process keeps the rate alone. */
const ALONE_MS = 5 * SECOND_MS;

/**
 * Token buckets by name, in this process. `take` returns 0 when the request may pass, else after how many seconds
 * the next one may. A wall clock that steps back costs nobody a token.
 */
export function rateLimiter({ burst, perSecond, clock }: Rate & { clock: () => EpochMs }): { take(name: string): number } {
  const buckets = new Map<string, Bucket>();
  const refilled = (bucket: Bucket, at: EpochMs) => Math.min(burst, bucket.tokens + (Math.max(0, at - bucket.at) / SECOND_MS) * perSecond);

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

/**
 * The same over all API processes of a database. A caller that was refused is refused here until the next request may
 * pass, so a flood costs the database no more than the rate allows; while the database does not answer, this process
 * keeps the rate alone.
 */
export function sharedRateLimiter(db: Db, rate: Rate, clock: () => EpochMs): { take(name: string): Promise<number> } {
  const own = rateLimiter({ ...rate, clock });
  const refusedUntil = new Map<string, EpochMs>();
  let aloneUntil: EpochMs = 0;

  async function takeShared(name: string): Promise<number> {
    const at = clock();
    const until = refusedUntil.get(name) ?? 0;
    if (at < until) return (until - at) / SECOND_MS;
    refusedUntil.delete(name);
    if (await takeRequest(db, name, rate)) return 0;
    refusedUntil.set(name, at + SECOND_MS / rate.perSecond);
    return 1 / rate.perSecond;
  }

  return {
    async take(name) {
      if (clock() < aloneUntil) return own.take(name);
      try {
        return await takeShared(name);
      } catch {
        aloneUntil = clock() + ALONE_MS;
        return own.take(name);
      }
    },
  };
}
