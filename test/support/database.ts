import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../store/migrate.ts';
import { serverUrl } from './server-url.ts';

/** A database of a test's own. */
export interface FreshDatabase {
  url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

const MIGRATIONS = join(import.meta.dirname, '../../store/migrations');

/** The template, once this process has made or found it. */
let template: string | undefined;

/**
 * A new database with every migration applied, copied from the run's template in some 30 ms. Call it once a test
 * file or once a test; `drop()` it at the end.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  template ??= await migratedTemplate();
  return createDatabase(`TEMPLATE ${template} STRATEGY file_copy`);
}

/**
 * Copies everything a database holds, to be put back later as a restore to this moment would: also over what is only ever added to. Answers what puts it back.
 */
export async function backUp(url: string): Promise<() => Promise<void>> {
  const onDatabase = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => connected(url, work);
  const tables = await onDatabase(async (client) => {
    const { rows } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
    const copies = rows.map(({ name }) => `create table backup.${name} as table public.${name};`);
    await client.query(`drop schema if exists backup cascade; create schema backup; ${copies.join(' ')}`);
    return rows.map(({ name }) => name);
  });
  const back = tables.map((name) => `insert into public.${name} overriding system value table backup.${name};`);
  return () =>
    onDatabase(async (client) => {
      await client.query(`begin; set local session_replication_role = replica; truncate ${tables.join(', ')}; ${back.join(' ')} commit;`);
    });
}

/** A new database with nothing in it, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return createDatabase('');
}

async function createDatabase(from: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${name} ${from}`));
  return {
    url: withDatabase(name),
    drop: () => onServer(async (server) => void (await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/**
 * Name of the migrated template, made on first use. Its name carries the hash of the migrations, so a server that
 * outlives the run (DATABASE_URL) never hands out an old one. The test files of a run race for it: the first holds
 * the advisory lock, migrates under a name of its own and renames it only when complete.
 */
async function migratedTemplate(): Promise<string> {
  const name = `template_${migrationsHash()}`;
  await onServer(async (server) => {
    await server.query('SELECT pg_advisory_lock(7233001)');
    const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount) return;
    const draft = `draft_${randomBytes(8).toString('hex')}`;
    await server.query(`CREATE DATABASE ${draft}`);
    await migrate(withDatabase(draft));
    await server.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Runs on a connection of its own, whose end frees the advisory lock too. */
function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  return connected(serverUrl(), work);
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}
