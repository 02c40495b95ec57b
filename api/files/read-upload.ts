import type { FastifyRequest } from 'fastify';
import { problem, type ProblemError } from '../problems/problem.ts';
import { MAX_FILE_BYTES } from './judge-upload.ts';

/** A file as it was sent. */
export interface Upload {
  name: string;
  bytes: Buffer;
}

/** Beside the file itself: boundaries and headers of one part. */
const ENVELOPE_BYTES = 16_384;
const LONGEST_NAME = 200;

/** Reads the one part `file` of a multipart body, at most 5 MB. Throws problems. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw problem('MULTIPART_REQUIRED');
  if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES + ENVELOPE_BYTES) throw tooLarge();
  let upload: Upload | null = null;
  try {
    for await (const part of request.parts({ limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 0, parts: 1 } })) {
      if (part.type !== 'file' || part.fieldname !== 'file') throw malformed(`/${part.fieldname}`, 'unknown part: send one file as "file"');
      upload = { name: safeName(part.filename), bytes: await part.toBuffer() };
    }
  } catch (error) {
    throw toProblem(error);
  }
  if (upload === null) throw malformed('/file', 'required');
  return upload;
}

function toProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge();
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT')
    return malformed('', 'send one part alone, the file');
  if (typeof code === 'string' && code !== 'FST_PROTO_VIOLATION' && !code.startsWith('FST_')) return error;
  return malformed('', 'not a well-formed multipart/form-data body');
}

function tooLarge(): ProblemError {
  return problem('BODY_TOO_LARGE', { params: { limit: MAX_FILE_BYTES } });
}

function malformed(pointer: string, message: string): ProblemError {
  return problem('VALIDATION_FAILED', { errors: [{ pointer, message }] });
}

/** The name for people to know it by: no path, nothing invisible. It decides nothing. */
function safeName(name: string | undefined): string {
  const last = (name ?? '').toWellFormed().split(/[\\/]/).at(-1) ?? '';
  const visible = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME)
    .toWellFormed();
  return visible === '' || /^\.+$/.test(visible) ? 'file' : visible;
}
