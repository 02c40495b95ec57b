/** A piece of a picture file: a JPEG segment with the coded data behind it, by its marker, or a PNG chunk, by its name. */
export interface PicturePart<Kind> {
  kind: Kind;
  from: number;
  /** First byte behind it. */
  to: number;
}

const PNG_HEADER_BYTES = 8;
const CHUNK_OVERHEAD_BYTES = 12;

/** The chunks of a PNG up to and with the last. */
export function pngParts(bytes: Buffer): PicturePart<string>[] {
  const parts: PicturePart<string>[] = [];
  for (let at = PNG_HEADER_BYTES; at + CHUNK_OVERHEAD_BYTES <= bytes.length && parts.at(-1)?.kind !== 'IEND'; ) {
    const to = at + CHUNK_OVERHEAD_BYTES + bytes.readUInt32BE(at);
    parts.push({ kind: bytes.toString('latin1', at + 4, at + 8), from: at, to: Math.min(to, bytes.length) });
    at = to;
  }
  return parts;
}

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** The segments of the first image of a JPEG, up to and with its end; as decoders do, what is between segments is skipped. */
export function jpegParts(bytes: Buffer): PicturePart<number>[] {
  const parts: PicturePart<number>[] = [];
  for (let at = 0; at + 2 <= bytes.length && parts.at(-1)?.kind !== END_OF_IMAGE; ) {
    const kind = bytes[at] === MARKER ? (bytes[at + 1] ?? 0) : 0;
    if (kind === 0 || kind === MARKER) {
      const next = bytes.indexOf(MARKER, at + 1);
      at = next === -1 ? bytes.length : next;
      continue;
    }
    const to = Math.min(endOfSegment(bytes, at, kind), bytes.length);
    parts.push({ kind, from: at, to });
    at = to;
  }
  return parts;
}

function endOfSegment(bytes: Buffer, at: number, kind: number): number {
  if (kind === START_OF_IMAGE || kind === END_OF_IMAGE || isRestart(kind)) return at + 2;
  if (at + 4 > bytes.length) return bytes.length;
  const to = at + 2 + Math.max(bytes.readUInt16BE(at + 2), 2);
  return kind === START_OF_SCAN ? endOfCodedData(bytes, to) : to;
}

function endOfCodedData(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== MARKER && !isRestart(next)) return at;
  }
  return bytes.length;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}
