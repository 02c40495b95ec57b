import type { DurationMs } from '../domain/time.ts';

/** An event that is itself at fault is set aside after this many tries. */
export const FAULTY_TRIES = 5;

/** How long to wait after `attempts` failed tries: 0.5 s, doubling up to the limit. */
export function backOff(attempts: number, atMostMs: DurationMs): DurationMs {
  return Math.min(atMostMs, 500 * 2 ** Math.min(attempts, 20));
}
