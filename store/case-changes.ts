import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { EpochMs } from '../domain/time.ts';
import { CASE_CHANGED, type CaseChange } from './case-writing.ts';
import type { Db } from './db.ts';
import { clockBound, onlyRow } from './values.ts';

/** A written change of a case, by its line in the audit log. */
export interface LoggedChange extends CaseChange {
  /** Grows with the order in which lines were begun; one may become visible after a later one. */
  sequence: number;
  recordedAt: EpochMs;
}

/** Longer than any transaction lives (`IDLE_IN_TRANSACTION_TIMEOUT_MS` and a statement): what is older stays as it is. */
const SETTLED_AFTER_MS = 45_000;

/** Up to which sequence the log is settled: nothing at or below it can still become visible. */
export async function settledSequence(db: Db): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`
    select coalesce(max(log_id), 0) as sequence from intercept_log
    where log_id > (select coalesce(max(log_id), 0) - 100000 from intercept_log)
      and recorded_at < ${clockBound(-SETTLED_AFTER_MS)}`.execute(db);
  return rows[0]?.sequence ?? 0;
}

/** Changes of all shops after a sequence, in its order. */
export async function changesAfter(db: Db, sequence: number, limit: number): Promise<LoggedChange[]> {
  const rows = await db
    .selectFrom('intercept_log as l')
    .innerJoin('intercepts as i', 'i.intercept_id', 'l.intercept_id')
    .select(['l.log_id', 'l.intercept_id', 'l.version', 'l.recorded_at', 'i.shop_id'])
    .where('l.log_id', '>', sequence)
    .orderBy('l.log_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    sequence: row.log_id,
    interceptId: row.intercept_id,
    shopId: row.shop_id,
    version: row.version,
    recordedAt: row.recorded_at,
  }));
}

/** Lines of all shops that are looked back over at most: whoever was away for longer reads the lists anew. */
const LOOKED_BACK = 20_000;

/** The latest change of each case of a shop that someone who saw everything up to `sequence` may have missed, oldest first. */
export async function missedChanges(db: Db, shopId: string, sequence: number, limit: number): Promise<LoggedChange[]> {
  const from = await settledUpTo(db, sequence);
  const { rows } = await sql<LoggedChange>`
    select max(l.log_id) as sequence, l.intercept_id as "interceptId", i.shop_id as "shopId", max(l.version) as version,
      max(l.recorded_at) as "recordedAt"
    from (select * from intercept_log where log_id > ${from}::bigint order by log_id desc limit ${LOOKED_BACK}) l
    join intercepts i on i.intercept_id = l.intercept_id and i.shop_id = ${shopId}
    group by l.intercept_id, i.shop_id order by 1 desc limit ${limit}`.execute(db);
  return rows.reverse();
}

/** The last sequence up to the given one below which nothing can still become visible. */
async function settledUpTo(db: Db, sequence: number): Promise<number> {
  const { rows } = await sql<{ settled: number }>`
    select least(${sequence}::bigint, (
      select coalesce(max(log_id), 0) from intercept_log
      where log_id <= ${sequence}::bigint and log_id > ${sequence}::bigint - 100000
        and recorded_at < ${clockBound(-SETTLED_AFTER_MS)})) as settled`.execute(db);
  return onlyRow(rows, 'settled sequence').settled;
}

/** Being told of changes as they are committed, until closed. */
export interface ChangeListening {
  close(): Promise<void>;
}

/** How long after a lost connection the next is tried. */
const RECONNECT_MS = 2_000;

/**
 * Listens on a connection of its own. Only a hint: while the connection is lost nothing is told, and it is replaced
 * for ever; who needs to know everything reads `changesAfter`.
 */
export function listenForChanges(
  url: string,
  told: { onChange(change: CaseChange): void; onError(error: unknown): void },
): ChangeListening {
  const stop = new AbortController();
  let client: pg.Client | null = null;

  async function listenOnce(): Promise<void> {
    const mine = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 2_000,
      application_name: 'refund-intercept changes',
      keepAlive: true,
    });
    const ended = new Promise<void>((resolve) => mine.once('end', resolve));
    mine.on('error', told.onError);
    mine.on('notification', ({ payload }) => {
      const change = readChange(payload);
      if (change !== null) told.onChange(change);
    });
    client = mine;
    try {
      await mine.connect();
      await mine.query(`listen ${CASE_CHANGED}`);
      await ended;
    } finally {
      client = null;
      await mine.end().catch(() => undefined);
    }
  }

  async function listen(): Promise<void> {
    while (!stop.signal.aborted) {
      await listenOnce().catch((error: unknown) => stop.signal.aborted || told.onError(error));
      await sleep(RECONNECT_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  }

  const listening = listen();
  return {
    async close() {
      stop.abort();
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
}

function readChange(payload: string | undefined): CaseChange | null {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    if (typeof value !== 'object' || value === null) return null;
    const { interceptId, shopId, version } = value as Record<string, unknown>;
    return typeof interceptId === 'string' && typeof shopId === 'string' && typeof version === 'number'
      ? { interceptId, shopId, version }
      : null;
  } catch {
    return null;
  }
}
