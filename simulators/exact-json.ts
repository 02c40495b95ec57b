/** Marks digits that `JSON.stringify` must write as they stand. */
type RawNumber = object;

const rawJson = (JSON as unknown as { rawJSON(text: string): RawNumber }).rawJSON;
const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;

/** An int64 id as a JSON number with every digit, also above 2^53. `id` is a text of digits; anything else throws. */
export function asInt64(id: string): RawNumber {
  if (!/^\d{1,19}$/.test(id)) throw new Error(`"${id}" is no int64 id: it must be 1 to 19 digits`);
  return rawJson(id);
}

/** Parses JSON and keeps whole numbers above 2^53 as their digits (a string); throws on anything that is not JSON. */
export function parseExact(text: string): unknown {
  return parse(text, (_key, value, context) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(context.source ?? '')) return context.source;
    return value;
  });
}

/** The object in a JSON text, or null when the text is no JSON or no object. */
export function parseRecord(text: string): Record<string, unknown> | null {
  try {
    return asRecord(parseExact(text));
  } catch {
    return null;
  }
}

/** The value as an object with unknown members, or null. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** An id from JSON or a query, as digits; null when it is none. */
export function readId(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,19}$/.test(text) ? text : null;
}

/** A text member, or null when absent, empty or something else. */
export function readText(record: Record<string, unknown> | null, name: string): string | null {
  const value = record?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number member; digits in a string count too. Null when absent or something else. */
export function readNumber(record: Record<string, unknown> | null, name: string): number | null {
  const value = record?.[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : null;
}
