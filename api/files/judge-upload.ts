import { fileTypeFromBuffer } from 'file-type';
import { jpegParts, type PicturePart, pngParts } from './picture-parts.ts';

/** The most a file of evidence may have. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** What evidence may be, by content: extension as file-type names it → media type. */
const ACCEPTED: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf' };
export const ACCEPTED_TYPES = Object.values(ACCEPTED);

export type UploadRefusal = 'EMPTY' | 'TYPE_NOT_SUPPORTED' | 'MORE_THAN_ONE_TYPE' | 'ACTIVE_CONTENT';
export type UploadJudgement = { kind: 'ACCEPTED'; contentType: string } | { kind: 'REFUSED'; reason: UploadRefusal };

/**
 * What a file is, by its bytes alone: name and declared type count for nothing. Refused: anything but JPEG, PNG and PDF;
 * a file that another program would read as something else too (a PDF, an archive or a page inside or behind a picture);
 * a PDF that acts.
 */
export async function judgeUpload(bytes: Buffer): Promise<UploadJudgement> {
  if (bytes.length === 0) return refused('EMPTY');
  const found = await fileTypeFromBuffer(bytes);
  const contentType = found === undefined ? undefined : ACCEPTED[found.ext];
  if (contentType === undefined) return refused('TYPE_NOT_SUPPORTED');
  if (await hasSecondType(bytes, contentType)) return refused('MORE_THAN_ONE_TYPE');
  if (contentType === 'application/pdf' && ACTIVE_PDF.some((name) => bytes.includes(name))) return refused('ACTIVE_CONTENT');
  return { kind: 'ACCEPTED', contentType };
}

function refused(reason: UploadRefusal): UploadJudgement {
  return { kind: 'REFUSED', reason };
}

/** Names that make a PDF run or carry something. */
const ACTIVE_PDF = ['/JavaScript', '/Launch', '/EmbeddedFile', '/RichMedia'];
/** Readers of these look for them anywhere in a file; long enough not to occur in a picture by chance. */
const ELSEWHERE = ['%PDF-', 'Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c', '<?php', '<script', '<SCRIPT', '<html', '<HTML', '<!DOCTYPE'].map(
  (text) => Buffer.from(text, 'latin1'),
);
const PDF_HEADER = Buffer.from('%PDF-', 'latin1');

async function hasSecondType(bytes: Buffer, contentType: string): Promise<boolean> {
  if (hasArchiveDirectory(bytes)) return true;
  if (contentType === 'application/pdf') {
    // Pictures and pages live inside a PDF by right; in front of its header or behind its end they do not.
    return bytes.indexOf(PDF_HEADER) !== 0 || (await startsAnother(behindPdf(bytes), []));
  }
  if (ELSEWHERE.some((signature) => bytes.includes(signature))) return true;
  // Phones put further JPEGs (depth, HDR) behind the first.
  return contentType === 'image/png'
    ? startsAnother(behind(bytes, pngParts(bytes)), [])
    : startsAnother(behind(bytes, jpegParts(bytes)), ['jpg']);
}

const ARCHIVE_END = Buffer.from('PK\x05\x06', 'latin1');
const ARCHIVE_END_BYTES = 22;
const ARCHIVE_COMMENT_BYTES = 65_535;

/** A ZIP's directory is found from the end of a file, so any file may be a ZIP as well. */
function hasArchiveDirectory(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ARCHIVE_END_BYTES - ARCHIVE_COMMENT_BYTES);
  for (let at = bytes.indexOf(ARCHIVE_END, from); at !== -1; at = bytes.indexOf(ARCHIVE_END, at + 1)) {
    if (at + ARCHIVE_END_BYTES <= bytes.length && at + ARCHIVE_END_BYTES + bytes.readUInt16LE(at + 20) <= bytes.length) return true;
  }
  return false;
}

async function startsAnother(rest: Buffer, harmless: readonly string[]): Promise<boolean> {
  if (rest.length === 0) return false;
  const found = await fileTypeFromBuffer(rest);
  return found !== undefined && !harmless.includes(found.ext);
}

/** What follows the picture's last part. */
function behind(bytes: Buffer, parts: readonly PicturePart<unknown>[]): Buffer {
  return bytes.subarray(parts.at(-1)?.to ?? bytes.length);
}

const PDF_END = Buffer.from('%%EOF', 'latin1');

function behindPdf(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(PDF_END);
  if (end === -1) return bytes.subarray(bytes.length);
  let at = end + PDF_END.length;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x20) at += 1;
  return bytes.subarray(at);
}
