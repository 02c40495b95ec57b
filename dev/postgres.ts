import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DataDirHeldError, lockDataDir } from './data-lock.ts';
import { endForeign, type Part, type Stopping, startPart } from './part.ts';
import { freePort } from '../worker/free-port.ts';
import { type Account, type PostgresBinaries, postgresBinaries, unprivilegedAccount } from './postgres/binaries.ts';
import { createCluster, DATABASE_NAME, databaseUrlOf, existingCluster, ownerOf, runningPostmaster } from './postgres/cluster.ts';
import type { LogLine } from './programs/program-search.ts';
import { waitFor } from './waiting.ts';

const READY_LIMIT_MS = 60_000;
const STARTS_TRIED = 40;
const OTHER_START_LIMIT_MS = 15_000;

/** Fast shutdown (open transactions are rolled back), then immediate shutdown (the next start recovers from the log). */
const STOPPING: Stopping = [
  { signal: 'SIGINT', limitMs: 4_000 },
  { signal: 'SIGQUIT', limitMs: 1_000 },
];

/**
 * `dataDir` is `DATA_DIR`; without a port any free one is taken. `durable: false` gives up fsync, for test databases that are thrown away.
 * `log` takes what is being done, `onLine` the server's own log. The signal gives up a start that is under way.
 */
export type PostgresOptions = { dataDir: string; port?: number; durable?: boolean; log: LogLine; onLine?: LogLine; signal?: AbortSignal };

/** A running embedded PostgreSQL, listening on 127.0.0.1 alone. `url` names the product's database, which exists. */
export type EmbeddedPostgres = Part & { url: string; port: number };

/**
 * Starts the embedded PostgreSQL of a data directory and answers when it takes connections; makes its files on first use. As root it runs under
 * another account. A server an earlier, killed start left behind on these files is stopped first. The caller holds the data directory's lock.
 * Throws with the server's last words when it does not come up.
 */
export async function startPostgres({
  dataDir,
  port,
  durable = true,
  log,
  onLine = () => {},
  signal,
}: PostgresOptions): Promise<EmbeddedPostgres> {
  const account = await unprivilegedAccount();
  const binaries = await postgresBinaries(account, log);
  const cluster = (await existingCluster(dataDir)) ?? (await createCluster(dataDir, binaries, account, log));
  await clearLeftBehind(cluster, log);
  const owner = await ownerOf(cluster, account);
  const { part, listensOn } = await bringUp({ cluster, binaries, owner, port, durable, onLine, signal });
  const url = await databaseUrlOf(dataDir, listensOn);
  try {
    await createDatabase(url);
  } catch (error) {
    await part.stop();
    throw error;
  }
  return { ...part, url, port: listensOn };
}

/** The URL of the embedded PostgreSQL that is running and ready on a data directory, `undefined` when there is none. */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const cluster = await existingCluster(dataDir);
  const found = cluster === undefined ? undefined : await runningPostmaster(cluster);
  return found?.ready === true ? databaseUrlOf(dataDir, found.port) : undefined;
}

/**
 * Does something with the embedded database of a data directory: with the running one if there is one, else with one started for it and stopped
 * after it. `purpose` is told to whoever wants the data directory meanwhile. Throws what `act` throws, or `DataDirHeldError`.
 */
export async function withEmbeddedPostgres<T>(
  { dataDir, purpose, log }: { dataDir: string; purpose: string; log: LogLine },
  act: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const running = await findRunningPostgres(dataDir);
  if (running !== undefined) return act(running);
  const lock = await lockDataDir(dataDir, purpose).catch(async (error: unknown) => {
    if (!(error instanceof DataDirHeldError)) throw error;
    return waitFor(() => findRunningPostgres(dataDir), OTHER_START_LIMIT_MS).then((url) => url ?? Promise.reject(error));
  });
  if (typeof lock === 'string') return act(lock);
  try {
    const postgres = await startPostgres({ dataDir, log });
    const endForSignal = () => void postgres.stop().then(() => process.exit(130));
    process.once('SIGINT', endForSignal).once('SIGTERM', endForSignal);
    try {
      return await act(postgres.url);
    } finally {
      process.off('SIGINT', endForSignal).off('SIGTERM', endForSignal);
      await postgres.stop();
    }
  } finally {
    await lock.release();
  }
}

async function clearLeftBehind(cluster: string, log: LogLine): Promise<void> {
  const found = await runningPostmaster(cluster);
  if (found !== undefined) {
    log(`stopping PostgreSQL (process ${found.process.pid}), left behind by an earlier start`);
    await endForeign(found.process, STOPPING);
  }
  // PostgreSQL would believe a process that only has the same number as the one named here.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

type Start = Pick<PostgresOptions, 'port' | 'durable' | 'signal'> & {
  cluster: string;
  binaries: PostgresBinaries;
  owner: Account | undefined;
  onLine: LogLine;
};

async function bringUp(start: Start): Promise<{ part: Part; listensOn: number }> {
  for (let tried = 1; ; tried += 1) {
    const listensOn = start.port ?? (await freePort());
    const part = await startServer(start, listensOn);
    if (await becomesReady(part, start)) return { part, listensOn };
    const lastWords = part.lastLines().join('\n');
    if (tried < STARTS_TRIED && mayPass(lastWords, start.port === undefined)) {
      await waitFor(async () => undefined, 100);
      continue;
    }
    throw new Error(`PostgreSQL did not start on 127.0.0.1:${listensOn}:\n${lastWords}`);
  }
}

/** A killed server's last children hold its shared memory for a moment; a free port may be taken between choosing and listening. */
function mayPass(lastWords: string, anyPortWillDo: boolean): boolean {
  return lastWords.includes('shared memory block') || (anyPortWillDo && lastWords.includes('could not bind'));
}

function startServer({ cluster, binaries, owner, durable, onLine }: Start, port: number): Promise<Part> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    log_checkpoints: 'off',
    ...(durable === true ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', cluster, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return startPart({
    name: 'PostgreSQL',
    file: binaries.postgres,
    args,
    environment: process.env,
    cwd: cluster,
    account: owner,
    stopping: STOPPING,
    onLine,
  });
}

/** Whether the server takes connections within the limit; if not, or if the start is given up, it is stopped. */
async function becomesReady(part: Part, { cluster, signal }: Start): Promise<boolean> {
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const isReady = async () => {
    const found = await runningPostmaster(cluster);
    return found?.process.pid === part.pid && found.ready;
  };
  let ready = false;
  try {
    ready = (await waitFor(async () => ended || isReady(), READY_LIMIT_MS, signal)) === true && !ended;
  } finally {
    if (!ready) await part.stop();
  }
  return ready;
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
