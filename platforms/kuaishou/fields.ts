import type { EpochMs } from '../../domain/time.ts';

/** An answer's object; what it is not is an empty one, so that a missing branch reads as missing leaves. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A list; a single object where a list belongs counts as a list of one, anything else as empty. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? [value] : [];
}

/** Text as it is, a number as its digits; null when there is none or it is empty. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/**
 * An int64 id as digits (numbers up to 2^53 arrive as numbers, larger ones as digits); null when it is none or 0, or a
 * number that a double may have rounded (2.4e16).
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  const text = textOf(value);
  return text !== null && /^[1-9]\d{0,18}$/.test(text) ? text : null;
}

/** A whole number, also when written as digits; null when it is none. */
export function integerOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** An instant in ms; the platform writes 0 for none. */
export function instantOf(value: unknown): EpochMs | null {
  const at = integerOf(value);
  return at !== null && at > 0 ? at : null;
}
