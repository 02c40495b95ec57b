import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { sql } from 'kysely';
import type { Db } from './db.ts';

/** One file of migrations/. */
export interface Migration {
  number: number;
  name: string;
  statements: string;
  checksum: string;
}

const FOLDER = new URL('./migrations/', import.meta.url);
/** Any fixed number: two programs that migrate the same database wait for each other. */
const LOCK = 7_220_115;

/** The migrations of a folder in order; throws when one has no number or another's. Gaps are allowed: branches number theirs apart. */
export async function readMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = names.map((name) => Number(/^(\d{3})_[a-z0-9_-]+\.sql$/.exec(name)?.[1]));
  return Promise.all(
    names.map(async (name, index) => {
      const number = numbers[index] ?? Number.NaN;
      if (!(number > (numbers[index - 1] ?? 0))) throw new Error(`migration ${name} needs a number of its own, such as 001_${name}`);
      const statements = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
      return { number, name, statements, checksum: createHash('sha256').update(statements).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the newest form, forward only; applying twice changes nothing. Each file is one transaction, all under one
 * lock. Throws, changing nothing, when an applied file was changed since or the database is newer than this build.
 */
export async function migrate(databaseUrl: string, folder: URL = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'refund-intercept migrate',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `create table if not exists schema_migrations (
         number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<AppliedMigration>('select number, name, checksum from schema_migrations order by number');
    for (const migration of pendingOf(migrations, rows)) await apply(client, migration);
  } finally {
    await client.end();
  }
}

/** Whether every migration of this build is applied; false also when the database was never migrated. */
export async function isMigrated(db: Db): Promise<boolean> {
  const { rows } = await sql<{ present: boolean }>`select to_regclass('schema_migrations') is not null as present`.execute(db);
  if (rows[0]?.present !== true) return false;
  const applied = await sql<AppliedMigration>`select number, name, checksum from schema_migrations order by number`.execute(db);
  return pendingOf(await readMigrations(), applied.rows).length === 0;
}

interface AppliedMigration {
  number: number;
  name: string;
  checksum: string;
}

function pendingOf(migrations: Migration[], applied: AppliedMigration[]): Migration[] {
  for (const done of applied) {
    const migration = migrations.find(({ number }) => number === done.number);
    if (!migration) throw new Error(`the database has migration ${done.name}, which this build does not know: start a newer build`);
    if (migration.checksum !== done.checksum) {
      throw new Error(
        `migration ${migration.name} was changed after it was applied as ${done.name}: restore it and add a new file instead`,
      );
    }
  }
  return migrations.filter(({ number }) => !applied.some((done) => done.number === number));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.statements);
    await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed and was taken back`, { cause: error });
  }
}
