import { sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, recordOf, type RecordRow } from './intercept-row.ts';
import { clockBound } from './values.ts';

/** A case that nobody decided in time, and who is to be told of it. */
export interface UndecidedCase {
  record: InterceptRecord;
  staffId: string;
  staffName: string;
  /** Not deactivated since they were named. */
  isActive: boolean;
  hoursBefore: number;
  /** Identity of the notice. */
  eventKey: string;
}

/** What names the escalation of a case, whichever life of its id this is: told once, and found again. */
const eventKeyOf = sql<string>`i.intercept_id || ':' || (extract(epoch from i.initiated_at) * 1000)::bigint || ':escalated'`;

/**
 * Armed cases whose refund pays itself within the hours that their shop set, that have no command under way and whose person was
 * not told yet; the next one first.
 */
export async function undecidedCases(db: Db, limit: number): Promise<UndecidedCase[]> {
  const { rows } = await sql<RecordRow & Omit<UndecidedCase, 'record'>>`
    select ${sql.join(RECORD_COLUMNS.map((column) => sql.ref(`i.${column}`)))}, s.escalate_to as "staffId", p.name as "staffName",
      p.disabled_at is null as "isActive", s.escalate_hours as "hoursBefore", ${eventKeyOf} as "eventKey"
    from intercepts i join decision_settings s on s.shop_id = i.shop_id join staff p on p.staff_id = s.escalate_to
    where i.automatic_refund = 'ARMED' and i.refund_status = 'OPEN' and i.phase <> 'ENDED' and i.intercept_status <> 'REJECTED_BY_CARRIER'
      and i.state ->> 'command' is null
      and i.auto_refund_at > ${clockBound()}
      and i.auto_refund_at <= (select clock_ms() + max(escalate_hours) * interval '1 hour' from decision_settings)
      and i.auto_refund_at <= ${clockBound()} + s.escalate_hours * interval '1 hour'
      and not exists (select from notices n where n.event_key = ${eventKeyOf})
    order by i.auto_refund_at limit ${limit}`.execute(db);
  return rows.map(({ staffId, staffName, isActive, hoursBefore, eventKey, ...row }) => {
    return { record: recordOf(row), staffId, staffName, isActive, hoursBefore, eventKey };
  });
}

/** Who was told of which of these cases, by the name they had then, and when. */
export async function escalationsOf(db: Db, interceptIds: readonly string[]): Promise<Map<string, { staffName: string; at: EpochMs }>> {
  if (interceptIds.length === 0) return new Map();
  const { rows } = await sql<{ intercept_id: string; staff_name: string; at: EpochMs }>`
    select i.intercept_id, n.detail ->> 'staffName' as staff_name, n.at
    from intercepts i join notices n on n.event_key = ${eventKeyOf}
    where i.intercept_id = any(${[...interceptIds]})`.execute(db);
  return new Map(rows.map((row) => [row.intercept_id, { staffName: row.staff_name ?? '', at: row.at }]));
}
