import { createHash, randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type EpochMs, toRfc3339 } from '../domain/time.ts';
import { carrierOf } from '../domain/world.ts';

/** An instant as PostgreSQL takes it: every timestamptz is written and compared through this. */
export function instant(at: EpochMs): RawBuilder<EpochMs> {
  return sql<EpochMs>`${toRfc3339(at)}::timestamptz`;
}

export function instantOrNull(at: EpochMs | null): RawBuilder<EpochMs> | null {
  return at === null ? null : instant(at);
}

/** PostgreSQL's clock in whole milliseconds, to be written. */
export function clock(): RawBuilder<EpochMs> {
  return sql<EpochMs>`clock_ms()`;
}

/** PostgreSQL's clock, moved by `ms` (negative: into the past), to be written. */
export function clockPlus(ms: number): RawBuilder<EpochMs> {
  return sql<EpochMs>`clock_ms() + ${ms} * interval '1 millisecond'`;
}

/**
 * PostgreSQL's clock, moved by `ms`, to compare a column with. It is read once a statement: compared with a call that may
 * answer differently for every row, no index could be searched.
 */
export function clockBound(ms = 0): RawBuilder<EpochMs> {
  return sql<EpochMs>`(select clock_ms() + ${ms} * interval '1 millisecond')`;
}

/**
 * Text as PostgreSQL can hold it: NUL and lone surrogates, which it refuses, become U+FFFD. Foreign text only;
 * our own API refuses such input before it comes here.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

/** Any JSON value as jsonb, foreign text made storable. `undefined` is stored as null. */
export function jsonb<T>(value: T): RawBuilder<T> {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part)) ?? 'null';
  return sql<T>`${text}::jsonb`;
}

/** A parcel as its carrier names it. */
export interface Waybill {
  carrier: string;
  waybillNo: string;
}

/** Whether `carrier` and `waybill_no` of a row name one of these parcels. */
export function isOneOf(waybills: readonly Waybill[]): RawBuilder<boolean> {
  const [only, ...others] = waybills;
  if (only !== undefined && others.length === 0) return sql`(carrier = ${only.carrier} and waybill_no = ${only.waybillNo})`;
  const carriers = waybills.map(({ carrier }) => carrier);
  const waybillNos = waybills.map(({ waybillNo }) => waybillNo);
  return sql`((carrier, waybill_no) in (select * from unnest(${carriers}::text[], ${waybillNos}::text[])))`;
}

/** Whether a row is of the sandbox, by the carrier it names: what is counted for operators leaves those out. */
export function isOfSandbox(carrierColumn = 'carrier'): RawBuilder<boolean> {
  return sql<boolean>`starts_with(${sql.ref(carrierColumn)}, ${sql.lit(carrierOf('SANDBOX', ''))})`;
}

/** A new random id: `sub_9f…`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The first of the rows, which the statement cannot leave empty; `what` names it should that ever fail. */
export function onlyRow<T>(rows: readonly T[], what: string): T {
  const row = rows[0];
  if (row === undefined) throw new Error(`${what}: PostgreSQL returned no row`);
  return row;
}
