import { sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { Db } from '../store/db.ts';
import { UNKNOWN_WAYBILL } from '../store/inbox.ts';

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
 * Frees evidence that was set aside for an unknown waybill in the very moment its intercept was being created: neither
 * transaction saw the other. Only intercepts of the last minutes are looked at; returns how many events were freed.
 */
export async function freeCrossedEvidence(db: Db, withinMs: number): Promise<number> {
  const { rows } = await sql<{ inbox_id: number }>`
    update inbox set status = 'PENDING', reason = null, next_attempt_at = clock_ms(), settled_at = null
    from intercepts i
    where i.phase <> 'ENDED' and i.initiated_at > clock_ms() - ${withinMs} * interval '1 millisecond'
      and inbox.carrier = i.carrier and inbox.waybill_no = i.waybill_no and inbox.received_at > i.evidence_from
      and inbox.status = 'QUARANTINED' and inbox.reason = ${UNKNOWN_WAYBILL}
    returning inbox.inbox_id`.execute(db);
  return rows.length;
}
