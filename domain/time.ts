/** An instant in milliseconds since 1970 UTC. Text form on the wire: RFC 3339 UTC with milliseconds. */
export type EpochMs = number;
/** A length of time in milliseconds. */
export type DurationMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Record<string, DurationMs> = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** `72h`, `5m`, `250ms` → milliseconds. A whole number and one of `ms s m h d`; anything else throws with the text. */
export function parseDuration(text: string): DurationMs {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a duration: write a whole number and ms, s, m, h or d, such as 72h`);
  return Number(match[1]) * (UNIT_MS[match[2] as string] as number);
}

const LAST_INSTANT: EpochMs = 8_640_000_000_000_000;

/** Whether a value that came from outside is an instant JavaScript can write down. */
export function isInstant(value: unknown): value is EpochMs {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= LAST_INSTANT;
}

/** RFC 3339 UTC with milliseconds. */
export function toRfc3339(at: EpochMs): string {
  return new Date(at).toISOString();
}

const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/** `YYYY-MM-DD HH:mm:ss` on the Shanghai clock: China has one zone and no daylight saving. */
export function toShanghaiText(at: EpochMs): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Year first and one kind of separator: with day or month first nobody could say which is which. */
const DATE_AND_TIME = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(.*)$/;
/** `Z`, `UTC`, `GMT`, `CST`, `+08:00`, `+0800`, `GMT+8`. */
const ZONE = /^\s?(?:(Z|UTC|GMT|CST)|(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?)$/i;
const WIDEST_OFFSET_MS = 14 * HOUR_MS;

/**
 * A time as carriers write it → instant; null when it is no such text or no real date. `yyyy-MM-dd HH:mm:ss`, with slashes,
 * without seconds or with fractions of them; China time unless it names a zone, and their `CST` is China's.
 */
export function fromShanghaiText(text: string): EpochMs | null {
  const match = DATE_AND_TIME.exec(text.trim());
  const offset = match && offsetOf(match[9] ?? '');
  if (!match || offset === null) return null;
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map((group) => (match[group] ?? '').padStart(2, '0'));
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${(match[8] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
  const at = Date.parse(iso);
  return Number.isNaN(at) || new Date(at).toISOString() !== iso ? null : at - offset;
}

function offsetOf(zone: string): DurationMs | null {
  if (zone === '') return SHANGHAI_OFFSET_MS;
  const match = ZONE.exec(zone);
  if (!match) return null;
  if (match[1] !== undefined) return match[1].toUpperCase() === 'CST' ? SHANGHAI_OFFSET_MS : 0;
  const offset = Number(match[3]) * HOUR_MS + Number(match[4] ?? 0) * MINUTE_MS;
  return offset > WIDEST_OFFSET_MS ? null : match[2] === '-' ? -offset : offset;
}

/** First instant of a Shanghai month `YYYY-MM` and of the next: the half-open interval of a statement. */
export function shanghaiMonth(month: string): { start: EpochMs; end: EpochMs } {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) throw new Error(`"${month}" is not a month: write YYYY-MM`);
  const year = Number(match[1]);
  const index = Number(match[2]) - 1;
  return { start: Date.UTC(year, index, 1) - SHANGHAI_OFFSET_MS, end: Date.UTC(year, index + 1, 1) - SHANGHAI_OFFSET_MS };
}

/** `HH:MM` as the time since midnight. */
export function msOfClock(time: string): DurationMs {
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3, 5)) * MINUTE_MS;
}

/** The time since midnight in Shanghai. */
export function msOfShanghaiDay(at: EpochMs): DurationMs {
  const ms = (at + SHANGHAI_OFFSET_MS) % DAY_MS;
  return ms < 0 ? ms + DAY_MS : ms;
}

/** The first instant from `at` on at which clocks in Shanghai show `HH:MM`. */
export function nextShanghaiTime(time: string, at: EpochMs): EpochMs {
  const today = at - msOfShanghaiDay(at) + msOfClock(time);
  return today >= at ? today : today + DAY_MS;
}

/** `YYYY-MM-DD` of the Shanghai calendar day. */
export function shanghaiDay(at: EpochMs): string {
  return toShanghaiText(at).slice(0, 10);
}
