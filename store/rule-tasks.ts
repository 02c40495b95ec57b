import { sql } from 'kysely';
import { type DurationMs, type EpochMs, SECOND_MS, toRfc3339 } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clockBound, instant, storableText } from './values.ts';

/** A refund that is to be judged by its shop's rules, claimed by whoever holds this. */
export interface RuleTask {
  refundId: string;
  shopId: string;
  /** When the service first heard of it since it was judged last. */
  seenAt: EpochMs;
  dueAt: EpochMs;
  /** The claim: nobody else takes it up before. */
  heldUntil: EpochMs;
  /** Tries that failed. */
  attempts: number;
}

/** Longer than a judgement with its create takes, and short enough that another process still judges within 30 s of the message. */
export const TASK_HOLD_MS: DurationMs = 15 * SECOND_MS;

/** A refund that its shop's rules have not judged yet, or not since it changed. */
export type UnjudgedRefund = Pick<RuleTask, 'refundId' | 'shopId' | 'seenAt'>;

/** Notes that refunds are to be judged now, each named once; answers which. A shop that never saved rules has none: nothing would come of it. */
export async function wantJudgements(db: Db, refunds: readonly UnjudgedRefund[]): Promise<Set<string>> {
  if (refunds.length === 0) return new Set();
  const { rows } = await sql<{ refund_id: string }>`
    insert into rule_tasks (refund_id, shop_id, seen_at)
    select n.refund_id, n.shop_id, n.seen_at
    from unnest(${refunds.map(({ refundId }) => refundId)}::text[], ${refunds.map(({ shopId }) => shopId)}::text[],
      ${refunds.map(({ seenAt }) => toRfc3339(seenAt))}::timestamptz[]) as n (refund_id, shop_id, seen_at)
    where exists (select from rule_versions v where v.shop_id = n.shop_id)
    order by n.refund_id
    on conflict (refund_id) do update set due_at = clock_ms(),
      seen_at = case when rule_tasks.due_at > ${clockBound()} or rule_tasks.held_until > ${clockBound()}
        then excluded.seen_at else rule_tasks.seen_at end
    returning refund_id`.execute(db);
  return new Set(rows.map((row) => row.refund_id));
}

/** Notes those refunds of a list that were neither judged nor are waiting for it; how many (a lost message is found all the same). */
export async function wantUnjudged(db: Db, shopId: string, refundIds: readonly string[], seenAt: EpochMs): Promise<number> {
  if (refundIds.length === 0) return 0;
  const { rows } = await sql`
    insert into rule_tasks (refund_id, shop_id, seen_at)
    select listed.refund_id, ${shopId}, ${instant(seenAt)} from unnest(${[...refundIds]}::text[]) as listed (refund_id)
    where not exists (select from rule_judgements j where j.refund_id = listed.refund_id)
    on conflict (refund_id) do nothing returning 1`.execute(db);
  return rows.length;
}

/** Since when the shop has rules, null when it never saved any. */
export async function rulesSince(db: Db, shopId: string): Promise<EpochMs | null> {
  const row = await db
    .selectFrom('rule_versions')
    .select('saved_at')
    .where('shop_id', '=', shopId)
    .where('version', '=', 1)
    .executeTakeFirst();
  return row?.saved_at ?? null;
}

/** Takes up to `limit` due refunds that nobody holds, the longest due first. Who dies with one gives it back when the claim ends. */
export async function claimTasks(db: Db, limit: number): Promise<RuleTask[]> {
  const { rows } = await sql<RuleTask>`
    with due as (
      select refund_id from rule_tasks
      where due_at <= ${clockBound()} and (held_until is null or held_until <= ${clockBound()})
      order by due_at limit ${limit} for update skip locked
    )
    update rule_tasks t set held_until = ${clockBound(TASK_HOLD_MS)} from due where t.refund_id = due.refund_id
    returning t.refund_id as "refundId", t.shop_id as "shopId", t.seen_at as "seenAt", t.due_at as "dueAt",
      t.held_until as "heldUntil", t.attempts`.execute(db);
  return rows;
}

/** Ends a claim: the refund is judged, and again at `againAt` if that is set. News that came meanwhile keeps it due. */
export async function endTask(db: Db, { refundId, heldUntil, dueAt }: RuleTask, againAt: EpochMs | null): Promise<void> {
  const mine = sql`refund_id = ${refundId} and held_until = ${instant(heldUntil)}`;
  const unchanged = sql`due_at = ${instant(dueAt)}`;
  if (againAt === null) await sql`delete from rule_tasks where ${mine} and ${unchanged}`.execute(db);
  else
    await sql`
      update rule_tasks set due_at = ${instant(againAt)}, seen_at = ${instant(againAt)}, held_until = null, attempts = 0, last_error = null
      where ${mine} and ${unchanged}`.execute(db);
  await sql`update rule_tasks set held_until = null where ${mine}`.execute(db);
}

/** Ends a claim that failed: it is tried again after `delayMs`. */
export async function postponeTask(db: Db, { refundId, heldUntil }: RuleTask, delayMs: DurationMs, error: string): Promise<void> {
  await sql`
    update rule_tasks set due_at = ${clockBound(delayMs)}, held_until = null, attempts = attempts + 1, last_error = ${storableText(error)}
    where refund_id = ${refundId} and held_until = ${instant(heldUntil)}`.execute(db);
}

/** For a gauge: for how long the refund of the real world that waits longest has been due, in ms; 0 without any. */
export async function judgementLag(db: Db): Promise<DurationMs> {
  const { rows } = await sql<{ lag: number | null }>`
    select (extract(epoch from clock_ms() - min(due_at)) * 1000)::float8 as lag from rule_tasks t
    where due_at <= ${clockBound()} and not exists (select from shops s where s.shop_id = t.shop_id and s.sandbox)`.execute(db);
  return rows[0]?.lag ?? 0;
}

/** Whether the refund waits for a judgement, by itself or because something was heard of it. */
export async function isWaiting(db: Db, shopId: string, refundId: string): Promise<boolean> {
  const row = await db
    .selectFrom('rule_tasks')
    .select('refund_id')
    .where('refund_id', '=', refundId)
    .where('shop_id', '=', shopId)
    .executeTakeFirst();
  return row !== undefined;
}
