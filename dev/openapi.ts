import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { buildApp } from '../api/app.ts';
import { apiMetrics } from '../api/metrics.ts';
import { CARRIERS, connectCarriers } from '../carriers/index.ts';
import { loadConfig } from '../config.ts';
import { connectPlatforms, KUAISHOU_SETTINGS, KUAISHOU_URL_SETTING } from '../platforms/index.ts';
import { openDatabase } from '../store/db.ts';
import { readDataKey } from '../store/secrets.ts';
import { shopTokenStore } from '../store/shop-tokens.ts';
import { shopWorlds } from '../store/shops.ts';

/** Where the document is kept. */
export const OPENAPI_DOCUMENT = fileURLToPath(new URL('../openapi.json', import.meta.url));

/** Nothing listens there, and nothing is asked: the routes are registered and never called. */
const NOWHERE = 'http://127.0.0.1:1';
/** Fits a key and any other text. */
const UNUSED_KEY = Buffer.alloc(16).toString('base64');

/** Every variable of the outside parties filled: the document depends on none of them. */
function unusedSettings(): Record<string, string> {
  const names = [...CARRIERS.map(({ settings }) => settings), KUAISHOU_SETTINGS].flatMap(({ properties }) => Object.keys(properties));
  const urls = [...CARRIERS.map(({ urlSetting }) => urlSetting), KUAISHOU_URL_SETTING];
  return Object.fromEntries(names.map((name) => [name, urls.includes(name) ? NOWHERE : UNUSED_KEY]));
}

/** The text of `openapi.json`: the OpenAPI 3.1 document that `GET /v1/openapi.json` serves, from the same application. */
export async function renderOpenApi(): Promise<string> {
  const config = loadConfig(
    {
      ...unusedSettings(),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
    },
    { embedded: true, role: 'api' },
  );
  const database = openDatabase(config.database.url, { max: 1, applicationName: 'openapi', onError: () => {} });
  const client = new Client({ connection: Connection.lazy(config.temporal.connection), namespace: config.temporal.namespace });
  const worldOf = shopWorlds(database.kysely);
  const app = await buildApp({
    config,
    db: database.kysely,
    worldOf,
    temporal: { client, address: config.temporal.address },
    ...connectPlatforms(config, {
      tokens: (world) => shopTokenStore(database.kysely, readDataKey(config.dataKey), world),
      worldOf,
    }),
    carriers: connectCarriers(config.carriers),
    log: pino({ level: 'silent' }),
    metrics: apiMetrics(),
    clock: Date.now,
  });
  try {
    await app.ready();
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
    await client.connection.close();
    await database.close();
  }
}

if (import.meta.main) writeFileSync(OPENAPI_DOCUMENT, await renderOpenApi());
