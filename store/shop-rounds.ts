import { sql } from 'kysely';
import type { DurationMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction } from './db.ts';
import type { ShopRound } from './tables.ts';
import { clockBound } from './values.ts';

/** Nobody else takes a claimed shop up for this long; who died with it gives it back then. */
const HOLD_MS = 90_000;

/**
 * Takes up to `limit` shops whose turn has come and nobody has, the longest unserved first. Of the list of refunds only shops
 * with an open case or with rules need one.
 */
export function claimShops(db: Db, round: ShopRound, limit: number): Promise<string[]> {
  const hasCase = sql`exists (select from intercepts i where i.shop_id = s.shop_id and i.phase = 'OPEN')`;
  const hasRules = sql`exists (select from rule_versions v where v.shop_id = s.shop_id)`;
  const needed = round === 'REFUNDS' ? sql`(${hasCase} or ${hasRules})` : sql`true`;
  return inTransaction(db, async (trx) => {
    // One claim after the other: each sees what the last one took.
    await holdLock(trx, `shop-rounds:${round}`);
    const { rows } = await sql<{ shop_id: string }>`
      with due as (
        select s.shop_id, r.served_at from shops s left join shop_rounds r on r.shop_id = s.shop_id and r.round = ${round}
        where (r.due_at is null or r.due_at <= ${clockBound()}) and ${needed}
        order by r.served_at nulls first, s.shop_id limit ${limit}
      ), held as (
        insert into shop_rounds (shop_id, round, due_at) select shop_id, ${round}, ${clockBound(HOLD_MS)} from due
        on conflict (shop_id, round) do update set due_at = excluded.due_at
      )
      select shop_id from due order by served_at nulls first, shop_id`.execute(trx);
    return rows.map((row) => row.shop_id);
  });
}

/** Ends a shop's turn: the next one is due `nextMs` from now. */
export async function endTurn(db: Db, round: ShopRound, shopId: string, nextMs: DurationMs): Promise<void> {
  await sql`
    update shop_rounds set failures = 0, served_at = clock_ms(), due_at = clock_ms() + ${nextMs} * interval '1 millisecond'
    where shop_id = ${shopId} and round = ${round}`.execute(db);
}

/** Ends a turn that failed: the shop waits twice as long each time, so that it keeps no other from its turn. */
export async function endFailedTurn(
  db: Db,
  round: ShopRound,
  shopId: string,
  { firstMs, atMostMs }: { firstMs: DurationMs; atMostMs: DurationMs },
): Promise<void> {
  await sql`
    update shop_rounds set failures = failures + 1, served_at = clock_ms(),
      due_at = clock_ms() + least(${atMostMs}::float8, ${firstMs}::float8 * power(2, least(failures, 20))) * interval '1 millisecond'
    where shop_id = ${shopId} and round = ${round}`.execute(db);
}

/** Gives shops back that were claimed and had no turn: they keep their place. */
export async function releaseShops(db: Db, round: ShopRound, shopIds: readonly string[]): Promise<void> {
  if (shopIds.length === 0) return;
  await sql`update shop_rounds set due_at = clock_ms() where shop_id = any(${[...shopIds]}::text[]) and round = ${round}`.execute(db);
}

/** For a gauge: for how long the refund list of the most neglected shop with an open case has not been read, in ms; 0 without any. */
export async function refundListLag(db: Db, cursor: string): Promise<DurationMs> {
  const { rows } = await sql<{ lag: number | null }>`
    select max(extract(epoch from clock_ms() - greatest(p.position, open.since)) * 1000)::float8 as lag
    from shops s
    cross join lateral (select min(initiated_at) as since from intercepts i where i.shop_id = s.shop_id and i.phase = 'OPEN') open
    left join platform_cursors p on p.shop_id = s.shop_id and p.name = ${cursor}
    where open.since is not null and not s.sandbox`.execute(db);
  return rows[0]?.lag ?? 0;
}
