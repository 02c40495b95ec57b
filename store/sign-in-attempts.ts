import { sql } from 'kysely';
import { type DurationMs, type EpochMs, HOUR_MS } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clockPlus } from './values.ts';

/** Whom somebody tries to sign in as, whether or not there is such a person. */
export interface SignInName {
  shopId: string;
  name: string;
}

/** How wrong passwords lock a name: from the `after`th on, first for `firstMs`, then each time twice as long, up to `longestMs`. */
export interface BackOff {
  after: number;
  firstMs: DurationMs;
  longestMs: DurationMs;
}

/** Attempts this old no longer count. */
export const FORGET_AFTER_MS = 24 * HOUR_MS;

export type SignInAttempt = { kind: 'ALLOWED' } | { kind: 'LOCKED'; waitMs: DurationMs };

/**
 * Counts an attempt as failed before its password is compared, so that many at once are no more guesses than one after
 * another; `forgetAttempts` takes it back when the password was right. All by PostgreSQL's clock.
 */
export async function takeAttempt(db: Db, { shopId, name }: SignInName, { after, firstMs, longestMs }: BackOff): Promise<SignInAttempt> {
  const failed = sql`case when a.last_at < ${clockPlus(-FORGET_AFTER_MS)} then 1 else a.failed + 1 end`;
  const lockMs = (count: typeof failed) =>
    sql`least(${longestMs}::float8, ${firstMs}::float8 * power(2, least(${count} - ${after}::integer, 30)))`;
  const lockedUntil = (count: typeof failed) =>
    sql`case when ${count} >= ${after}::integer then clock_ms() + ${lockMs(count)} * interval '1 millisecond' end`;
  const { rows } = await sql`
    insert into sign_in_attempts as a (shop_id, name, failed, locked_until) values (${shopId}, ${name}, 1, ${lockedUntil(sql`1`)})
    on conflict (shop_id, name) do update set failed = ${failed}, last_at = clock_ms(), locked_until = ${lockedUntil(failed)}
      where a.locked_until is null or a.locked_until <= clock_ms()
    returning failed`.execute(db);
  if (rows.length > 0) return { kind: 'ALLOWED' };
  const lock = await db
    .selectFrom('sign_in_attempts')
    .select([sql<EpochMs>`clock_ms()`.as('now'), 'locked_until'])
    .where('shop_id', '=', shopId)
    .where('name', '=', name)
    .executeTakeFirst();
  return { kind: 'LOCKED', waitMs: Math.max(1, (lock?.locked_until ?? 0) - (lock?.now ?? 0)) };
}

/** Forgets the wrong passwords of a name after a right one. */
export async function forgetAttempts(db: Db, { shopId, name }: SignInName): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('shop_id', '=', shopId).where('name', '=', name).execute();
}
