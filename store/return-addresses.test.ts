import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReturnAddress } from '../domain/return-address.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { openIntercept } from './intercept-opening.ts';
import { saveRecord } from './intercept-record.ts';
import { deleteReturnAddress, hasReturnAddress, returnAddress, returnAddressOfShop, saveReturnAddress } from './return-addresses.ts';
import { readDataKey } from './secrets.ts';
import { addShops, firstRecord, laterRecord, newDraft, OTHER_SHOP, SHOP } from './test-cases.ts';
import { SAMPLE_RETURN_ADDRESS as ADDRESS } from '../domain/sample-return-address.ts';

const KEY = readDataKey(Buffer.alloc(32, 7).toString('base64'));

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 4, applicationName: 'return-addresses-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const save = (change: Partial<ReturnAddress> = {}) => saveReturnAddress(database.kysely, KEY, SHOP, { ...ADDRESS, ...change }, 'owner');
const open = (over: Parameters<typeof newDraft>[0] = {}) =>
  openIntercept(database.kysely, newDraft({ returnTo: 'ADDRESS', ...over }), firstRecord);
const versions = async (...numbers: number[]) =>
  Promise.all(numbers.map(async (version) => (await returnAddress(database.kysely, KEY, SHOP, version))?.address ?? null));

test('a case names the version it began with, which is sealed, its shop’s alone, and stays until it is deleted', async () => {
  const { kysely: db } = database;
  expect(await open()).toEqual({ kind: 'FACTS_CHANGED' });
  await save();
  const first = await open();
  await save({ address: '诚信大道2号仓' });
  const second = await open();
  if (first.kind !== 'CREATED' || second.kind !== 'CREATED') throw new Error('expected two cases');
  expect([first, second].map(({ input }) => [input.returnTo, input.returnAddressVersion])).toEqual([
    ['ADDRESS', 1],
    ['ADDRESS', 2],
  ]);
  const follower = await open({ waybillNo: first.input.waybillNo, returnTo: undefined });
  expect(follower).toMatchObject({ kind: 'CREATED', input: { returnTo: 'ADDRESS', returnAddressVersion: 1 } });
  expect(await versions(1, 2)).toEqual(['诚信大道1号仓', '诚信大道2号仓']);
  expect(await returnAddressOfShop(db, KEY, SHOP)).toMatchObject({ version: 2, savedBy: 'owner', address: { address: '诚信大道2号仓' } });
  expect([await hasReturnAddress(db, OTHER_SHOP), await returnAddress(db, KEY, OTHER_SHOP, 1)]).toEqual([false, null]);
  const stored = JSON.stringify([
    await db.selectFrom('return_addresses').selectAll().execute(),
    await db.selectFrom('intercepts').selectAll().execute(),
    await db.selectFrom('intercept_log').selectAll().execute(),
    await db.selectFrom('outbox').selectAll().execute(),
  ]);
  for (const hidden of [ADDRESS.name, ADDRESS.phone, '诚信大道']) expect(stored).not.toContain(hidden);

  // The first is answered; with the second a carrier is being asked still.
  await saveRecord(db, laterRecord(first.state, 2, { interceptStatus: 'INTERCEPTING' }));
  if (follower.kind === 'CREATED') await saveRecord(db, laterRecord(follower.state, 2, { interceptStatus: 'INTERCEPTING' }));
  await deleteReturnAddress(db, SHOP, 'owner');
  expect(await hasReturnAddress(db, SHOP)).toBe(false);
  expect(await returnAddressOfShop(db, KEY, SHOP)).toMatchObject({ version: 3, address: null });
  expect(await versions(1, 2)).toEqual([null, '诚信大道2号仓']);
  expect(await open()).toEqual({ kind: 'FACTS_CHANGED' });
  await saveRecord(db, laterRecord(second.state, 2, { interceptStatus: 'INTERCEPTING' }));
  await deleteReturnAddress(db, SHOP, 'owner');
  expect(await versions(1, 2)).toEqual([null, null]);
});

test('many save at once: as many versions, one after the other', async () => {
  const before = (await returnAddressOfShop(database.kysely, KEY, SHOP))?.version ?? 0;
  await Promise.all(Array.from({ length: 10 }, (_, n) => save({ address: `${n}号仓` })));
  expect((await returnAddressOfShop(database.kysely, KEY, SHOP))?.version).toBe(before + 10);
});
