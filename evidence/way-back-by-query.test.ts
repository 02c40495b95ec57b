import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findCarrier } from '../carriers/index.ts';
import type { CarrierClient } from '../carriers/port.ts';
import { MINUTE_MS } from '../domain/time.ts';
import { control, seed } from '../simulators/testing/callers.ts';
import { type Simulators, startSimulators } from '../simulators/world.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { listTrack } from '../store/track.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { pollCarriers, pollPace } from './poll-carriers.ts';
import { openCase } from './test-records.ts';

let sim: Simulators;
let home: FreshDatabase;
let database: Database;
let client: Client;
let jd: CarrierClient;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 5, applicationName: 'way-back-by-query-test', onError: () => undefined });
  client = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const connected = findCarrier('JD')?.connect(sim.credentials);
  if (connected === undefined) throw new Error('no JD in the registry');
  jd = connected;
});
afterAll(async () => {
  await client.connection.close();
  await database.close();
  await sim.close();
  await home.drop();
});

/** A round in which every waybill is due. */
async function poll(): Promise<void> {
  const db = database.kysely;
  await db.deleteFrom('waybill_marks').execute();
  const longAgo = new Date(Date.now() - 6 * MINUTE_MS).toISOString();
  await db
    .updateTable('intercepts')
    .set((eb) => ({
      initiated_at: eb.cast<number>(eb.val(longAgo), 'timestamptz'),
      updated_at: eb.cast<number>(eb.val(longAgo), 'timestamptz'),
    }))
    .execute();
  await pollCarriers({ db, client, carriers: new Map([['JD', jd]]), log }, pollPace(5 * MINUTE_MS), new AbortController().signal);
}

test('JD, which pushes nothing that is believed: the turn and the way back under its own waybill become evidence of the case', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'JD', notify: false });
  expect(await jd.requestIntercept({ waybillNo, requestId: 'r', reason: '拦截' })).toEqual({ kind: 'ACCEPTED', reference: null });
  await openCase(database.kysely, { carrier: 'JD', waybillNo, refundId: '8900' });
  const told = async () => {
    await poll();
    const rows = await database.kysely.selectFrom('inbox').select('payload').where('kind', '=', 'TRACK').orderBy('inbox_id').execute();
    return rows.map(({ payload }) => (payload as { event: string }).event);
  };
  const scan = (event: string) => control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event });

  expect(await told()).not.toContain('RETURNING');
  await scan('RETURNING');
  expect(await told()).toContain('RETURNING');
  await scan('DEPARTED');
  await scan('RETURN_SIGNED');
  expect(await told()).toContain('RETURN_SIGNED');
  const track = await listTrack(database.kysely, 'JD', waybillNo);
  expect(track.filter(({ event }) => ['RETURNING', 'RETURN_SIGNED'].includes(event)).map(({ source }) => source)).toEqual([
    'QUERY',
    'QUERY',
  ]);
});
