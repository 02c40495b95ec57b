import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AccessFault } from '../carriers/access-fault.ts';
import { CARRIERS } from '../carriers/index.ts';
import type { CarrierClient } from '../carriers/port.ts';
import { waitFor } from '../dev/waiting.ts';
import { accessFaultsByCarrier } from '../store/carrier-access.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { watchAccess } from './access-watch.ts';

let fresh: FreshDatabase;
let database: Database;
let logged: object[];
const log = {
  info: () => {},
  warn: (about: object) => void logged.push(about),
  error: (about: object) => void logged.push(about),
};
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 3, applicationName: 'access-watch-test', onError: () => undefined });
});
beforeEach(() => {
  logged = [];
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const accessFault: AccessFault = { code: 'S212', message: 'IP黑白名单限制', remedy: 'put the addresses on the list' };
const REQUEST = { waybillNo: '73', requestId: 'r', reason: '退' };

/** A carrier that refuses our account in every call but the push. */
function refusing(): CarrierClient {
  const unknown = async () => ({ kind: 'UNKNOWN', sent: false, reason: 'S212', accessFault }) as const;
  return {
    requestIntercept: unknown,
    readIntercept: unknown,
    readTrack: async () => ({ kind: 'UNAVAILABLE', reason: 'S212', accessFault }),
    subscribeTrack: unknown,
    readPush: () => {
      throw new Error('no push here');
    },
    claims: { open: unknown, read: unknown },
  };
}
const callAll = async (client: CarrierClient) => {
  await client.requestIntercept(REQUEST);
  await client.readIntercept?.('73');
  await client.readTrack('73');
  await client.claims?.read('73', 'claim');
};
const watched = (code: string, client: CarrierClient, db = database.kysely): CarrierClient => {
  const [one] = watchAccess([{ carrier: { code }, client }], { db, log });
  if (one === undefined) throw new Error('nothing is watched');
  return one.client;
};

test('case 5: a refused account is noted by kind of call and logged with what to do, once in a while', async () => {
  const client = watched('ZTO', refusing());
  expect(await client.requestIntercept(REQUEST)).toEqual({ kind: 'UNKNOWN', sent: false, reason: 'S212', accessFault });
  await callAll(client);
  await callAll(client);
  const isCounted = async () => (await accessFaultsByCarrier(database.kysely, 60_000)).get('ZTO') === 4;
  expect(await waitFor(isCounted, 10_000)).toBe(true);
  expect(logged).toHaveLength(4);
  expect(logged[0]).toEqual({ carrier: 'ZTO', operation: 'INTERCEPT', ...accessFault });
  expect(await accessFaultsByCarrier(database.kysely, -60_000)).toEqual(new Map());
});

test('any other lack of an answer is none, and what a carrier cannot do stays so', async () => {
  const down = { kind: 'UNKNOWN', sent: true, reason: 'HTTP 503' } as const;
  const client = watched('YTO', {
    ...refusing(),
    requestIntercept: async () => down,
    readIntercept: null,
    subscribeTrack: null,
    claims: null,
  });
  expect(await client.requestIntercept(REQUEST)).toBe(down);
  expect([client.readIntercept, client.subscribeTrack, client.claims]).toEqual([null, null, null]);
  expect(logged).toEqual([]);
});

test('a database that is away changes no answer', async () => {
  const nowhere = openDatabase('postgres://127.0.0.1:9/nothing', { max: 1, applicationName: 'test', onError: () => undefined });
  const client = watched('STO', refusing(), nowhere.kysely);
  expect(await client.readTrack('73')).toMatchObject({ kind: 'UNAVAILABLE', accessFault });
  expect(await waitFor(async () => logged.length === 2, 10_000)).toBe(true);
  await nowhere.close();
});

test('every carrier of the registry can be watched', () => {
  const settings = new Proxy({}, { get: () => 'http://127.0.0.1:9' });
  const connected = CARRIERS.map((carrier) => ({ carrier, client: carrier.connect(settings) }));
  for (const [n, { client }] of watchAccess(connected, { db: database.kysely, log }).entries()) {
    expect(Object.keys(client).sort()).toEqual(Object.keys(connected[n]?.client ?? {}).sort());
  }
});
