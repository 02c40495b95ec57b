import { type RawBuilder, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { DurationMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock, clockBound } from './values.ts';

export interface Waybill {
  carrier: CarrierCode;
  waybillNo: string;
}

/** Notes that the carrier pushed something about these waybills, now. */
export function notePushed(trx: Db, waybills: Waybill[]): Promise<void> {
  return mark(trx, waybills, 'last_push_at');
}

/** Notes that the carrier was asked about these waybills, now. */
export function notePolled(db: Db, waybills: Waybill[]): Promise<void> {
  return mark(db, waybills, 'last_poll_at');
}

/** How often a waybill of an open intercept is asked about when the carrier pushes nothing. */
export interface PollPace {
  /** While a result or a return is awaited. */
  everyMs: DurationMs;
  /** After an end that a later scan may still correct: failed, lost, delivered to the buyer. */
  correctionEveryMs: DurationMs;
}

const ENDED_SO_FAR = sql`coalesce(i.return_failure, '') in ('LOST', 'DELIVERED_TO_BUYER')`;
const IS_AWAITED = sql`(i.intercept_status in ('REQUESTED', 'INTERCEPTING')
  or (i.intercept_status = 'SUCCEEDED' and i.return_status is distinct from 'RETURN_SIGNED' and not ${ENDED_SO_FAR}))`;
const MAY_BE_CORRECTED = sql`(i.intercept_status = 'FAILED' or (i.intercept_status = 'SUCCEEDED' and ${ENDED_SO_FAR}))`;

/** Each waybill that is asked about, with the instant from which it is due: its pace after the start, the last push and the last question. */
const watched = ({ everyMs, correctionEveryMs }: PollPace, which: RawBuilder<boolean>) => sql`
  select i.carrier, i.waybill_no, greatest(max(i.initiated_at), max(m.last_push_at), max(m.last_poll_at))
    + (case when bool_or(${IS_AWAITED}) then ${everyMs}::float8 else ${correctionEveryMs}::float8 end) * interval '1 millisecond' as due_at
  from intercepts i left join lateral (
    -- looked up one by one: the marks of what has ended are many more
    select last_push_at, last_poll_at from waybill_marks where carrier = i.carrier and waybill_no = i.waybill_no offset 0
  ) m on true
  where i.phase = 'OPEN' and ${which} and (${IS_AWAITED} or ${MAY_BE_CORRECTED})
  group by i.carrier, i.waybill_no`;

/** The carrier's waybills that are due to be asked about, the longest due first. */
export async function dueWaybills(db: Db, carrier: CarrierCode, pace: PollPace, limit: number): Promise<string[]> {
  const { rows } = await sql<{ waybill_no: string }>`
    select waybill_no from (${watched(pace, sql`i.carrier = ${carrier}`)}) w
    where due_at <= ${clockBound()} order by due_at, waybill_no limit ${limit}`.execute(db);
  return rows.map((row) => row.waybill_no);
}

/** How many of a carrier's waybills are due to be asked about, and for how long the first of them has been. */
export interface PollLag {
  carrier: CarrierCode;
  due: number;
  lagMs: DurationMs;
}

/** For gauges: of each carrier with a waybill that is due. */
export async function pollLag(db: Db, pace: PollPace): Promise<PollLag[]> {
  const { rows } = await sql<PollLag>`
    select carrier, count(*) as due, max(extract(epoch from clock_ms() - due_at) * 1000)::float8 as "lagMs"
    from (${watched(pace, sql<boolean>`true`)}) w where due_at <= ${clockBound()} group by carrier`.execute(db);
  return rows;
}

async function mark(db: Db, waybills: Waybill[], column: 'last_push_at' | 'last_poll_at'): Promise<void> {
  const distinct = new Map(waybills.map((waybill) => [`${waybill.carrier}:${waybill.waybillNo}`, waybill]));
  // Always in the same order, so that two pushes never wait for each other crosswise.
  const values = [...distinct.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { carrier, waybillNo }]) => ({ carrier, waybill_no: waybillNo, [column]: clock() }));
  if (values.length === 0) return;
  await db
    .insertInto('waybill_marks')
    .values(values)
    .onConflict((conflict) => conflict.columns(['carrier', 'waybill_no']).doUpdateSet({ [column]: clock() }))
    .execute();
}
