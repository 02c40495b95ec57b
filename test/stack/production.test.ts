import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { openShopClient, type ShopClient } from '../../dev/demo/shop-client.ts';
import { watchPlatformBook } from '../../bench/platform-book.ts';
import { playThroughKills } from '../../bench/through-kills.ts';
import { DEMO_SHOP, type Simulators, startSimulators } from '../../simulators/world.ts';
import { PATROL_SCHEDULE } from '../../workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { createBareServerEnv } from '../support/bare-server.ts';
import { type BuiltProduct, buildProduct, checkInvariants, runCommandLine } from '../support/built-product.ts';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';
import { type KeptProcess, startKept } from '../support/kept-process.ts';

/** The built product as separate processes beside a PostgreSQL, a Temporal and outside parties that somebody else runs. */
let product: BuiltProduct;
let database: FreshDatabase;
/** A server without our search attributes and schedule. */
let temporal: TestWorkflowEnvironment;
let outside: Simulators;
let environment: Record<string, string>;
const running: KeptProcess[] = [];

beforeAll(async () => {
  [product, database, temporal, outside] = await Promise.all([
    buildProduct(),
    emptyDatabase(),
    createBareServerEnv(),
    // Carriers that send again each second: their own waits grow to two minutes while the API they push to is killed.
    startSimulators({ paceMs: 200, paymentDelayMs: 200, pushRetryMs: Array.from({ length: 120 }, () => 1_000) }),
  ]);
  environment = {
    ...outside.credentials,
    // The simulators are plain HTTP on this machine, which a production process refuses.
    EMBEDDED: '1',
    DATABASE_URL: database.url,
    DATA_KEY: randomBytes(32).toString('base64'),
    TEMPORAL_ADDRESS: temporal.address,
    CREATE_WAIT: '3s',
    LOG_LEVEL: 'warn',
  };
}, 120_000);

afterAll(async () => {
  await Promise.allSettled(running.map((process) => process.current().stop()));
  await outside.close();
  await temporal.teardown();
  await database.drop();
  await product.remove();
}, 60_000);

async function start(entry: 'api' | 'worker'): Promise<KeptProcess> {
  const process = await startKept(product, entry, environment);
  running.push(process);
  return process;
}

describe('a configuration that cannot be used', () => {
  test.each(['api', 'worker'] as const)('%s refuses to start and names every bad variable at once', async (entry) => {
    const process = product.start(entry, {
      DATABASE_URL: 'mysql://somewhere/refund',
      TEMPORAL_ADDRESS: 'http://temporal.example.com',
      ZTO_URL: 'http://127.0.0.1:8090/zto',
      ZTO_APP_SECRET: 'sim-zto-secret',
      REJECT_UNLOCK_AFTER: '200h',
      LOG_LEVEL: 'loud',
    });
    expect(await process.ended()).toBe(1);
    const bad = 'DATABASE_URL TEMPORAL_ADDRESS ZTO_URL ZTO_APP_SECRET REJECT_UNLOCK_AFTER LOG_LEVEL'.split(' ');
    const missing = 'DATA_KEY ZTO_APP_KEY YTO_URL YTO_SECRET STO_SECRET JT_PRIVATE_KEY KUAISHOU_SIGN_SECRET'.split(' ');
    for (const name of [...bad, ...missing]) expect(process.said()).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
    expect(process.said()).not.toContain('sim-zto-secret');
  });
});

