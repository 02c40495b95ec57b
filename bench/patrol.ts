/**
 * `npm run bench -- patrol [--shops 1000] [--hanging 10] [--call 20] [--open 20000]`: the patrol's rounds over many shops and many
 * open cases on a PostgreSQL of its own, with a platform and carriers of this process that take as long as told, some of which hang.
 * The first row of each table is the round one after the other, for comparison. Judges nothing.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import type { CarrierClient } from '../carriers/port.ts';
import { startPostgres } from '../dev/postgres.ts';
import { MINUTE_MS } from '../domain/time.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { pollCarriers, pollPace } from '../evidence/poll-carriers.ts';
import { syncAllRefunds, syncRefunds } from '../evidence/sync-refunds.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { type Db, openDatabase } from '../store/db.ts';
import { migrate } from '../store/migrate.ts';
import { pollLag } from '../store/waybill-marks.ts';
import { loadGrowth } from './growth/load.ts';
import { openPatient } from './growth/plans.ts';
import { machine, measurementFolder, print } from './machine.ts';
import { renderTable } from './statistics.ts';

const { values } = parseArgs({
  options: {
    shops: { type: 'string', default: '1000' },
    hanging: { type: 'string', default: '10' },
    call: { type: 'string', default: '20' },
    open: { type: 'string', default: '20000' },
  },
});
const shops = Number(values.shops);
/** How long the platform, and a carrier, keep a caller waiting before the call is given up. */
const PLATFORM_GIVES_UP_MS = 3_000;
const CARRIER_GIVES_UP_MS = 8_000;
const CARRIER_CALL_MS = 100;
/** As the worker's patrol has. */
const CONNECTIONS = 10;
const ROUND_MS = 40_000;

const dataDir = await measurementFolder('patrol');
const postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const client = new Client({
  connection: Connection.lazy({ address: '127.0.0.1:9' }),
  interceptors: { workflow: [{ signal: async () => undefined }] },
});
try {
  await migrate(postgres.url);
  const loading = openPatient(postgres.url);
  const openIntercepts = Math.max(2 * shops, Number(values.open));
  await loadGrowth(loading, { shops, intercepts: 2 * openIntercepts, openIntercepts, inbox: 0 });
  await loading.destroy();
  const database = openDatabase(postgres.url, { max: CONNECTIONS, applicationName: 'patrol', onError: () => {} });
  print(`${machine()}; ${shops} shops, ${openIntercepts} open cases`);
  print(await refundLists(database.kysely));
  print(await polls(database.kysely));
  await database.close();
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** A platform that answers after `callMs`, and never to so many of the shops. */
function platformOf(served: Map<string, number>, hanging: ReadonlySet<string>): EvidenceDeps['platform'] {
  return {
    readRefund: async () => null,
    listUpdatedRefunds: async (shopId) => {
      await sleep(hanging.has(shopId) ? PLATFORM_GIVES_UP_MS : Number(values.call));
      if (hanging.has(shopId)) throw new PlatformUnavailable(`no answer within ${PLATFORM_GIVES_UP_MS} ms`);
      served.set(shopId, performance.now());
      return [];
    },
  };
}

async function refundLists(db: Db): Promise<string> {
  const rows = [['lists of refunds', 'hanging', 'shops served', 'last of them after s', 'shops/s', 'round took s']];
  const shopIds = (
    await sql<{ shop_id: string }>`select distinct shop_id from intercepts where phase = 'OPEN' order by shop_id`.execute(db)
  ).rows.map((row) => row.shop_id);
  const play = async (name: string, hangingCount: number, round: (deps: EvidenceDeps) => Promise<unknown>): Promise<void> => {
    await sql`update platform_cursors set position = clock_ms() - interval '1 minute'`.execute(db);
    await sql`update shop_rounds set due_at = clock_ms(), served_at = null`.execute(db);
    const served = new Map<string, number>();
    const hanging = new Set(shopIds.filter((_, n) => n % Math.ceil(shopIds.length / hangingCount) === 0).slice(0, hangingCount));
    const startedAt = performance.now();
    await round({ db, client, platform: platformOf(served, hanging), carriers: new Map(), log: silent });
    const last = (Math.max(...served.values()) - startedAt) / 1_000;
    rows.push([
      name,
      String(hangingCount),
      String(served.size),
      last.toFixed(1),
      (served.size / last).toFixed(0),
      ((performance.now() - startedAt) / 1_000).toFixed(1),
    ]);
  };
  const inTurn = async (deps: EvidenceDeps): Promise<void> => {
    for (const shopId of shopIds) await syncRefunds(deps, shopId, new AbortController().signal).catch(() => undefined);
  };
  const sideBySide = (deps: EvidenceDeps) => syncAllRefunds(deps, AbortSignal.timeout(ROUND_MS));
  for (const hanging of [0, Number(values.hanging)]) {
    await play('one after the other', hanging, inTurn);
    await play('side by side', hanging, sideBySide);
  }
  return renderTable(rows);
}

/** ZTO never answers; the others do, and have as many waybills due as were never asked about. */
async function polls(db: Db): Promise<string> {
  await sql`update intercepts set initiated_at = initiated_at - interval '1 hour' where phase = 'OPEN'`.execute(db);
  await sql`delete from waybill_marks`.execute(db);
  const asked = new Map<string, number>();
  const carrier = (code: string, answers: boolean): CarrierClient => ({
    requestIntercept: async () => ({ kind: 'UNKNOWN', sent: false, reason: 'not measured' }),
    readIntercept: null,
    subscribeTrack: null,
    readTrack: async () => {
      asked.set(code, (asked.get(code) ?? 0) + 1);
      await sleep(answers ? CARRIER_CALL_MS : CARRIER_GIVES_UP_MS);
      return answers ? { kind: 'NO_TRACK' } : { kind: 'UNAVAILABLE', reason: `no answer within ${CARRIER_GIVES_UP_MS} ms` };
    },
    readPush: () => ({ kind: 'BAD_SIGNATURE', reply: { status: 401, contentType: 'text/plain', body: '' } }),
    claims: null,
  });
  const carriers = new Map(['ZTO', 'YTO', 'STO', 'JT'].map((code) => [code, carrier(code, code !== 'ZTO')]));
  const pace = pollPace(5 * MINUTE_MS);
  const before = await pollLag(db, pace);
  const startedAt = performance.now();
  const platform = platformOf(new Map(), new Set());
  await pollCarriers({ db, client, platform, carriers, log: silent } as EvidenceDeps, pace, AbortSignal.timeout(ROUND_MS));
  const tookS = (performance.now() - startedAt) / 1_000;
  const after = await pollLag(db, pace);
  const rows = [['one round of polls', 'due before', 'asked about', 'a second', 'still due', 'longest due s']];
  for (const { carrier: code, due } of before) {
    const left = after.find((one) => one.carrier === code);
    const count = asked.get(code) ?? 0;
    rows.push([
      code,
      String(due),
      String(count),
      (count / tookS).toFixed(1),
      String(left?.due ?? 0),
      ((left?.lagMs ?? 0) / 1_000).toFixed(0),
    ]);
  }
  return renderTable(rows);
}
