import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { emptyDatabase, freshDatabase } from './database.ts';

async function tablesOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  await client.end();
  return found.rows.map((row) => row.name);
}

describe('a database of a test’s own', () => {
  test('is migrated, and what one writes another never sees', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    await client.query('CREATE TABLE only_here (id int)');
    await client.end();
    expect(await tablesOf(one.url)).toEqual(expect.arrayContaining(['only_here', 'intercepts']));
    expect(await tablesOf(other.url)).toContain('intercepts');
    expect(await tablesOf(other.url)).not.toContain('only_here');
    await Promise.all([one.drop(), other.drop()]);
    await expect(tablesOf(one.url)).rejects.toThrow(/does not exist/);
  });

  test('may be empty, for tests of the migrations', async () => {
    const empty = await emptyDatabase();
    expect(await tablesOf(empty.url)).toEqual([]);
    await empty.drop();
  });

  test('is dropped under open connections', async () => {
    const database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    const ended = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await database.drop();
    expect(await ended).toMatchObject({ message: expect.any(String) });
  });
});
