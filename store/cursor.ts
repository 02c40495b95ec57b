import { createHash } from 'node:crypto';
import type { EpochMs } from '../domain/time.ts';

/** What a list call asks for: at most `limit` items after the position of `after`. */
export interface PageRequest {
  limit: number;
  after: string | null;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Place in a list that runs newest first: the instant it is sorted by, then the id. */
export interface Position {
  at: EpochMs;
  id: string;
}

/** The values a list is filtered by; absent ones as null or undefined. */
export type Filter = Record<string, string | number | boolean | null | undefined>;

/** A cursor that was altered, or made for a list with other filters. The caller answers 400. */
export class BadCursor extends Error {
  override name = 'BadCursor';
  constructor() {
    super('the cursor was altered or belongs to a list with other filters: start again without it');
  }
}

/** An opaque text that `readCursor` takes back with the same filter only. */
export function writeCursor(position: Position, filter: Filter): string {
  const check = checkOf(position, filter);
  return Buffer.from(JSON.stringify([position.at, position.id, check])).toString('base64url');
}

/** The position a cursor stands for; throws `BadCursor`. */
export function readCursor(cursor: string, filter: Filter): Position {
  const position = parse(cursor);
  if (position === null || writeCursor(position, filter) !== cursor) throw new BadCursor();
  return position;
}

/** Where a page starts; null at the beginning. Throws `BadCursor`. */
export function pageStart(page: PageRequest, filter: Filter): Position | null {
  return page.after === null ? null : readCursor(page.after, filter);
}

/** A page made of at most `limit + 1` rows: the one beyond the limit only tells that more follow. */
export function toPage<Row, T>(
  rows: Row[],
  page: PageRequest,
  filter: Filter,
  positionOf: (row: Row) => Position,
  itemOf: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > page.limit && last !== undefined ? writeCursor(positionOf(last), filter) : null;
  return { items: shown.map(itemOf), nextCursor };
}

function parse(cursor: string): Position | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) return null;
    const [at, id] = parts as unknown[];
    return Number.isSafeInteger(at) && typeof id === 'string' ? { at: at as number, id } : null;
  } catch {
    return null;
  }
}

function checkOf(position: Position, filter: Filter): string {
  const set = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  set.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([position.at, position.id, set]))
    .digest('base64url')
    .slice(0, 16);
}
