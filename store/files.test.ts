import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { addFile, addFileWithin, findFiles, readFile } from './files.ts';
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

test('files of a shop come to no more than its quota, also of uploads at once; another shop has its own', async () => {
  const file = { shopId: OTHER_SHOP, name: 'a.png', contentType: 'image/png', bytes: Buffer.alloc(100), uploadedBy: 'clerk' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => addFileWithin(database.kysely, file, 250)));
  expect(answers.filter((answer) => 'fileId' in answer)).toHaveLength(2);
  expect(answers.filter((answer) => 'usedBytes' in answer)).toEqual([{ usedBytes: 200 }, { usedBytes: 200 }, { usedBytes: 200 }]);
  expect(await addFileWithin(database.kysely, { ...file, bytes: Buffer.alloc(50) }, 250)).toMatchObject({ byteCount: 50 });
  expect(await addFileWithin(database.kysely, { ...file, bytes: Buffer.alloc(1) }, 250)).toEqual({ usedBytes: 250 });
});
