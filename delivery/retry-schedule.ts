import { DAY_MS, type DurationMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time.ts';

/** Waits between attempts, after the first one that is made at once (service-style §10.5): more than three days in all. */
export const RETRY_WAITS_MS: readonly DurationMs[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** So many receivers that went down together do not all come back in one second. */
const JITTER = 0.1;
/** A receiver may ask for more patience, within reason. */
export const LONGEST_WAIT_MS = DAY_MS;

/**
 * How long to wait after `failedAttempts` (≥ 1) attempts; null when that was the last. `random` in [0, 1) spreads it by a tenth
 * to either side; a longer `Retry-After` is honoured up to a day.
 */
export function waitAfter(failedAttempts: number, random: number, retryAfterMs: DurationMs | null): DurationMs | null {
  const planned = RETRY_WAITS_MS[failedAttempts - 1];
  if (planned === undefined) return null;
  const spread = Math.round(planned * (1 + JITTER * (2 * random - 1)));
  return Math.max(spread, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS));
}

/** `Retry-After` of an answer (RFC 9110 §10.2.3: seconds, or a date); null when absent or unreadable. */
export function readRetryAfter(header: string | null, now: number): DurationMs | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * SECOND_MS;
  const at = /^[A-Z][a-z]{2}, /.test(header.trim()) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
