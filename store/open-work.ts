import { sql } from 'kysely';
import type { InterceptStatus, RefundStatus } from '../domain/intercept/state.ts';
import type { DurationMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clockBound, isOfSandbox, onlyRow } from './values.ts';

/** Cases with an open run in one pair of statuses; pairs without any are left out. */
export interface OpenCases {
  interceptStatus: InterceptStatus;
  refundStatus: RefundStatus;
  count: number;
}

/** How many cases of the real world are open, by both statuses: from the index of open cases alone, less the few of the sandbox. */
export async function openCases(db: Db): Promise<OpenCases[]> {
  const { rows } = await sql<OpenCases>`
    select intercept_status as "interceptStatus", refund_status as "refundStatus", sum(n)::integer as count from (
      select refund_status, intercept_status, count(*) as n from intercepts where phase = 'OPEN' group by refund_status, intercept_status
      union all
      select i.refund_status, i.intercept_status, -count(*) from shops s join intercepts i on i.shop_id = s.shop_id
        where s.sandbox and i.phase = 'OPEN' group by i.refund_status, i.intercept_status
    ) of_both group by refund_status, intercept_status having sum(n) > 0`.execute(db);
  return rows;
}

/** Armed, undecided cases of the real world that refund themselves within `withinMs`. */
export async function dueSoonCount(db: Db, withinMs: DurationMs): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from intercepts
    where automatic_refund = 'ARMED' and refund_status = 'OPEN' and phase <> 'ENDED' and intercept_status <> 'REJECTED_BY_CARRIER'
      and auto_refund_at > ${clockBound()} and auto_refund_at <= ${clockBound(withinMs)} and not ${isOfSandbox()}`.execute(db);
  return onlyRow(rows, 'count of due refunds').count;
}
