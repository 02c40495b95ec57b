import { sql } from 'kysely';
import type { InterceptStatus, RefundStatus } from '../domain/intercept/state.ts';
import type { DurationMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clockBound, onlyRow } from './values.ts';

/** Cases with an open run in one pair of statuses; pairs without any are left out. */
export interface OpenCases {
  interceptStatus: InterceptStatus;
  refundStatus: RefundStatus;
  count: number;
}

/** How many cases are open, by both statuses, from the index of open cases alone. */
export async function openCases(db: Db): Promise<OpenCases[]> {
  const { rows } = await sql<OpenCases>`
    select intercept_status as "interceptStatus", refund_status as "refundStatus", count(*)
    from intercepts where phase = 'OPEN' group by refund_status, intercept_status`.execute(db);
  return rows;
}

/** Armed, undecided cases that refund themselves within `withinMs`. */
export async function dueSoonCount(db: Db, withinMs: DurationMs): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from intercepts
    where automatic_refund = 'ARMED' and refund_status = 'OPEN' and phase <> 'ENDED' and intercept_status <> 'REJECTED_BY_CARRIER'
      and auto_refund_at > ${clockBound()} and auto_refund_at <= ${clockBound(withinMs)}`.execute(db);
  return onlyRow(rows, 'count of due refunds').count;
}
