import { sql } from 'kysely';
import { DEFAULT_SETTINGS } from '../domain/decisions/settings.ts';
import type { Notice, RefundStatus } from '../domain/intercept/state.ts';
import type { RefundFinding } from '../domain/intercept/unconfirmed.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { type InterceptRecord, RECORD_COLUMNS, recordOf, type RecordRow } from './intercept-row.ts';
import { clock, clockBound, clockPlus, instant, isOfSandbox } from './values.ts';

/** Cases of the real world whose automatic refund is armed, undecided and more than `graceMs` late: the watchdog that does not ask Temporal (design §2.7). */
export async function overdueArmedCount(db: Db, graceMs: number): Promise<number> {
  const row = await db
    .selectFrom('intercepts')
    .where('automatic_refund', '=', 'ARMED')
    .where('refund_status', '=', 'OPEN')
    .where('auto_refund_at', '<', clockBound(-graceMs))
    .where(sql<boolean>`not ${isOfSandbox()}`)
    .where('phase', '<>', 'ENDED')
    .where('intercept_status', '<>', 'REJECTED_BY_CARRIER')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A case whose shop is to be told that its refund pays itself soon, and by which of the leads. */
export interface NearDeadline {
  record: InterceptRecord;
  leadH: number;
  /** Identity of the reminder in the outbox. */
  eventKey: string;
}

/**
 * Armed, undecided cases that refund themselves within one of their shop's hours before and whose shop was not told so yet, the next
 * one first. Of several hours that have come the nearest counts, and none that had come when the case began.
 */
export async function nearDeadlines(db: Db, limit: number): Promise<NearDeadline[]> {
  const usual = [...DEFAULT_SETTINGS.remindHoursBefore];
  const { rows } = await sql<RecordRow & { leadH: number; eventKey: string }>`
    select ${sql.join(RECORD_COLUMNS.map((column) => sql.ref(`i.${column}`)))}, lead.hours as "leadH", told.event_key as "eventKey"
    from intercepts i left join decision_settings s on s.shop_id = i.shop_id
    cross join lateral (
      select hours from unnest(coalesce(s.remind_hours, ${usual}::integer[])) hours
      where i.auto_refund_at <= ${clockBound()} + hours * interval '1 hour' and i.initiated_at < i.auto_refund_at - hours * interval '1 hour'
      order by hours limit 1
    ) lead
    cross join lateral (
      select i.intercept_id || ':' || (extract(epoch from i.initiated_at) * 1000)::bigint || ':deadline_near:' || lead.hours as event_key
    ) told
    where i.automatic_refund = 'ARMED' and i.refund_status = 'OPEN' and i.phase <> 'ENDED' and i.intercept_status <> 'REJECTED_BY_CARRIER'
      and i.auto_refund_at > ${clockBound()} and i.auto_refund_at <= (
        select clock_ms() + max(hours) * interval '1 hour' from (
          select unnest(${usual}::integer[]) hours union all select unnest(remind_hours) from decision_settings
        ) wanted)
      and not exists (select from outbox o where o.event_key = told.event_key)
    order by i.auto_refund_at limit ${limit}`.execute(db);
  return rows.map(({ leadH, eventKey, ...row }) => ({ record: recordOf(row), leadH, eventKey }));
}

/** When the shop's oldest case with an open run began; null when it has none. */
export async function oldestOpenCase(db: Db, shopId: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('intercepts')
    .select(({ fn }) => fn.min<EpochMs | null>('initiated_at').as('at'))
    .where('shop_id', '=', shopId)
    .where('phase', '=', 'OPEN')
    .executeTakeFirstOrThrow();
  return row.at;
}

/** Open cases with an open refund of shops whose authorisation ends within `withinMs`, that carry no notice of it; the next to pay first. */
export async function untoldOfExpiry(db: Db, withinMs: number, limit: number): Promise<string[]> {
  const notice: Notice = 'PLATFORM_AUTHORISATION_EXPIRING';
  const { rows } = await sql<{ intercept_id: string }>`
    select i.intercept_id from shops s join intercepts i on i.shop_id = s.shop_id
    where s.authorisation_expires_at <= ${clockBound(withinMs)} and i.phase = 'OPEN' and i.refund_status = 'OPEN'
      and not (i.state -> 'notices' ? ${notice})
    order by i.auto_refund_at limit ${limit}`.execute(db);
  return rows.map((row) => row.intercept_id);
}

/** Ids of all OPEN records but those written within `settledForMs`, to be compared with the runs Temporal has. */
export async function openRecordIds(db: Db, settledForMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select('intercept_id')
    .where('phase', '=', 'OPEN')
    .where('recorded_at', '<', clockBound(-settledForMs))
    .execute();
  return rows.map((row) => row.intercept_id);
}

/** How a record stands, to be compared with its run. */
export interface RecordStanding {
  id: string;
  isOpen: boolean;
  /** Written since the instant asked for. */
  isRecent: boolean;
}

/** Records that have not ended, STARTING ones too, and those written since an instant. */
export async function caseStandings(db: Db, since: EpochMs): Promise<RecordStanding[]> {
  return db
    .selectFrom('intercepts')
    .select((eb) => ['intercept_id as id', eb('phase', '<>', 'ENDED').as('isOpen'), eb('recorded_at', '>=', instant(since)).as('isRecent')])
    .where((eb) => eb.or([eb('phase', '<>', 'ENDED'), eb('recorded_at', '>=', instant(since))]))
    .orderBy('initiated_at')
    .$castTo<RecordStanding>()
    .execute();
}

export async function openRecordCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('intercepts')
    .where('phase', '=', 'OPEN')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Ids of open records known to have no run. */
export async function missingRuns(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('intercepts')
    .select('intercept_id')
    .where('phase', '=', 'OPEN')
    .where('run_missing_since', 'is not', null)
    .execute();
  return rows.map((row) => row.intercept_id);
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

/** Open records of the real world known to have no run. */
export async function missingRunCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('intercepts')
    .where('phase', '=', 'OPEN')
    .where(sql<boolean>`not ${isOfSandbox()}`)
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
    // A payment is watched to its end; every other refund of a refused intercept is back in its ordinary handling.
    .where((eb) => eb.or([eb('refund_status', '=', 'REFUNDING'), eb('intercept_status', '<>', 'REJECTED_BY_CARRIER')]))
    // A rejection that the platform shows is settled.
    .where((eb) => eb.or([eb('refund_status', '<>', 'REJECTED'), sql<boolean>`state->>'rejectionTakenAt' is not null`]))
    .where(sql<boolean>`coalesce(last_checked_at, updated_at) <= ${clockPlus(-which.uncheckedForMs)}`)
    .orderBy(sql`coalesce(last_checked_at, updated_at)`)
    .limit(which.limit)
    .execute();
  return rows.map((row) => ({ record: recordOf(row), checks: row.checks ?? 0, lastCheckedAt: row.last_checked_at }));
}

/** Notes a look at a refund, and what it found. */
export async function noteRefundChecked(db: Db, refundId: string, at: EpochMs, found: RefundFinding): Promise<void> {
  await db
    .insertInto('refund_checks')
    .values({ refund_id: refundId, checks: 1, last_checked_at: instant(at), found })
    .onConflict((conflict) =>
      conflict.column('refund_id').doUpdateSet({ checks: sql<number>`refund_checks.checks + 1`, last_checked_at: instant(at), found }),
    )
    .execute();
}
