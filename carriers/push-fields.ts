import type { RawPush } from './port.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;
const CRLF = Buffer.from('\r\n');

/** Fields of a push as the bytes that were signed: decoding to text first would change bytes that are not UTF-8. */
export interface PushFields {
  /** The field's bytes; null when it is absent or sent more than once, for then nobody can say which one was signed. */
  bytes(name: string): Buffer | null;
  /** The field as UTF-8 text, null as above. */
  text(name: string): string | null;
}

/**
 * The content of a push in the field `name`, whatever wraps it: a form, a form whose sender forgot to escape it, a JSON
 * object, multipart. Senders' content types are not believed; `isSigned` is, so that what is read is what was signed. Null
 * when it holds for no reading of the body. Never throws.
 */
export function signedContent(push: RawPush, name: string, isSigned: (content: Buffer, fields: PushFields) => boolean): Buffer | null {
  for (const read of readersFor(push.body)) {
    const fields = read(push.body);
    const content = fields.bytes(name);
    if (content && isSigned(content, fields)) return content;
  }
  return null;
}

function readersFor(body: Buffer): ((body: Buffer) => PushFields)[] {
  const start = body.toString('utf8', 0, 64).trimStart();
  if (start.startsWith('{')) return [readJsonFields];
  return start.startsWith('--') ? [readMultipart] : [readForm, readUnescapedForm];
}

/** Reads `application/x-www-form-urlencoded`. Never throws: what is no form has no fields. */
export function readForm(body: Buffer): PushFields {
  const pairs: [string, Buffer][] = [];
  for (let start = 0; start <= body.length; ) {
    const next = body.indexOf(AMPERSAND, start);
    const end = next === -1 ? body.length : next;
    const pair = body.subarray(start, end);
    start = end + 1;
    if (pair.length === 0) continue;
    const equals = pair.indexOf(EQUALS);
    const name = unescapeBytes(equals === -1 ? pair : pair.subarray(0, equals)).toString('utf8');
    pairs.push([name, unescapeBytes(equals === -1 ? Buffer.alloc(0) : pair.subarray(equals + 1))]);
  }
  return fieldsOf(pairs);
}

/** A form whose values stand as they are: only an `&` before a name and `=` begins the next field. */
function readUnescapedForm(body: Buffer): PushFields {
  const pairs = body.toString('latin1').split(/&(?=[A-Za-z_]\w{0,63}=)/);
  return fieldsOf(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return [equals === -1 ? pair : pair.slice(0, equals), Buffer.from(equals === -1 ? '' : pair.slice(equals + 1), 'latin1')];
    }),
  );
}

/** Members of a JSON object that are texts: the text is what was signed. */
function readJsonFields(body: Buffer): PushFields {
  let members: object;
  try {
    members = JSON.parse(body.toString('utf8').trim()) as object;
  } catch {
    return fieldsOf([]);
  }
  const texts = Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return fieldsOf(texts.map(([name, text]) => [name, Buffer.from(text)]));
}

/** Parts of `multipart/form-data`; the body itself says what divides them. */
function readMultipart(body: Buffer): PushFields {
  const start = body.indexOf('--');
  const lineEnd = body.indexOf(CRLF, start);
  if (lineEnd === -1) return fieldsOf([]);
  const delimiter = Buffer.concat([CRLF, body.subarray(start, lineEnd)]);
  const pairs: [string, Buffer][] = [];
  for (let from = lineEnd; ; ) {
    const end = body.indexOf(delimiter, from);
    if (end === -1) return fieldsOf(pairs);
    const part = body.subarray(from, end);
    const headersEnd = part.indexOf('\r\n\r\n');
    const name = /^content-disposition:.*[;\s]name="([^"]*)"/im.exec(part.toString('utf8', 0, Math.max(headersEnd, 0)))?.[1];
    if (name !== undefined) pairs.push([name, part.subarray(headersEnd + 4)]);
    from = end + delimiter.length;
  }
}

function fieldsOf(pairs: [string, Buffer][]): PushFields {
  const fields = new Map<string, Buffer | null>();
  for (const [name, bytes] of pairs) fields.set(name, fields.has(name) ? null : bytes);
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
