import { isDeepStrictEqual } from 'node:util';
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

/** Places of one part of a version's lines: its own, or what was added to it afterwards. */
const PLACES = 900;

/**
 * Adds lines; one that stands there already is not added again, so that a write may come twice. The same version may also
 * come with other lines, when the workflow task that first wrote it was lost and the next one saw more: they come behind.
 * The caller holds the case. `isFirst`: nothing can stand there.
 */
export async function addLogLines(trx: Db, place: LogPlace, lines: LogLine[], isFirst = false): Promise<void> {
  if (lines.length === 0) return;
  const standing = isFirst ? { lines: [], nextN: place.firstN } : await linesAt(trx, place);
  const fresh = lines.filter((line) => !takeOut(standing.lines, line));
  if (fresh.length === 0) return;
  await trx
    .insertInto('intercept_log')
    .values(
      fresh.map((line, index) => ({
        intercept_id: place.interceptId,
        initiated_at: instant(place.initiatedAt),
        version: place.version,
        n: standing.nextN + index,
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

async function linesAt(trx: Db, { interceptId, initiatedAt, version, firstN }: LogPlace): Promise<{ lines: LogLine[]; nextN: number }> {
  const rows = await trx
    .selectFrom('intercept_log')
    .select(['n', 'at', 'actor_kind', 'actor', 'what', 'before', 'after', 'reference'])
    .where('intercept_id', '=', interceptId)
    .where('initiated_at', '=', instant(initiatedAt))
    .where('version', '=', version)
    .where('n', '>=', firstN)
    .where('n', '<', firstN + PLACES)
    .orderBy('n')
    .execute();
  const lines = rows.map(({ actor_kind: actorKind, n: _n, ...line }) => ({ ...line, actorKind }));
  return { lines, nextN: Math.max(firstN, ...rows.map(({ n }) => n + 1)) };
}

/** Takes a line that says the same out of those standing; when it was found out may differ from one task to the next. */
function takeOut(standing: LogLine[], { at: _at, ...line }: LogLine): boolean {
  const index = standing.findIndex(({ at: _standingAt, ...other }) => isDeepStrictEqual(other, line));
  if (index >= 0) standing.splice(index, 1);
  return index >= 0;
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