describe('API and worker as processes of their own', () => {
  let apis: KeptProcess[];
  let shops: ShopClient[];

  test('the API is ready once the database is migrated, without any worker', async () => {
    const api = await start('api');
    await expect(untilAnswer(api.readyUrl, 503)).resolves.toMatchObject({ migrated: false, port: true });
    await runCommandLine('migrate', [], environment);
    await api.ready();
    await expect(untilAnswer(api.readyUrl, 200)).resolves.toMatchObject({ migrated: true, port: true, temporal: true, worker: false });
    apis = [api, await start('api')];
    await apis[1]?.ready();
  }, 120_000);

  test('two workers that start at once register what the server lacks', async () => {
    const workers = await Promise.all([start('worker'), start('worker')]);
    await Promise.all(workers.map((worker) => worker.ready()));
    const { customAttributes } = await temporal.client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(SEARCH_ATTRIBUTES.map(({ name }) => name)));
    await expect(temporal.client.schedule.getHandle(PATROL_SCHEDULE).describe()).resolves.toMatchObject({ state: { paused: false } });
  }, 120_000);

  test('a shop is set up by command and by API', async () => {
    const { shopId, name, accessToken, refreshToken } = DEMO_SHOP;
    const tokens = ['--kuaishou-token', accessToken, '--kuaishou-refresh-token', refreshToken];
    await runCommandLine('shops', ['create', '--shop', shopId, '--name', name, ...tokens], environment);
    const said = await runCommandLine('keys', ['create', '--shop', shopId, '--scopes', 'admin'], environment);
    const key = said.trimEnd().split('\n').at(-1) ?? '';
    shops = apis.map(({ url }) => openShopClient(url, key, outside.url));
    const [shop] = shops;
    const { body: service } = (await shop?.ask<{ agreementVersion: string }>('GET', '/service')) ?? {};
    expect(
      await shop?.ask('POST', '/service/open', { agreementVersion: service?.agreementVersion, agree: true, signedBy: '王掌柜' }),
    ).toMatchObject({
      status: 200,
      body: { status: 'OPEN' },
    });
    const subscribed = await shop?.ask<{ subscriptionId: string }>('POST', '/outlet-subscriptions', {
      carrier: 'ZTO',
      outletCode: '57913',
    });
    expect(subscribed?.status).toBe(201);
    const reviewed = await shop?.ask('POST', `/outlet-subscriptions/${subscribed?.body.subscriptionId}/review`, { decision: 'APPROVE' });
    expect(reviewed).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
  }, 120_000);

  test('a case over two APIs and two workers: created by one, pushed to the other, paid exactly once', async () => {
    const [first, second] = shops as [ShopClient, ShopClient];
    outside.world.settings.webhookBase = apis[1]?.url ?? null;
    const { refundId } = await first.seed({ carrier: 'ZTO', refundFeeFen: 4_990, parcel: { onIntercept: 'SUCCEEDS' } });
    const created = await Promise.all([first, second, first, second].map((shop) => shop.create(refundId)));
    expect(new Set(created.map(({ interceptId }) => interceptId))).toEqual(new Set([`${refundId}-1`]));
    const ended = await second.until(
      `${refundId}-1`,
      ({ returnStatus, refundStatus }) => returnStatus === 'RETURN_SIGNED' && refundStatus !== 'REFUNDING',
      20_000,
    );
    expect(ended).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', refundCause: 'INTERCEPT_SUCCEEDED' });
    await first.until(`${refundId}-1`, ({ refundStatus }) => refundStatus === 'REFUNDED', 20_000);
    expect(await first.paymentsOf(refundId)).toBe(1);
  }, 120_000);

  test('each process killed in turn under load: every create is answered, each case is paid once', async () => {
    const book = watchPlatformBook(outside.url);
    try {
      const played = await playThroughKills(
        { shops, simulatorsUrl: outside.url, book, carriers: ['ZTO'], processes: running },
        { rounds: 1, inFlight: 2, silent: false },
      );
      expect(played.kills).toBe(4);
      expect(played.cases).toBeGreaterThanOrEqual(2 * played.kills);
      expect(played.scanToPaidMs).toHaveLength(played.cases);
      expect(book.paidTwice()).toEqual([]);
    } finally {
      await book.close();
    }
  }, 300_000);

  test('the database keeps every promise', () => checkInvariants(environment), 60_000);

  test('SIGTERM ends every process well within 20 s', async () => {
    expect(await Promise.all(running.map((process) => process.current().stop()))).toEqual(running.map(() => 0));
  }, 30_000);
});

/** The body of the first answer with this status. */
async function untilAnswer(url: string, status: number): Promise<unknown> {
  const giveUpAt = Date.now() + 20_000;
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.status === status) return response.json();
    if (Date.now() > giveUpAt) throw new Error(`${url} never answered ${status}, last ${response?.status ?? 'nothing'}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
