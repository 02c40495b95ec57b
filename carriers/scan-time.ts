import { DAY_MS, type EpochMs, fromShanghaiText } from '../domain/time.ts';

/** No carrier's record is older. It also keeps seconds and milliseconds apart: no number is a plausible instant in both. */
const EARLIEST: EpochMs = Date.UTC(2000, 0, 1);

/** A day for a carrier's clock that is ahead, two for one of ours that is behind: what a slipped month or year makes lies far beyond. */
const AHEAD_AT_MOST_MS = 3 * DAY_MS;

/**
 * When a scan happened, however the carrier writes it: a text as `fromShanghaiText` reads it, or the epoch's seconds or
 * milliseconds as number or digits. Null for what is no date, lies before the year 2000, or more than three days after `now`:
 * nothing is guessed beyond that.
 */
export function readScanTime(value: unknown, now: EpochMs): EpochMs | null {
  return instantsIn(value).find((at) => at >= EARLIEST && at <= now + AHEAD_AT_MOST_MS) ?? null;
}

/** What a value may mean: a number is milliseconds or seconds, a text one instant. */
function instantsIn(value: unknown): EpochMs[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [value, value * 1_000] : [];
  if (typeof value !== 'string') return [];
  const text = value.trim();
  if (/^\d{1,15}$/.test(text)) return instantsIn(Number(text));
  const at = fromShanghaiText(text);
  return at === null ? [] : [at];
}
