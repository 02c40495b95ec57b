import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { Db } from '../store/db.ts';
import { HOLD_MS, UNKNOWN_WAYBILL } from '../store/inbox.ts';
import { clockBound } from '../store/values.ts';

/** Which of these waybills have, or had, an intercept. */
export async function knownWaybills(db: Db, carrier: CarrierCode, waybillNos: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('intercepts')
    .select('waybill_no')
    .distinct()
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', sql<string>`any(${waybillNos}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.waybill_no));
}

/**
 * Frees evidence that crossed the create of an intercept: it was set aside or settled by a transaction that could not see
 * the new intercept yet, nor the create that transaction. Only intercepts begun within `withinMs` are looked at, and only
 * what such a transaction can have settled, so that nothing is freed again and again; returns how many events were freed.
 */
export async function freeCrossedEvidence(db: Db, withinMs: number): Promise<number> {
  const { rows } = await sql<{ inbox_id: number }>`
    update inbox set status = 'PENDING', reason = null, next_attempt_at = clock_ms(), settled_at = null
    from intercepts i
    where i.phase <> 'ENDED' and i.initiated_at > ${clockBound(-withinMs)}
      and inbox.carrier = i.carrier and inbox.waybill_no = i.waybill_no and inbox.received_at > i.evidence_from
      and ((inbox.status = 'QUARANTINED' and inbox.reason = ${UNKNOWN_WAYBILL})
        or (inbox.status in ('DELIVERED', 'SUPERSEDED')
          and inbox.settled_at between i.initiated_at - ${HOLD_MS} * interval '1 millisecond'
            and i.initiated_at + ${HOLD_MS} * interval '1 millisecond'
          and not exists (select from inbox_deliveries d where d.inbox_id = inbox.inbox_id and d.intercept_id = i.intercept_id)))
    returning inbox.inbox_id`.execute(db);
  return rows.length;
}
