/**
 * Reading what a carrier sent. Types in these documents are promises nobody keeps (`"true"` for true, numbers as text),
 * so every reader here takes `unknown`, never throws, and says "absent" for anything it does not understand.
 */

/** Deeper nesting than any carrier sends; beyond it a record cannot be stored or printed safely. */
const MAX_DEPTH = 32;

/** `JSON.parse` with the source text of each value (ES2026); TypeScript's library does not name it yet. */
const json = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
};

/**
 * Parses JSON. `undefined` when it is not JSON or nested deeper than 32; text in it is free of NUL and of lone surrogates,
 * which PostgreSQL cannot store. A whole number that a double cannot hold exactly comes out as its digits.
 */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = json.parse(text, (_key, read, { source }) =>
      typeof read === 'number' && source !== undefined && String(read) !== source && /^-?\d+$/.test(source) ? source : read,
    );
  } catch {
    return undefined;
  }
  return cleanJson(value, 0);
}

function cleanJson(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => cleanJson(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  const entries: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const cleaned = cleanJson(member, depth + 1);
    if (cleaned === undefined) return undefined;
    entries.push([storableText(key), cleaned]);
  }
  return Object.fromEntries(entries);
}

/** The text without NUL, with lone surrogates replaced. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/** The value as an object with members, null when it is none (an array is none). */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** The value as a list: an array as it is, a lone record as a list of one, anything else empty. */
export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return asRecord(value) ? [value] : [];
}

/** A member of a record, `undefined` when the value is no record or has no such member of its own. */
export function member(value: unknown, name: string): unknown {
  const record = asRecord(value);
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Trimmed text of a text or a number, `''` for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** Like `textOf`, null where nothing was sent. */
export function textOrNull(value: unknown): string | null {
  return textOf(value) || null;
}

/** A boolean however it is written (`true`, `"true"`, `"False"`), null when it is none. */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text === 'true') return true;
  return text === 'false' ? false : null;
}

/** Whether two waybill numbers are the same parcel: carriers differ in case and stray blanks only. */
export function isSameWaybill(one: string, other: string): boolean {
  return one.trim().toUpperCase() === other.trim().toUpperCase();
}
