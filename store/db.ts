import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, type Transaction, sql } from 'kysely';
import pg from 'pg';
import type { EpochMs } from '../domain/time.ts';
import type { Tables } from './tables.ts';
import { onlyRow } from './values.ts';

/** What repositories take: the database, or a transaction of it. */
export type Db = Kysely<Tables>;
/** What functions take that must share their caller's transaction. */
export type Trx = Transaction<Tables>;

export interface Database {
  kysely: Db;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most. */
  max: number;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** Told when an idle connection dies; the pool replaces it. */
  onError(error: Error): void;
  /** How long an answer may stay out, if not 12 s. */
  answerTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** Beyond the server's own limit: only a dead server or network meets it. */
const ANSWER_TIMEOUT_MS = 12_000;
/** A transaction may wait this long for the outside (a token refresh under the shop's lock). */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

const INT8_OID = 20;
const TIMESTAMPTZ_OID = 1184;

/** int8 as a number, or throws: beyond 2^53-1 a double would silently become another number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`PostgreSQL sent the int8 ${text}, which a JavaScript number cannot hold exactly`);
  return value;
}

/** timestamptz in the UTC text form of PostgreSQL (`2026-01-02 03:04:05.678+00`) as epoch milliseconds. */
export function parseInstant(text: string): EpochMs {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/.exec(text);
  if (!match) throw new Error(`PostgreSQL sent the instant "${text}", which is not UTC or out of range`);
  return Date.parse(`${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`);
}

type TextParser = (text: string) => unknown;

function typeParser(oid: number, format?: 'text' | 'binary'): TextParser {
  if (format !== 'binary' && oid === INT8_OID) return parseInt8;
  if (format !== 'binary' && oid === TIMESTAMPTZ_OID) return parseInstant;
  return pg.types.getTypeParser(oid, format) as TextParser;
}

/** How PostgreSQL's values become ours. */
export const valueTypes: pg.CustomTypesConfig = { getTypeParser: typeParser as typeof pg.types.getTypeParser };

/**
 * A pool of connections. Connecting waits at most 2 s and a statement runs at most 10 s, then each throws;
 * int8 are safe integers, timestamptz epoch milliseconds. A lost connection never ends the process.
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: valueTypes,
  });
  pool.on('error', options.onError);
  // A connection that dies while checked out fails its query; the event itself would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withoutSilent(pool) }) });
  return { kysely, close: () => kysely.destroy() };
}

/**
 * The pool, without connections on which an answer stayed out: what is asked next on such a one waits behind it, and where the network lost
 * the other end nothing ever comes. It goes with its release, and what its transaction still asks fails at once.
 */
function withoutSilent(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let silence: unknown = null;
      const ask = async (text: string, values: unknown[]) => {
        if (silence !== null) throw silence;
        try {
          return await client.query(text, values);
        } catch (error) {
          if (!(error instanceof pg.DatabaseError)) silence = error;
          throw error;
        }
      };
      // Kysely asks by cursor only what is streamed, and nothing is.
      return { query: ask as unknown as PostgresPoolClient['query'], release: () => client.release(silence !== null) };
    },
  };
}

/** PostgreSQL's clock: the one that dates evidence and initiations, and so decides races (design §2.1). */
export async function now(db: Db): Promise<EpochMs> {
  const { rows } = await sql<{ now: EpochMs }>`select clock_ms() as now`.execute(db);
  return onlyRow(rows, 'clock').now;
}

/** PostgreSQL's clock, a whole millisecond later at least than that of every row written before. */
export async function nextInstant(db: Db): Promise<EpochMs> {
  const { rows } = await sql<{ now: EpochMs }>`select clock_ms() as now from pg_sleep(0.001)`.execute(db);
  return onlyRow(rows, 'clock').now;
}

/** Runs `work` in the transaction given, or in a new one. */
export function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Trx) : db.transaction().execute(work);
}

/** Waits for and holds locks of those names until the transaction ends, beside others who share them; in one order, so that nobody waits crosswise. */
export async function shareLocks(trx: Trx, names: string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock_shared(lock)
    from (select hashtextextended(name, 0) as lock from unnest(${names}::text[]) as name order by 1) as locks`.execute(trx);
}

/** Waits for and holds a lock of that name until the transaction ends. */
export async function holdLock(trx: Trx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}
