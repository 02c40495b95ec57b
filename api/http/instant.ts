import type { EpochMs } from '../../domain/time.ts';

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is an RFC 3339 instant with a zone, and a date of the years 1970 to 2999 that exists. */
export function isInstant(text: string): boolean {
  return readInstant(text) !== null;
}

/** RFC 3339 with a zone → instant; null when it is not one. Digits beyond milliseconds are cut off. */
export function readInstant(text: string): EpochMs | null {
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const [, year, month, day] = match;
  if (Number(year) < 1970 || Number(year) > 2999) return null;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) ? null : at;
}

/** As `readInstant`, for a field that its schema has already checked; undefined for an absent one. */
export function instantOf(text: string | undefined): EpochMs | undefined {
  return text === undefined ? undefined : requireInstant(text);
}

/** As `readInstant`, for a required field that its schema has already checked. */
export function requireInstant(text: string): EpochMs {
  const at = readInstant(text);
  if (at === null) throw new Error(`"${text}" passed the schema but is no instant`);
  return at;
}
