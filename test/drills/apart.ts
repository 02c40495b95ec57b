import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LEFT_OFF } from '../../dev/part-environment.ts';
import { openShopClient } from '../../dev/demo/shop-client.ts';
import { type Part, startPart } from '../../dev/part.ts';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { untilReady } from '../../dev/readiness.ts';
import { seedDemo } from '../../dev/seed.ts';
import { startTemporal } from '../../dev/temporal.ts';
import { callControl } from '../../simulators/control/call.ts';
import { startSimulators } from '../../simulators/world.ts';
import { migrate } from '../../store/migrate.ts';
import { keptPort } from '../../worker/free-port.ts';
import { checkInvariants } from '../support/built-product.ts';
import { psql, type Scene, type Shop } from './scene.ts';

const PROJECT_DIR = join(import.meta.dirname, '../..');
const READY_LIMIT_MS = 90_000;
const PACE_MS = 300;

/** What lies between the processes and what they speak to; by default nothing. */
export interface Between {
  /** From the product to carriers and platform, and from them to the product: another address than the one given. */
  toParties?(url: string): Promise<string>;
  toProduct?(url: string): Promise<string>;
  toTemporal?(address: string): Promise<string>;
  /** Of the API and worker processes alone. */
  environment?: Record<string, string>;
}

/** A second product beside the scene's, in a database, a Temporal, parties and processes of its own. */
export interface Apart {
  stack: Shop;
  /** What the API answers to a `GET`, as it comes. */
  get(path: string): Promise<Response>;
  /** Holds the promises over its database, and names the count. */
  holdInvariants(): Promise<void>;
  close(): Promise<void>;
}

/** Everything is begun, and all of it ended when something does not come up. */
export async function startApart(scene: Scene, settings: Record<string, string>, between: Between = {}): Promise<Apart> {
  const ending: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of ending.splice(0).reverse()) await step().catch((error: unknown) => scene.note(`clearing away: ${String(error)}`));
  };
  try {
    const databaseUrl = await freshDatabase(scene);
    const temporal = await startTemporal({
      cliPath: await findTemporalCli({ environment: process.env, log: () => {} }),
      port: await keptPort(),
      uiPort: await keptPort(),
    });
    ending.push(temporal.stop);
    const [apiPort, demoApiKey, dataKey] = [
      await keptPort(),
      `demo_${randomBytes(24).toString('base64url')}`,
      randomBytes(32).toString('base64'),
    ];
    const api = `http://127.0.0.1:${apiPort}`;
    const webhookBase = (await between.toProduct?.(api)) ?? api;
    const simulators = await startSimulators({
      webhookBase,
      paceMs: PACE_MS,
      report: (error) => scene.note(`simulators: ${String(error)}`),
    });
    ending.push(simulators.close);
    await seedDemo({ databaseUrl, dataKey, demoApiKey, simulatorsUrl: simulators.url });
    const partiesUrl = (await between.toParties?.(simulators.url)) ?? simulators.url;
    const environment = {
      ...partiesOf(simulators.credentials, simulators.url, partiesUrl),
      PATH: process.env['PATH'],
      EMBEDDED: '1',
      HOST: '127.0.0.1',
      PORT: String(apiPort),
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      DATA_KEY: dataKey,
      TEMPORAL_ADDRESS: (await between.toTemporal?.(temporal.address)) ?? temporal.address,
      CREATE_WAIT: '2s',
      ...settings,
      ...between.environment,
    };
    for (const name of ['worker', 'api'] as const) ending.push((await startOwn(name, environment)).stop);
    const shop = openShopClient(api, demoApiKey, simulators.url);
    const control = <T>(method: string, path: string, body?: object) => callControl<T>(simulators.url, method, path, body);
    return {
      stack: { shop, control },
      get: (path) => fetch(`${api}/v1${path}`, { headers: { authorization: `Bearer ${demoApiKey}` } }),
      async holdInvariants() {
        const said = await checkInvariants({ DATABASE_URL: databaseUrl });
        scene.note(
          `${said.split('\n').filter((line) => line.startsWith('holds')).length} promises hold over the database of these processes`,
        );
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function freshDatabase(scene: Scene): Promise<string> {
  const name = `apart_${randomBytes(4).toString('hex')}`;
  await psql(scene, `create database ${name}`);
  const url = new URL(scene.environment['DATABASE_URL'] ?? '');
  url.pathname = name;
  await migrate(url.href);
  return url.href;
}

/** What lets the product talk to the simulators, by another way. */
function partiesOf(credentials: Record<string, string>, from: string, to: string): Record<string, string> {
  const told = Object.entries(credentials).filter(([name]) => !LEFT_OFF.has(name));
  return Object.fromEntries(told.map(([name, value]) => [name, value.replace(from, to)]));
}

async function startOwn(name: 'api' | 'worker', environment: Record<string, string | undefined>): Promise<Part> {
  const adminPort = await keptPort();
  const part = await startPart({
    name,
    file: process.execPath,
    args: [join(PROJECT_DIR, name, 'main.ts')],
    environment: { ...environment, ADMIN_PORT: String(adminPort) },
    stopping: [{ signal: 'SIGTERM', limitMs: 6_000 }],
    onLine: () => {},
  });
  await untilReady(part, `http://127.0.0.1:${adminPort}/readyz`, READY_LIMIT_MS).catch(async (error: unknown) => {
    await part.stop();
    throw error;
  });
  return part;
}
