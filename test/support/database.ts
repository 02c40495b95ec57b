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

/**
 * A new database with every migration applied, copied from the run's template in some 50 ms. Call it once a test
 * file or once a test; `drop()` it at the end.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const template = await migratedTemplate();
  return createDatabase(`TEMPLATE ${template}`);
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
async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function withDatabase(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}
