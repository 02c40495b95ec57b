import { DAY_MS, type EpochMs, fromShanghaiText } from '../domain/time.ts';

/** No carrier's record is older; an epoch in seconds read as milliseconds falls below it. */
const EARLIEST: EpochMs = Date.UTC(2000, 0, 1);

/**
 * When a scan happened: `yyyy-MM-dd HH:mm:ss` in China time, or epoch milliseconds as number or digits.
 * Null for what is no date, lies before the year 2000, or more than a day after `now`.
 */
export function readScanTime(value: unknown, now: EpochMs): EpochMs | null {
  const at = asInstant(value);
  return at !== null && at >= EARLIEST && at <= now + DAY_MS ? at : null;
}

function asInstant(value: unknown): EpochMs | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^\d{1,15}$/.test(text) ? Number(text) : fromShanghaiText(text);
}
