import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock } from './values.ts';

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

/**
 * Waybills of open intercepts that still wait for a result or a return, were started, pushed about and asked about at least
 * `quietForMs` ago; the quietest first.
 */
export async function quietWaybills(db: Db, { quietForMs, limit }: { quietForMs: number; limit: number }): Promise<Waybill[]> {
  const { rows } = await sql<{ carrier: string; waybill_no: string; heard_at: EpochMs }>`
    select i.carrier, i.waybill_no, greatest(max(i.initiated_at), max(m.last_push_at), max(m.last_poll_at)) as heard_at
    from intercepts i left join waybill_marks m on m.carrier = i.carrier and m.waybill_no = i.waybill_no
    where i.phase = 'OPEN'
      and (i.intercept_status in ('REQUESTED', 'INTERCEPTING')
        or (i.intercept_status = 'SUCCEEDED' and i.return_status is distinct from 'RETURN_SIGNED'
          and coalesce(i.return_failure, '') not in ('LOST', 'DELIVERED_TO_BUYER')))
    group by i.carrier, i.waybill_no
    having greatest(max(i.initiated_at), max(m.last_push_at), max(m.last_poll_at)) <= clock_ms() - ${quietForMs} * interval '1 millisecond'
    order by heard_at
    limit ${limit}`.execute(db);
  return rows.map((row) => ({ carrier: row.carrier, waybillNo: row.waybill_no }));
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
