import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { addFile, findFiles, readFile } from './files.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'files-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

test('a file is kept byte for byte under a random id and is its shop’s alone', async () => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
  const file = { shopId: SHOP, name: '破损照片.jpg', contentType: 'image/jpeg', bytes, uploadedBy: 'clerk' };
  const stored = await addFile(database.kysely, file);
  const again = await addFile(database.kysely, file);
  expect(stored).toMatchObject({ name: '破损照片.jpg', byteCount: 512, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(stored.fileId).toMatch(/^file_[0-9a-f]{32}$/);
  expect(again.fileId).not.toBe(stored.fileId);
  expect((await readFile(database.kysely, SHOP, stored.fileId))?.bytes.equals(bytes)).toBe(true);
  expect(await readFile(database.kysely, OTHER_SHOP, stored.fileId)).toBeNull();
  expect(await findFiles(database.kysely, SHOP, [stored.fileId, 'file_none'])).toEqual([stored]);
  expect(await findFiles(database.kysely, OTHER_SHOP, [stored.fileId])).toEqual([]);
  expect(await findFiles(database.kysely, SHOP, [])).toEqual([]);
});
