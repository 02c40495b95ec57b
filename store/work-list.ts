import { type RawBuilder, sql } from 'kysely';
import { DAY_MS } from '../domain/time.ts';
import { clockBound } from './values.ts';

/** The lists of what waits in a shop; the counters of the work bench count the same cases. */
export type WorkList = 'TO_HANDLE' | 'DUE_WITHIN_24H' | 'INTERCEPTING' | 'FAILED_TO_HANDLE' | 'REJECTABLE' | 'RETURN_TROUBLE';

/** The merchant may decide now: `judgeAction` of domain/intercept/action.ts, by PostgreSQL's clock. */
const DECIDABLE = sql<boolean>`(refund_status = 'OPEN' and intercept_status <> 'REJECTED_BY_CARRIER'
  and not (automatic_refund = 'ARMED' and auto_refund_at <= ${clockBound()}))`;

const REJECTABLE = sql<boolean>`(${DECIDABLE} and (intercept_status = 'FAILED'
  or (intercept_status in ('REQUESTED', 'INTERCEPTING') and reject_unlock_at <= ${clockBound()})))`;

const RETURN_TROUBLE = sql<boolean>`(return_status = 'RETURN_FAILED' and initiated_at > ${clockBound(-90 * DAY_MS)})`;

/** Whether a row of `intercepts` belongs to a list now. */
export const BELONGS_TO: Record<WorkList, RawBuilder<boolean>> = {
  /** Rejecting is unlocked, or nothing will happen by itself any more. */
  TO_HANDLE: sql`(${REJECTABLE} or (${DECIDABLE} and automatic_refund = 'DISARMED'))`,
  DUE_WITHIN_24H: sql`(refund_status = 'OPEN' and automatic_refund = 'ARMED' and auto_refund_at < ${clockBound(DAY_MS)})`,
  /** Asked of the carrier, and no result yet. */
  INTERCEPTING: sql`(intercept_status in ('REQUESTED', 'INTERCEPTING'))`,
  FAILED_TO_HANDLE: sql`(intercept_status = 'FAILED' and refund_status = 'OPEN')`,
  /** R31. */
  REJECTABLE,
  /** Of the last 90 days: what went wrong before is told by the statistics, and does not grow on the work bench. */
  RETURN_TROUBLE,
};
