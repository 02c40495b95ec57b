import { sql } from 'kysely';
import type { Db } from './db.ts';

/** So many requests at once, then so many a second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/**
 * Takes one request from the caller's bucket, which all processes share and PostgreSQL's clock fills; false when it is empty.
 * One statement: a bucket is known by when it will be full, and one request moves that by the time it takes to be made up for.
 */
export async function takeRequest(db: Db, name: string, { burst, perSecond }: Rate): Promise<boolean> {
  const refillMs = 1_000 / perSecond;
  const { rows } = await sql`
    insert into rate_limits as r (name, full_at) values (${name}, clock_timestamp() + ${refillMs} * interval '1 millisecond')
    on conflict (name) do update set full_at = greatest(r.full_at, clock_timestamp()) + ${refillMs} * interval '1 millisecond'
      where r.full_at <= clock_timestamp() + ${(burst - 1) * refillMs} * interval '1 millisecond'
    returning name`.execute(db);
  return rows.length > 0;
}
