import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { freshDatabase } from '../test/support/database.ts';
import { openDatabase } from './db.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../docs/personal-data.md'), 'utf8');

/** Columns that a section of the page names: `table.column` anywhere, or `table`: `column`, `column` on a line of its own. */
function columnsOf(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const lists = [...section.matchAll(/^- `(\w+)`: (.*)$/gm)].flatMap(([, table, columns = '']) =>
    [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => `${table}.${column}`),
  );
  return [...lists, ...[...section.matchAll(/`(\w+\.\w+)`/g)].map(([, column]) => String(column))];
}

test('the inventory says of every column that can hold words whether they are about a person', async () => {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, { max: 1, applicationName: 'personal-data-test', onError: () => undefined });
  try {
    const { rows } = await sql<{ column: string }>`
      select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = 'public' and data_type not in ('bigint', 'integer', 'boolean', 'timestamp with time zone', 'double precision')
      order by 1`.execute(database.kysely);
    const named = [...columnsOf('In PostgreSQL'), ...columnsOf('Nothing personal')];
    expect(named.toSorted()).toEqual(rows.map(({ column }) => column).toSorted());
  } finally {
    await database.close();
    await fresh.drop();
  }
});
