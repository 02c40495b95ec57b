import { sql } from 'kysely';
import type { ForeignReason, Notice } from '../domain/intercept/state.ts';
import { REFUSALS_TO_RING, type UnconfirmedCause } from '../domain/intercept/unconfirmed.ts';
import type { NoticeDetail } from '../domain/notice.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { announceChange } from './case-writing.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, type RecordRow, recordOf } from './intercept-row.ts';
import { insertNotices } from './notices.ts';
import { clockBound, isOfSandbox, jsonb } from './values.ts';

/** A payment that was due some time ago and is not confirmed. */
export interface UnconfirmedRefund {
  record: InterceptRecord;
  dueAt: EpochMs;
  cause: UnconfirmedCause;
  /** The platform's own words, where it refuses. */
  refusal: ForeignReason | null;
  /** Names this payment and whether it is refused: the shop is told once of each. */
  eventKey: string;
}

/** Two clocks are never the same; beyond this they disagree. */
const CLOCKS_APART_MS = 60_000;

/**
 * Payments that were due `afterMs` ago and are not confirmed, each with its cause, from the database alone: under way, or
 * armed and not even begun. Due is the hour of the automatic refund, or the decision. `refused`: those too that are younger
 * but were refused again and again.
 */
function unconfirmed(afterMs: DurationMs, refused: boolean) {
  return sql`
    with due as (
      select intercept_id, case when refund_cause = 'DEADLINE_PASSED' then auto_refund_at
        else coalesce(refund_decided_at, updated_at) end as due_at
      from intercepts where phase = 'OPEN' and refund_status = 'REFUNDING'
      union all
      select intercept_id, auto_refund_at from intercepts
      where phase <> 'ENDED' and refund_status = 'OPEN' and automatic_refund = 'ARMED' and intercept_status <> 'REJECTED_BY_CARRIER'
        and auto_refund_at <= ${clockBound(-afterMs)}
    ), seen as (
      select due.intercept_id, due.due_at, i.refund_status, i.refund_id, call.answer, call.refusal, call.noted,
        ${isOfSandbox('i.carrier')} as sandbox,
        case when looked.last_checked_at >= due.due_at then looked.found end as found,
        due.due_at > clock_ms() + ${CLOCKS_APART_MS} * interval '1 millisecond' as ahead
      from due join intercepts i using (intercept_id)
      left join refund_checks looked on looked.refund_id = i.refund_id
      left join lateral (
        select true as noted, answer, refusal from payment_calls c
        where c.refund_id = i.refund_id and c.intercept_id = i.intercept_id and c.sequence = (i.state->>'commandCount')::integer
        order by c.sent_at desc, c.call_id desc limit 1
      ) call on true
    ), told as (
      select seen.*, case
        when ahead then 'CLOCKS_DISAGREE'
        when refund_status = 'OPEN' then 'NOT_SENT'
        when answer = 'NOT_APPLIED:REFUSED' then 'REFUSED'
        when answer = 'DONE' or found in ('PAYING', 'PAID') then 'TAKEN'
        when found = 'UNAUTHORISED' then 'UNAUTHORISED'
        when found = 'SILENT' or noted then 'SILENT'
        else 'NOT_SENT' end as cause
      from seen
    )
    select * from told where ahead or due_at <= clock_ms() - ${afterMs} * interval '1 millisecond'
      or (${refused} and cause = 'REFUSED' and ${REFUSALS_TO_RING} = (
        select count(*) filter (where answer = 'NOT_APPLIED:REFUSED') from (
          select answer from payment_calls c where c.refund_id = told.refund_id
          order by c.sent_at desc, c.call_id desc limit ${REFUSALS_TO_RING}
        ) latest
      ))`;
}

/** How many payments of the real world due `afterMs` ago are not confirmed, by cause; causes without any are left out. */
export async function countUnconfirmed(db: Db, afterMs: DurationMs): Promise<Partial<Record<UnconfirmedCause, number>>> {
  const { rows } = await sql<{ cause: UnconfirmedCause; count: number }>`
    select cause, count(*) from (${unconfirmed(afterMs, false)}) late where not sandbox group by cause`.execute(db);
  return Object.fromEntries(rows.map(({ cause, count }) => [cause, count]));
}

/** Unconfirmed payments of which the shop has not been told yet, the longest due first. */
export async function untoldUnconfirmed(db: Db, afterMs: DurationMs, limit: number): Promise<UnconfirmedRefund[]> {
  const columns = sql.join(RECORD_COLUMNS.map((column) => sql.ref(`i.${column}`)));
  const { rows } = await sql<RecordRow & Pick<UnconfirmedRefund, 'cause' | 'refusal'> & { due_at: EpochMs; event_key: string }>`
    select ${columns}, late.due_at, late.cause, late.refusal, late.event_key
    from (
      select *, 'unconfirmed:' || intercept_id || ':' || (extract(epoch from due_at) * 1000)::bigint
        || case when cause = 'REFUSED' then ':refused' else '' end as event_key
      from (${unconfirmed(afterMs, true)}) each_late
    ) late join intercepts i using (intercept_id)
    where not exists (select from notices where notices.event_key = late.event_key)
    order by late.due_at limit ${limit}`.execute(db);
  return rows.map((row) => ({
    record: recordOf(row),
    dueAt: row.due_at,
    cause: row.cause,
    refusal: row.refusal,
    eventKey: row.event_key,
  }));
}

/**
 * Tells the shop of an unconfirmed payment, once, and puts the notice on the case's record: by this alone, whatever becomes of
 * the run. The run is told beside it, so that it shows the same.
 */
export function ringUnconfirmed(
  db: Db,
  { record, eventKey }: UnconfirmedRefund,
  told: { notice: Notice; detail: NoticeDetail; at: EpochMs },
): Promise<void> {
  const { interceptId, shopId } = record;
  return db.transaction().execute(async (trx) => {
    const stored = await trx
      .selectFrom('intercepts')
      .select(['state', 'version'])
      .where('intercept_id', '=', interceptId)
      .forUpdate()
      .executeTakeFirst();
    if (stored && !stored.state.notices.includes(told.notice)) {
      const state = { ...stored.state, notices: [...stored.state.notices, told.notice] };
      await trx
        .updateTable('intercepts')
        .set({ state: jsonb(state) })
        .where('intercept_id', '=', interceptId)
        .execute();
    }
    await insertNotices(trx, [{ eventKey, shopId, interceptId, at: told.at, kind: 'NOTICE', code: told.notice, detail: told.detail }]);
    await announceChange(trx, { interceptId, shopId, version: stored?.version ?? 0 });
  });
}
