import { sql } from 'kysely';
import type { RefundStatus } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, recordOf } from './intercept-row.ts';
import { clock, clockBound, clockPlus, instant } from './values.ts';

/** Cases whose automatic refund is armed, undecided and more than `graceMs` late: the watchdog that does not ask Temporal (design §2.7). */
export async function overdueArmedCount(db: Db, graceMs: number): Promise<number> {
  const row = await db
    .selectFrom('intercepts')
    .where('automatic_refund', '=', 'ARMED')
    .where('refund_status', '=', 'OPEN')
    .where('auto_refund_at', '<', clockBound(-graceMs))
    .where('phase', '<>', 'ENDED')
    .where('intercept_status', '<>', 'REJECTED_BY_CARRIER')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Armed, undecided cases that refund themselves within `withinMs` and are not due yet, the next one first. */
export async function nearDeadline(db: Db, withinMs: number, limit: number): Promise<InterceptRecord[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('automatic_refund', '=', 'ARMED')
    .where('refund_status', '=', 'OPEN')
    .where('auto_refund_at', '>', clockBound())
    .where('auto_refund_at', '<=', clockBound(withinMs))
    .where('phase', '<>', 'ENDED')
    .where('intercept_status', '<>', 'REJECTED_BY_CARRIER')
    .orderBy('auto_refund_at')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

/** OPEN records by id, after the one given, to be compared with the runs Temporal has; those written within `settledForMs` are left out. */
export async function openRecords(
  db: Db,
  page: { afterId: string | null; limit: number; settledForMs: number },
): Promise<InterceptRecord[]> {
  let query = db
    .selectFrom('intercepts')
    .select(RECORD_COLUMNS)
    .where('phase', '=', 'OPEN')
    .where('recorded_at', '<', clockBound(-page.settledForMs));
  if (page.afterId !== null) query = query.where('intercept_id', '>', page.afterId);
  return (await query.orderBy('intercept_id').limit(page.limit).execute()).map(recordOf);
}

/** Notes that Temporal has no run for an open record; the first time counts. */
export async function noteRunMissing(db: Db, interceptId: string): Promise<void> {
  await db
    .updateTable('intercepts')
    .set({ run_missing_since: clock() })
    .where('intercept_id', '=', interceptId)
    .where('phase', '=', 'OPEN')
    .where('run_missing_since', 'is', null)
    .execute();
}

/** Notes that Temporal has a run after all. */
export async function noteRunSeen(db: Db, interceptId: string): Promise<void> {
  await db
    .updateTable('intercepts')
    .set({ run_missing_since: null })
    .where('intercept_id', '=', interceptId)
    .where('run_missing_since', 'is not', null)
    .execute();
}

/** Open records known to have no run. */
export async function missingRunCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('intercepts')
    .where('phase', '=', 'OPEN')
    .where('run_missing_since', 'is not', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A record whose refund is to be looked at again, and how often it was since the mark was last reset. */
export interface RefundToCheck {
  record: InterceptRecord;
  checks: number;
  lastCheckedAt: EpochMs | null;
}

/** Unended cases in that refund status that nobody checked for `uncheckedForMs`, the longest unchecked first. */
export async function refundsToCheck(
  db: Db,
  which: { refundStatus: RefundStatus; uncheckedForMs: number; limit: number },
): Promise<RefundToCheck[]> {
  const rows = await db
    .selectFrom('intercepts')
    .leftJoin('refund_checks', 'refund_checks.refund_id', 'intercepts.refund_id')
    .select(RECORD_COLUMNS.map((column) => `intercepts.${column}` as const))
    .select(['refund_checks.checks', 'refund_checks.last_checked_at'])
    .where('phase', '=', 'OPEN')
    .where('refund_status', '=', which.refundStatus)
    .where('intercept_status', '<>', 'REJECTED_BY_CARRIER')
    .where(sql<boolean>`coalesce(last_checked_at, updated_at) <= ${clockPlus(-which.uncheckedForMs)}`)
    .orderBy(sql`coalesce(last_checked_at, updated_at)`)
    .limit(which.limit)
    .execute();
  return rows.map((row) => ({ record: recordOf(row), checks: row.checks ?? 0, lastCheckedAt: row.last_checked_at }));
}

/** Notes a look at a refund. */
export async function noteRefundChecked(db: Db, refundId: string, at: EpochMs): Promise<void> {
  await db
    .insertInto('refund_checks')
    .values({ refund_id: refundId, checks: 1, last_checked_at: instant(at) })
    .onConflict((conflict) =>
      conflict.column('refund_id').doUpdateSet({ checks: sql<number>`refund_checks.checks + 1`, last_checked_at: instant(at) }),
    )
    .execute();
}
