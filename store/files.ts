import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock } from './db.ts';
import { newId, onlyRow } from './values.ts';

/** A file as listed, without its bytes. */
export interface StoredFile {
  fileId: string;
  name: string;
  contentType: string;
  byteCount: number;
  /** Hexadecimal. */
  sha256: string;
  createdAt: EpochMs;
}

const LISTED = ['file_id', 'name', 'content_type', 'sha256', 'created_at'] as const;

interface ListedRow {
  file_id: string;
  name: string;
  content_type: string;
  sha256: Buffer;
  created_at: EpochMs;
  byte_count: number;
}

/** Keeps a file under a random id. */
export async function addFile(
  db: Db,
  file: { shopId: string; name: string; contentType: string; bytes: Buffer; uploadedBy: string },
): Promise<StoredFile> {
  const row = await db
    .insertInto('files')
    .values({
      file_id: newId('file'),
      shop_id: file.shopId,
      name: file.name,
      content_type: file.contentType,
      sha256: createHash('sha256').update(file.bytes).digest(),
      bytes: file.bytes,
      uploaded_by: file.uploadedBy,
    })
    .returning([...LISTED])
    .executeTakeFirstOrThrow();
  return fileOf({ ...row, byte_count: file.bytes.length });
}

/** The files of the shop leave no room for this one. */
export interface NoRoom {
  usedBytes: number;
}

/** Keeps a file as long as the shop's files come to no more than that together, also of uploads at once. */
export function addFileWithin(db: Db, file: Parameters<typeof addFile>[1], quotaBytes: number): Promise<StoredFile | NoRoom> {
  return db.transaction().execute(async (trx) => {
    await holdLock(trx, `files:${file.shopId}`);
    const { rows } = await sql<NoRoom>`
      select coalesce(sum(octet_length(bytes)), 0)::bigint as "usedBytes" from files where shop_id = ${file.shopId}`.execute(trx);
    const used = onlyRow(rows, 'files');
    return used.usedBytes + file.bytes.length > quotaBytes ? used : addFile(trx, file);
  });
}

/** The shop's file with its bytes, null when it is absent or another shop's. */
export async function readFile(db: Db, shopId: string, fileId: string): Promise<(StoredFile & { bytes: Buffer }) | null> {
  const row = await db
    .selectFrom('files')
    .select([...LISTED, 'bytes'])
    .where('shop_id', '=', shopId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
  return row ? { ...fileOf({ ...row, byte_count: row.bytes.length }), bytes: row.bytes } : null;
}

/** Those of the ids that are the shop's files, without their bytes. */
export async function findFiles(db: Db, shopId: string, fileIds: readonly string[]): Promise<StoredFile[]> {
  if (fileIds.length === 0) return [];
  const rows = await db
    .selectFrom('files')
    .select([...LISTED])
    .select(({ fn }) => fn<number>('octet_length', ['bytes']).as('byte_count'))
    .where('shop_id', '=', shopId)
    .where('file_id', 'in', [...fileIds])
    .execute();
  return rows.map(fileOf);
}

function fileOf(row: ListedRow): StoredFile {
  return {
    fileId: row.file_id,
    name: row.name,
    contentType: row.content_type,
    byteCount: row.byte_count,
    sha256: row.sha256.toString('hex'),
    createdAt: row.created_at,
  };
}
