import { sql } from 'kysely';
import type { Db } from './db.ts';
import { onlyRow } from './values.ts';

/** How much of each kind of work a shop has; the numbers on the work bench. */
export interface WorkCounters {
  /** Refund open and the merchant can or must decide: failed, reject unlocked, or the automatic refund disarmed. */
  toHandle: number;
  /** The refund pays itself within 24 h. */
  dueWithin24h: number;
  /** The carrier has accepted and has no result yet. */
  intercepting: number;
  /** The intercept failed and the refund is still open. */
  failedToHandle: number;
  /** The refund may be rejected now (R31). */
  rejectable: number;
  /** Went wrong on the way back. */
  returnTrouble: number;
  /** Claims without a verdict. */
  claiming: number;
  /** Ledger lines under dispute. */
  disputed: number;
}

/**
 * Counts as the records say, by PostgreSQL's clock; what is a status is counted as the list with that status shows it. `rejectable` follows
 * `judgeAction` of domain/intercept/action.ts.
 */
export async function countWork(db: Db, shopId: string): Promise<WorkCounters> {
  const { rows } = await sql<WorkCounters>`
    with cases as (
      select intercept_status, refund_status, return_status, automatic_refund, auto_refund_at, reject_unlock_at,
        refund_status = 'OPEN' and intercept_status <> 'REJECTED_BY_CARRIER'
          and not (automatic_refund = 'ARMED' and auto_refund_at <= clock_ms()) as decidable
      -- everything that is counted, each by an index of its own: the settled rest of a year is not read
      from intercepts where shop_id = ${shopId}
        and (refund_status = 'OPEN' or intercept_status = 'INTERCEPTING' or return_status = 'RETURN_FAILED')
    ), judged as (
      select *, decidable and (intercept_status = 'FAILED'
        or (intercept_status in ('REQUESTED', 'INTERCEPTING') and reject_unlock_at <= clock_ms())) as rejectable
      from cases
    )
    select
      count(*) filter (where rejectable or (decidable and automatic_refund = 'DISARMED')) as "toHandle",
      count(*) filter (where refund_status = 'OPEN' and automatic_refund = 'ARMED'
        and auto_refund_at < clock_ms() + interval '24 hours') as "dueWithin24h",
      count(*) filter (where intercept_status = 'INTERCEPTING') as "intercepting",
      count(*) filter (where intercept_status = 'FAILED' and refund_status = 'OPEN') as "failedToHandle",
      count(*) filter (where rejectable) as "rejectable",
      count(*) filter (where return_status = 'RETURN_FAILED') as "returnTrouble",
      (select count(*) from claims where shop_id = ${shopId} and status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING')) as "claiming",
      (select count(*) from ledger_lines l
        cross join lateral (select action from ledger_actions a where a.line_id = l.line_id order by action_id desc limit 1) last
        where l.shop_id = ${shopId} and l.corrects_line_id is null and last.action = 'DISPUTE') as "disputed"
    from judged`.execute(db);
  return onlyRow(rows, 'counters');
}
