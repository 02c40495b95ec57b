import { sql } from 'kysely';
import type { Fen } from '../domain/money.ts';
import type { DurationMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clockBound } from './values.ts';

/** What a shop's open refunds come to on one Shanghai day, if nothing changes until then. */
export interface DeadlinesOfDay {
  day: string;
  /** Refunds that pay themselves (R28, R30), and their amount. */
  due: number;
  dueFen: Fen;
  /** Of these: the parcel was not caught, and the merchant has not decided. */
  failed: number;
  /** Of these: the carrier has not said how it ended. */
  noResult: number;
  /** Cases without a result whose refund may be rejected from this day on (R31). */
  unlocking: number;
}

/** The days with a deadline within `[now, now + aheadMs)` by PostgreSQL's clock, in their order. */
export async function deadlinesAhead(db: Db, shopId: string, aheadMs: DurationMs): Promise<DeadlinesOfDay[]> {
  const { rows } = await sql<DeadlinesOfDay>`
    select
      to_char(moment.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "day",
      count(*) filter (where moment.due) as "due",
      coalesce(sum(i.refund_fee_fen) filter (where moment.due), 0)::bigint as "dueFen",
      count(*) filter (where moment.due and i.intercept_status = 'FAILED') as "failed",
      count(*) filter (where moment.due and i.intercept_status in ('REQUESTED', 'INTERCEPTING')) as "noResult",
      count(*) filter (where not moment.due) as "unlocking"
    from intercepts i
    cross join lateral (values
      (true, case when i.automatic_refund = 'ARMED' then i.auto_refund_at end),
      (false, case when i.intercept_status in ('REQUESTED', 'INTERCEPTING') then i.reject_unlock_at end)
    ) moment (due, at)
    where i.shop_id = ${shopId} and i.refund_status = 'OPEN' and i.phase <> 'ENDED' and i.intercept_status <> 'REJECTED_BY_CARRIER'
      and moment.at > ${clockBound()} and moment.at < ${clockBound(aheadMs)}
    group by 1 order by 1`.execute(db);
  return rows;
}
