import type { FieldError } from '../problems/problem.ts';

/** Deeper than any body of this API; far below the depth that breaks later serialisation. */
export const MAX_JSON_DEPTH = 32;

export type JsonReading = { ok: true; value: unknown } | { ok: false; errors: FieldError[] };

const refused = (pointer: string, message: string): JsonReading => ({ ok: false, errors: [{ pointer, message }] });
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[^\s,\]}]*/g;

interface Container {
  /** Null for an array. */
  keys: Set<string> | null;
  key: string | null;
  index: number;
}

/**
 * Reads a body without any of the readings on which two parsers may differ: invalid UTF-8, a byte order mark, repeated
 * keys, NUL or half a surrogate pair in a text, `__proto__` or `constructor.prototype`, nesting deeper than 32, and
 * numbers that are not written exactly as this service would write them (`1e2`, `-0`, `1.0`, beyond 2^53 - 1).
 */
export function readStrictJson(bytes: Uint8Array): JsonReading {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refused('', 'not valid UTF-8');
  }
  if (text.trim() === '') return refused('', 'the body is empty');
  try {
    value = JSON.parse(text);
  } catch {
    return refused('', 'not valid JSON');
  }
  const fault = findFault(text);
  return fault === null ? { ok: true, value } : { ok: false, errors: [fault] };
}

/** Walks the tokens of a text that is known to be JSON. */
function findFault(text: string): FieldError | null {
  const open: Container[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const top = open.at(-1);
    const here = () => pointerTo(open);
    if (token === '{' || token === '[') {
      if (open.length === MAX_JSON_DEPTH) return { pointer: here(), message: `nested deeper than ${MAX_JSON_DEPTH}` };
      open.push({ keys: token === '{' ? new Set() : null, key: null, index: 0 });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      if (top) {
        top.key = null;
        top.index += 1;
      }
    } else if (token.startsWith('"')) {
      const content = JSON.parse(token) as string;
      const fault = faultOfText(content);
      if (top?.keys && top.key === null) {
        if (fault) return { pointer: here(), message: `a key: ${fault}` };
        const keyFault = faultOfKey(content, top.keys, open.at(-2)?.key ?? null);
        top.key = content;
        if (keyFault) return { pointer: here(), message: keyFault };
        top.keys.add(content);
      } else if (fault) {
        return { pointer: here(), message: fault };
      }
    } else {
      const number = Number(token);
      if (String(number) !== token || (Number.isInteger(number) && !Number.isSafeInteger(number))) {
        return { pointer: here(), message: 'a number that is not exact: write whole numbers up to 9007199254740991 as plain digits' };
      }
    }
  }
  return null;
}

function faultOfText(content: string): string | null {
  if (content.includes('\0')) return 'contains NUL';
  return content.isWellFormed() ? null : 'contains half of a surrogate pair';
}

function faultOfKey(key: string, keys: Set<string>, parentKey: string | null): string | null {
  if (keys.has(key)) return 'this key is repeated';
  if (key === '__proto__' || (key === 'prototype' && parentKey === 'constructor')) return 'this key is not allowed';
  return null;
}

function pointerTo(open: Container[]): string {
  return open
    .map((container) => (container.keys ? container.key : String(container.index)))
    .filter((part) => part !== null)
    .map((part) => `/${escapePointer(part)}`)
    .join('');
}

/** One reference token of a JSON Pointer (RFC 6901 §3). */
export function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
