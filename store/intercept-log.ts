import type { LogLine } from '../domain/intercept/event.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { instant, jsonb } from './values.ts';

/** A line of the audit log as kept. */
export interface StoredLogLine extends LogLine {
  /** Version of the case the line belongs to, and its place within. */
  version: number;
  n: number;
  recordedAt: EpochMs;
}

/** Where lines belong: one life of a case, and the version they came with. `firstN` is the place of the first one. */
export interface LogPlace {
  interceptId: string;
  initiatedAt: EpochMs;
  version: number;
  firstN: number;
}

/** Adds lines; a place that is taken keeps its first line, so that a write may come twice. */
export async function addLogLines(trx: Db, place: LogPlace, lines: LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  await trx
    .insertInto('intercept_log')
    .values(
      lines.map((line, index) => ({
        intercept_id: place.interceptId,
        initiated_at: instant(place.initiatedAt),
        version: place.version,
        n: place.firstN + index,
        at: instant(line.at),
        actor_kind: line.actorKind,
        actor: line.actor,
        what: line.what,
        before: jsonb(line.before),
        after: jsonb(line.after),
        reference: line.reference,
      })),
    )
    .onConflict((conflict) => conflict.columns(['intercept_id', 'initiated_at', 'version', 'n']).doNothing())
    .execute();
}

/** The whole log of a case in the order things happened. The caller has checked that the case is the shop's. */
export async function listLog(db: Db, interceptId: string): Promise<StoredLogLine[]> {
  const rows = await db
    .selectFrom('intercept_log')
    .selectAll()
    .where('intercept_id', '=', interceptId)
    .orderBy('initiated_at')
    .orderBy('version')
    .orderBy('n')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    actorKind: row.actor_kind,
    actor: row.actor,
    what: row.what,
    before: row.before,
    after: row.after,
    reference: row.reference,
    version: row.version,
    n: row.n,
    recordedAt: row.recorded_at,
  }));
}
