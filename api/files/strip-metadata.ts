import { jpegParts, type PicturePart, pngParts } from './picture-parts.ts';

/**
 * The picture without what a camera or program wrote beside it: place, time, owner, device, thumbnails, further pictures behind it. Its
 * coded data is untouched; how it is to be turned stays (JPEG), its colours too. Anything but a JPEG or PNG comes back as it is.
 *
 * A filter of our own, because it is two lists over the parts that the judgement of an upload walks anyway: the small libraries
 * lose the orientation and keep what stands behind the first picture, the big ones code the evidence anew.
 */
export function stripMetadata(bytes: Buffer, contentType: string): Buffer {
  if (contentType === 'image/jpeg') return stripJpeg(bytes);
  return contentType === 'image/png' ? stripPng(bytes) : bytes;
}

/** Chunks that a picture is made of (PNG, third edition; APNG); text, Exif and times are not among them. */
const PNG_KEPT = /^(?:[A-Z]...|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|bKGD|hIST|pHYs|sPLT|acTL|fcTL|fdAT)$/;

function stripPng(bytes: Buffer): Buffer {
  const parts = pngParts(bytes);
  const header = bytes.subarray(0, parts[0]?.from ?? bytes.length);
  return Buffer.concat([header, ...parts.filter(({ kind }) => PNG_KEPT.test(kind)).map(({ from, to }) => bytes.subarray(from, to))]);
}

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
/** Adobe's: says how the colours are coded. */
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

function stripJpeg(bytes: Buffer): Buffer {
  const parts = jpegParts(bytes);
  const orientation = parts.map((part) => orientationIn(contentOf(bytes, part), part.kind)).find((found) => found !== null);
  return Buffer.concat(
    parts.flatMap((part) => {
      if (!isPicture(bytes, part)) return [];
      const kept = bytes.subarray(part.from, part.to);
      return part === parts[0] && orientation ? [kept, orientationSegment(orientation)] : [kept];
    }),
  );
}

function contentOf(bytes: Buffer, { from, to }: PicturePart<number>): Buffer {
  return bytes.subarray(Math.min(from + 4, to), to);
}

function isPicture(bytes: Buffer, part: PicturePart<number>): boolean {
  const { kind } = part;
  if (kind === COMMENT) return false;
  if (kind < APP0 || kind > APP15) return true;
  const content = contentOf(bytes, part);
  const startsWith = (name: string) => content.toString('latin1', 0, name.length) === name;
  return (
    (kind === APP0 && startsWith('JFIF\0')) || (kind === APP2 && startsWith('ICC_PROFILE\0')) || (kind === APP14 && startsWith('Adobe'))
  );
}

const EXIF = 'Exif\0\0';
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/** How Exif says the picture is turned, 2 to 8; null where it says nothing or that it is upright. */
function orientationIn(content: Buffer, kind: number): number | null {
  if (kind !== APP1 || content.toString('latin1', 0, EXIF.length) !== EXIF) return null;
  const tiff = content.subarray(EXIF.length);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = tiff.length < 8 ? tiff.length : little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let n = 0; n < u16(first); n += 1) {
    const at = first + 2 + n * ENTRY_BYTES;
    if (u16(at) !== ORIENTATION_TAG) continue;
    const value = u16(at + 8);
    return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

/** Exif with that one field. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from([0xff, APP1, 0, 2 + EXIF.length + tiff.length]);
  return Buffer.concat([head, Buffer.from(EXIF, 'latin1'), tiff]);
}
