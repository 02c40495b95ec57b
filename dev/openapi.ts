import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { buildApp } from '../api/app.ts';
import { apiMetrics } from '../api/metrics.ts';
import { connectCarriers } from '../carriers/index.ts';
import { loadConfig } from '../config.ts';
import { connectKuaishou, type KuaishouSettings } from '../platforms/index.ts';
import { DEFAULT_CREDENTIALS } from '../simulators/settings.ts';
import { openDatabase } from '../store/db.ts';
import { readDataKey } from '../store/secrets.ts';
import { shopTokenStore } from '../store/shop-tokens.ts';

/** Where the document is kept. */
export const OPENAPI_DOCUMENT = fileURLToPath(new URL('../openapi.json', import.meta.url));

/** Nothing listens there, and nothing is asked: the routes are registered and never called. */
const NOWHERE = 'http://127.0.0.1:1';

/** The text of `openapi.json`: the OpenAPI 3.1 document that `GET /v1/openapi.json` serves, from the same application. */
export async function renderOpenApi(): Promise<string> {
  const config = loadConfig(
    {
      ...DEFAULT_CREDENTIALS,
      ZTO_URL: NOWHERE,
      YTO_URL: NOWHERE,
      STO_URL: NOWHERE,
      JT_URL: NOWHERE,
      KUAISHOU_URL: NOWHERE,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
    },
    { embedded: true, role: 'api' },
  );
  const database = openDatabase(config.database.url, { max: 1, applicationName: 'openapi', onError: () => {} });
  const client = new Client({ connection: Connection.lazy(config.temporal.connection), namespace: config.temporal.namespace });
  const app = await buildApp({
    config,
    db: database.kysely,
    temporal: { client, address: config.temporal.address },
    platform: connectKuaishou(config.kuaishou as KuaishouSettings, shopTokenStore(database.kysely, readDataKey(config.dataKey))),
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
