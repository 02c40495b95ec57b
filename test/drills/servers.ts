import { execFile } from 'node:child_process';
import { chown, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { existingCluster } from '../../dev/postgres/cluster.ts';
import { startPostgres } from '../../dev/postgres.ts';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import type { Part } from '../../dev/part.ts';
import { startTemporal } from '../../dev/temporal.ts';
import { keptPort } from '../../worker/free-port.ts';

/** A server the product uses and does not run, as in production. It ends with this process, however that ends. */
export interface Server {
  start(): Promise<void>;
  stop(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Copies its data while it runs. */
  backUp(): Promise<void>;
  /** Puts the last copy in the place of its data; it is stopped before and runs afterwards. */
  restore(): Promise<void>;
}

/** What one kind of server does its own way. */
interface Kind {
  bringUp(): Promise<Part>;
  /** Where its data is. */
  data(): Promise<string>;
  /** Copies the data of the running server to a folder that is not there yet. */
  copy(from: string, to: string, running: Part): Promise<void>;
}

const run = promisify(execFile);
/** With owners and times. */
const copyFolder = (from: string, to: string): Promise<unknown> => run('cp', ['-a', from, to]);

async function startServer(kind: Kind, backup: string): Promise<Server> {
  let part = await kind.bringUp();
  const server: Server = {
    async start() {
      part = await kind.bringUp();
    },
    stop: () => part.stop(),
    signal: (signal) => void process.kill(part.pid, signal),
    async backUp() {
      await rm(backup, { recursive: true, force: true });
      await kind.copy(await kind.data(), backup, part);
    },
    async restore() {
      const data = await kind.data();
      await part.stop();
      await rm(data, { recursive: true });
      await copyFolder(backup, data);
      await server.start();
    },
  };
  return server;
}

/** PostgreSQL with its data below the folder; `url` stays the same over every start. */
export async function startDrillPostgres(folder: string): Promise<Server & { url: string }> {
  const port = await keptPort();
  let url = '';
  const bringUp = async () => {
    const postgres = await startPostgres({ dataDir: folder, port, log: () => {} });
    ({ url } = postgres);
    return postgres;
  };
  const data = async () => (await existingCluster(folder)) ?? Promise.reject(new Error('PostgreSQL has no data'));
  const server = await startServer({ bringUp, data, copy: (from, to) => baseBackup(url, from, to) }, join(folder, 'backup-postgres'));
  return { ...server, url };
}

/** As PostgreSQL's manual makes a base backup through its low-level interface: the files while they change, then the log that makes them whole. */
async function baseBackup(url: string, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('drill', true)");
    await copyFolder(from, to);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await rm(join(to, 'pg_wal'), { recursive: true });
    await copyFolder(join(from, 'pg_wal'), join(to, 'pg_wal'));
    const label = join(to, 'backup_label');
    await writeFile(label, rows[0]?.labelfile ?? '', { mode: 0o600 });
    const { uid, gid } = await stat(to);
    await chown(label, uid, gid);
    for (const left of ['postmaster.pid', 'postmaster.opts']) await rm(join(to, left), { force: true });
  } finally {
    await client.end();
  }
}

/** Temporal with its data below the folder; `address` stays the same over every start. */
export async function startDrillTemporal(folder: string): Promise<Server & { address: string }> {
  const cliPath = await findTemporalCli({ environment: process.env, log: () => {} });
  const [port, uiPort] = [await keptPort(), await keptPort()];
  const bringUp = () => startTemporal({ cliPath, dataDir: folder, port, uiPort });
  const data = () => Promise.resolve(join(folder, 'temporal'));
  // SQLite's files as a power cut would leave them, which it recovers from.
  const copy = async (from: string, to: string, { pid }: Part) => {
    process.kill(pid, 'SIGSTOP');
    try {
      await copyFolder(from, to);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  };
  const server = await startServer({ bringUp, data, copy }, join(folder, 'backup-temporal'));
  return { ...server, address: `127.0.0.1:${port}` };
}
