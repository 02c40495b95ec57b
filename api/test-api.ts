import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { connectCarriers } from '../carriers/index.ts';
import { loadConfig } from '../config.ts';
import { connectPlatforms } from '../platforms/index.ts';
import { callControl } from '../simulators/control/call.ts';
import { DEMO_SHOP, type Simulators, startSimulators } from '../simulators/world.ts';
import { createKey } from '../store/api-keys.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { readDataKey } from '../store/secrets.ts';
import { shopTokenStore, storeShopTokens } from '../store/shop-tokens.ts';
import { shopWorlds, upsertShop } from '../store/shops.ts';
import { freshDatabase } from '../test/support/database.ts';
import { buildApp } from './app.ts';
import type { AppDeps } from './deps.ts';
import { apiMetrics } from './metrics.ts';
import { SCOPES } from './scopes.ts';

/** The whole API over a real database and simulated carriers and platform, with a Temporal that cannot be reached. */
export interface TestApi {
  app: FastifyInstance;
  deps: AppDeps;
  database: Database;
  simulators: Simulators;
  shopId: string;
  /** Key of the demo shop with every scope. */
  key: string;
  /** A key of a shop with some scopes. */
  newKey(scopes: readonly string[], shopId?: string): Promise<string>;
  /** A request with the demo shop's key. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A refund in the simulated platform that may be intercepted, unless the seed says otherwise. */
  seedRefund(seed?: Record<string, unknown>): Promise<{ refundId: string; orderId: string; waybillNo: string }>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  body: any;
}

/** A second shop, unknown to the first. */
export const OTHER_SHOP = { shopId: '2788419999', name: '邻家小店', accessToken: 'at-other', refreshToken: 'rt-other' };

const CLOSED_PORT = '127.0.0.1:9';

export async function openTestApi(changes: Partial<AppDeps> = {}, settings: Record<string, string> = {}): Promise<TestApi> {
  const home = await freshDatabase();
  const simulators = await startSimulators({ demo: true, paceMs: 1_000_000 });
  const config = loadConfig(
    {
      ...simulators.credentials,
      DATABASE_URL: home.url,
      TEMPORAL_ADDRESS: CLOSED_PORT,
      CREATE_WAIT: '300ms',
      DATA_KEY: randomBytes(32).toString('base64'),
      ...settings,
    },
    { embedded: true, role: 'api' },
  );
  const database = openDatabase(home.url, { max: 10, applicationName: 'api test', onError: () => undefined });
  const db = database.kysely;
  const dataKey = readDataKey(config.dataKey);
  for (const shop of [DEMO_SHOP, OTHER_SHOP]) {
    await upsertShop(db, { shopId: shop.shopId, platform: 'kuaishou', name: shop.name });
    await storeShopTokens(db, dataKey, shop.shopId, {
      accessToken: shop.accessToken,
      refreshToken: shop.refreshToken,
      accessIssuedAt: Date.now(),
      accessExpiresAt: Date.now() + 3_600_000,
      refreshExpiresAt: null,
    });
  }
  await callControl(simulators.url, 'POST', '/sim/shops', OTHER_SHOP);
  const client = new Client({ connection: Connection.lazy({ address: CLOSED_PORT }), namespace: 'default' });
  const worldOf = shopWorlds(db);
  const deps: AppDeps = {
    config,
    db,
    worldOf,
    temporal: { client, address: CLOSED_PORT },
    ...connectPlatforms(config, { tokens: (world) => shopTokenStore(db, dataKey, world), worldOf }),
    carriers: connectCarriers(config.carriers),
    log: pino({ level: 'silent' }),
    metrics: apiMetrics(),
    // A busy machine, and a caller in a hurry, are no subject of most tests.
    shedAboveMs: 0,
    callerRate: { burst: 1_000_000, perSecond: 1_000_000 },
    clock: unhurriedClock(),
    ...changes,
  };
  const app = await buildApp(deps);
  await app.ready();
  const newKey = async (scopes: readonly string[], shopId: string = DEMO_SHOP.shopId) =>
    (await createKey(db, { shopId, label: '测试', scopes: [...scopes], expiresAt: null })).secret;
  const key = await newKey(SCOPES);
  return {
    app,
    deps,
    database,
    simulators,
    shopId: DEMO_SHOP.shopId,
    key,
    newKey,
    call: (method, url, body, headers) =>
      send(app, { method, url, payload: body as InjectOptions['payload'], headers: { authorization: `Bearer ${key}`, ...headers } }),
    seedRefund: (seed = {}) => callControl(simulators.url, 'POST', '/sim/refunds', seed),
    async close() {
      await app.close();
      await client.connection.close();
      await simulators.close();
      await database.close();
      await home.drop();
    },
  };
}

/** Moves on with every look at it, so that tests which are not about it never meet the rate limit. */
function unhurriedClock(): () => number {
  let looks = 0;
  return () => Date.now() + 200 * ++looks;
}

/** An injected request with what tests look at; objects go as JSON. */
export async function send(app: FastifyInstance, options: InjectOptions): Promise<Answer> {
  const response = await app.inject(options);
  const isJson = /json/.test(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: isJson && response.body !== '' ? response.json() : null,
  };
}

/** A call as a caller makes it beside a busy machine: what may be repeated is, until it is taken or refused for good. */
export async function untilTaken(call: () => Promise<Answer>): Promise<Answer> {
  const answer = await call();
  return answer.body.retryable === true ? untilTaken(call) : answer;
}
