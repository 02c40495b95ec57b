const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

/** Fields of a form as the bytes that were signed: decoding to text first would change bytes that are not UTF-8. */
export interface Form {
  /** The field's bytes; null when it is absent or sent more than once, for then nobody can say which one was signed. */
  bytes(name: string): Buffer | null;
  /** The field as UTF-8 text, null as above. */
  text(name: string): string | null;
}

/** Reads `application/x-www-form-urlencoded`. Never throws: what is no form has no fields. */
export function readForm(body: Buffer): Form {
  const fields = new Map<string, Buffer | null>();
  for (let start = 0; start <= body.length; ) {
    const next = body.indexOf(AMPERSAND, start);
    const end = next === -1 ? body.length : next;
    const pair = body.subarray(start, end);
    start = end + 1;
    if (pair.length === 0) continue;
    const equals = pair.indexOf(EQUALS);
    const name = unescapeBytes(equals === -1 ? pair : pair.subarray(0, equals)).toString('utf8');
    fields.set(name, fields.has(name) ? null : unescapeBytes(equals === -1 ? Buffer.alloc(0) : pair.subarray(equals + 1)));
  }
  const bytes = (name: string) => fields.get(name) ?? null;
  return { bytes, text: (name) => bytes(name)?.toString('utf8') ?? null };
}

function unescapeBytes(escaped: Buffer): Buffer {
  const plain = Buffer.alloc(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at += 1) {
    const byte = escaped[at] as number;
    const code = byte === PERCENT ? hexValue(escaped, at + 1) : null;
    if (code !== null) at += 2;
    plain[length] = code ?? (byte === PLUS ? SPACE : byte);
    length += 1;
  }
  return plain.subarray(0, length);
}

function hexValue(bytes: Buffer, at: number): number | null {
  const digits = bytes.toString('latin1', at, at + 2);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : null;
}
