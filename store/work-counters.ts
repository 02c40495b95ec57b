import { sql } from 'kysely';
import { OPEN_CLAIM } from './claims.ts';
import type { Db } from './db.ts';
import { onlyRow } from './values.ts';
import { BELONGS_TO } from './work-list.ts';

/** How much of each kind of work a shop has, the numbers on the work bench: the cases of each `WorkList`, and beside them: */
export interface WorkCounters {
  toHandle: number;
  dueWithin24h: number;
  intercepting: number;
  failedToHandle: number;
  rejectable: number;
  returnTrouble: number;
  /** Claims without a verdict. */
  claiming: number;
  /** Ledger lines under dispute. */
  disputed: number;
}

/** Counts as the records say, by PostgreSQL's clock. */
export async function countWork(db: Db, shopId: string): Promise<WorkCounters> {
  const { rows } = await sql<WorkCounters>`
    -- everything that is counted, each by an index of its own: the settled rest of a year is not read
    with cases as (
      select * from intercepts where shop_id = ${shopId}
        and (refund_status = 'OPEN' or intercept_status in ('REQUESTED', 'INTERCEPTING') or ${BELONGS_TO.RETURN_TROUBLE})
    )
    select
      count(*) filter (where ${BELONGS_TO.TO_HANDLE}) as "toHandle",
      count(*) filter (where ${BELONGS_TO.DUE_WITHIN_24H}) as "dueWithin24h",
      count(*) filter (where ${BELONGS_TO.INTERCEPTING}) as "intercepting",
      count(*) filter (where ${BELONGS_TO.FAILED_TO_HANDLE}) as "failedToHandle",
      count(*) filter (where ${BELONGS_TO.REJECTABLE}) as "rejectable",
      count(*) filter (where ${BELONGS_TO.RETURN_TROUBLE}) as "returnTrouble",
      (select count(*) from claims where shop_id = ${shopId} and status in (${sql.join(OPEN_CLAIM)})) as "claiming",
      (select count(*) from ledger_standings s join ledger_lines l on l.line_id = s.line_id
        where s.shop_id = ${shopId} and s.status = 'DISPUTED' and l.corrects_line_id is null) as "disputed"
    from cases`.execute(db);
  return onlyRow(rows, 'counters');
}
