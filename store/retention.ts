import { sql } from 'kysely';
import type { DurationMs } from '../domain/time.ts';
import type { Db, Trx } from './db.ts';
import type { Retention } from '../domain/retention.ts';
import { RETAINED_KINDS, type RetainedKind, STEPS, type Step } from './retention-steps.ts';
import { clock, clockBound, clockPlus } from './values.ts';

/** Rows looked at in one transaction. */
const ROWS_A_STEP = 1_000;
/** After everything old enough was looked at, the next pass over it begins this much later. */
const REST_MS: DurationMs = 60 * 60_000;

/**
 * Removes what is older than it is kept, the kinds in turn, a small batch a transaction, until nothing is left to remove or
 * `signal` says that the time is up; where a kind stopped it goes on the next time. Returns how many rows went. What stands in the
 * way of one kind is thrown after the others had their turn.
 */
export async function removeExpired(db: Db, retention: Retention, signal: AbortSignal): Promise<number> {
  let removed = 0;
  const failures: unknown[] = [];
  let unfinished: readonly RetainedKind[] = RETAINED_KINDS;
  while (unfinished.length > 0 && !signal.aborted) {
    const more: RetainedKind[] = [];
    for (const kind of unfinished) {
      if (signal.aborted) break;
      try {
        const step = await takeStep(db, kind, retention);
        removed += step.removed;
        if (!step.over) more.push(kind);
      } catch (error) {
        failures.push(error);
      }
    }
    unfinished = more;
  }
  if (failures.length > 0) throw failures[0];
  return removed;
}

/** One step of a kind; over at once while it rests, or while another process sweeps it. */
export function takeStep(db: Db, kind: RetainedKind, retention: Retention, limit = ROWS_A_STEP): Promise<Omit<Step, 'position'>> {
  return db.transaction().execute(async (trx) => {
    const after = await takeSweep(trx, kind);
    if (after === null) return { removed: 0, over: true };
    const step = await STEPS[kind](trx, retention, { after, limit });
    await noteStep(trx, kind, step);
    return step;
  });
}

async function takeSweep(trx: Trx, kind: RetainedKind): Promise<number | null> {
  await trx
    .insertInto('retention_sweeps')
    .values({ name: kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom('retention_sweeps')
    .select('position')
    .where('name', '=', kind)
    .where('resumes_at', '<=', clockBound())
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row?.position ?? null;
}

async function noteStep(trx: Trx, kind: RetainedKind, { removed, position, over }: Step): Promise<void> {
  await trx
    .updateTable('retention_sweeps')
    .set({
      position,
      removed: sql<number>`removed + ${removed}::bigint`,
      ...(over ? { pass_ended_at: clock(), resumes_at: clockPlus(REST_MS) } : {}),
    })
    .where('name', '=', kind)
    .execute();
}

/** How far the removal of one kind has come. */
export interface RetentionProgress {
  kind: RetainedKind;
  /** Rows removed so far. */
  removed: number;
  /** How long ago all that was old enough had been looked at; 0 before the first time. */
  passAgeSeconds: number;
}

/** For gauges: every kind, those never begun too. */
export async function retentionProgress(db: Db): Promise<RetentionProgress[]> {
  const { rows } = await sql<RetentionProgress>`
    select kind, coalesce(removed, 0) as removed, coalesce(extract(epoch from clock_ms() - pass_ended_at), 0)::float8 as "passAgeSeconds"
    from unnest(${[...RETAINED_KINDS]}::text[]) kind left join retention_sweeps on name = kind`.execute(db);
  return rows;
}
