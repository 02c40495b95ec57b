/** The parts of the JSON object that keep every digit (ES2026); TypeScript's library does not name them yet. */
interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): object;
}
const json = JSON as unknown as ExactJson;

/**
 * Parses JSON without losing a digit: a whole number that a double cannot hold exactly comes out as its string of
 * digits, everything else as usual. The platform's ids are int64 numbers and may be larger than 2^53. Throws on bad JSON.
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value,
  );
}

const INT64_MAX = 2n ** 63n - 1n;

/** Whether a text is an id the platform can have: digits of a positive int64, or 0, without a leading zero. */
export function isInt64(text: string): boolean {
  return /^(0|[1-9]\d{0,18})$/.test(text) && BigInt(text) <= INT64_MAX;
}

/**
 * An id for a JSON text, written as bare digits: `{"refundId":9007199254740993}`. Throws for anything that is no int64,
 * because it goes into the text as it is.
 */
export function bareDigits(id: string): object {
  if (!isInt64(id)) throw new RangeError(`"${id}" is not an id of the platform: digits of an int64 without a leading zero`);
  return json.rawJSON(id);
}
