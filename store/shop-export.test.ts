import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createKey } from './api-keys.ts';
import { type Database, openDatabase } from './db.ts';
import { addFile } from './files.ts';
import { type ExportedRow, exportShop } from './shop-export.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';
import { succeededIntercept } from './test-settlement.ts';
import { recordScans } from './track.ts';

const PHOTO = Buffer.from(Array.from({ length: 300 }, (_, n) => n % 256));
const CASES = 3;
/** Of each parcel: together more than one fetch. */
const SCANS = 150;

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 3, applicationName: 'shop-export-test', onError: () => undefined });
  const db = database.kysely;
  await addShops(db);
  for (const shopId of [SHOP, OTHER_SHOP]) {
    for (let n = 0; n < CASES; n += 1) {
      const { input } = await succeededIntercept(db, { shopId });
      const { carrier, waybillNo, outletCode, outletName } = input;
      const scan = { carrier, waybillNo, event: 'DEPARTED', outletCode, outletName, text: `of ${shopId}`, raw: null } as const;
      const scans = Array.from({ length: SCANS }, (_, at) => ({ ...scan, occurredAt: at }));
      await recordScans(db, scans, 'PUSH');
    }
    await createKey(db, { shopId, label: '测试', scopes: [], expiresAt: null });
    await sql`update shops set tokens_sealed = 'sealed' where shop_id = ${shopId}`.execute(db);
    for (let n = 0; n < 9; n += 1)
      await addFile(db, { shopId, name: `${n}.jpg`, contentType: 'image/jpeg', bytes: PHOTO, uploadedBy: `of ${shopId}` });
  }
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function exported(shopId: string): Promise<ExportedRow[]> {
  const rows: ExportedRow[] = [];
  for await (const row of exportShop(database.kysely, shopId, 'test')) rows.push(row);
  return rows;
}

test('everything of the shop and nothing of another; photos whole, no credentials; on record', async () => {
  const rows = await exported(SHOP);
  const counts = Object.fromEntries([...Map.groupBy(rows, ({ table }) => table)].map(([table, of]) => [table, of.length]));
  const held = {
    shops: 1,
    api_keys: 1,
    intercepts: CASES,
    intercept_log: 2 * CASES,
    track_events: CASES * SCANS,
    ledger_lines: CASES,
    files: 9,
  };
  expect(counts).toMatchObject({ ...held, outbox: 2 * CASES, personal_data_log: 1 });
  expect(rows.find(({ table }) => table === 'files')?.row).toMatchObject({
    name: expect.stringMatching(/^\d\.jpg$/),
    bytes: PHOTO.toString('base64'),
  });
  expect(rows.find(({ table }) => table === 'personal_data_log')?.row).toMatchObject({ what: 'SHOP_EXPORTED', actor: 'test', about: SHOP });
  const all = JSON.stringify(rows);
  expect(all).toContain(`of ${SHOP}`);
  expect(all).not.toMatch(new RegExp(`of ${OTHER_SHOP}|"${OTHER_SHOP}"|sealed|_hash`));
});

test('a table that belongs to shops is exported, or only says where a round of the service stands', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id' order by 1`.execute(
    database.kysely,
  );
  await sql`insert into platform_cursors (shop_id, name, position) values (${SHOP}, 'REFUNDS', clock_ms())`.execute(database.kysely);
  const given = Object.groupBy(await exported(SHOP), ({ table }) => table);
  for (const { name } of rows) {
    const { rows: own } = await sql<{ count: number }>`select count(*) from ${sql.table(name)} where shop_id = ${SHOP}`.execute(
      database.kysely,
    );
    const isRound = ['platform_cursors', 'shop_rounds'].includes(name);
    expect([name, given[name as ExportedRow['table']]?.length ?? 0]).toEqual([name, isRound ? 0 : own[0]?.count]);
  }
});

test('who stops reading leaves nothing open, and rows come before all were read', async () => {
  for await (const { table } of exportShop(database.kysely, SHOP, 'test')) {
    expect(table).toBe('shops');
    break;
  }
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from pg_stat_activity where datname = current_database() and state like 'idle in%'`.execute(database.kysely);
  expect(rows[0]?.open).toBe(0);
});
