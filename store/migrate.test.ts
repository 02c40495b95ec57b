import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { emptyDatabase, type FreshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { isMigrated, migrate, readMigrations } from './migrate.ts';

let empty: FreshDatabase;
let database: Database;
let folder: string;
let folderUrl: URL;

beforeEach(async () => {
  empty = await emptyDatabase();
  database = openDatabase(empty.url, { max: 1, applicationName: 'migrate-test', onError: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  folderUrl = pathToFileURL(`${folder}/`);
});
afterEach(async () => {
  await database.close();
  await empty.drop();
  await rm(folder, { recursive: true });
});

/** Everything that makes up the schema, one line each. */
async function schema(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select tgname || ' ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select name || checksum || applied_at from schema_migrations
    order by 1`.execute(database.kysely);
  return rows.map((row) => row.line);
}

describe('migrate', () => {
  test('applied twice, and by two at once, it changes nothing more', async () => {
    expect(await isMigrated(database.kysely)).toBe(false);
    await Promise.all([migrate(empty.url), migrate(empty.url)]);
    const first = await schema();
    expect(first.length).toBeGreaterThan(200);
    expect(await isMigrated(database.kysely)).toBe(true);
    await migrate(empty.url);
    expect(await schema()).toEqual(first);
  });

  test('a file changed after it was applied is refused by name, line endings aside', async () => {
    await cp(new URL('./migrations/', import.meta.url), folder, { recursive: true });
    await migrate(empty.url, folderUrl);
    const [first] = await readMigrations(folderUrl);
    await writeFile(join(folder, '001_shops.sql'), first?.statements.replaceAll('\n', '\r\n') ?? '');
    await migrate(empty.url, folderUrl);
    await writeFile(join(folder, '001_shops.sql'), `${first?.statements}\n-- one more remark\n`);
    await expect(migrate(empty.url, folderUrl)).rejects.toThrow('001_shops.sql was changed');
  });

  test('a failing file is taken back whole, and the ones before it stay', async () => {
    await writeFile(join(folder, '001_good.sql'), 'create table good (id int);');
    await writeFile(join(folder, '002_bad.sql'), 'create table half (id int); select 1 / 0;');
    await expect(migrate(empty.url, folderUrl)).rejects.toThrow('002_bad.sql failed');
    const { rows } = await sql`select to_regclass('good')::text as good, to_regclass('half')::text as half`.execute(database.kysely);
    expect(rows).toEqual([{ good: 'good', half: null }]);
  });

  test('a database newer than this build is refused, and so is a number taken twice', async () => {
    await writeFile(join(folder, '001_a.sql'), 'create table a (id int);');
    await writeFile(join(folder, '005_b.sql'), 'create table b (id int);');
    await migrate(empty.url, folderUrl);
    await rm(join(folder, '005_b.sql'));
    await expect(migrate(empty.url, folderUrl)).rejects.toThrow('005_b.sql');
    await writeFile(join(folder, '001_c.sql'), 'create table c (id int);');
    await expect(migrate(empty.url, folderUrl)).rejects.toThrow('001_c.sql needs a number of its own');
  });

  test('a file numbered within a gap is applied where it is missing', async () => {
    await writeFile(join(folder, '001_a.sql'), 'create table a (id int);');
    await writeFile(join(folder, '009_b.sql'), 'create table b (id int);');
    await migrate(empty.url, folderUrl);
    await writeFile(join(folder, '004_c.sql'), 'create table c (id int);');
    await migrate(empty.url, folderUrl);
    await migrate(empty.url, folderUrl);
    const { rows } = await sql`select number from schema_migrations order by applied_at`.execute(database.kysely);
    expect(rows).toEqual([{ number: 1 }, { number: 9 }, { number: 4 }]);
  });
});
