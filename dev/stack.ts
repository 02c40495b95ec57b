import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../store/migrate.ts';
import { ensureConsoleBuilt } from './console-build.ts';
import { type DataLock, lockDataDir } from './data-lock.ts';
import { type Part, type Stopping, startPart, stopOrphans } from './part.ts';
import { everyPartyIsTold, partEnvironment } from './part-environment.ts';
import { createPartList, type PartList } from './part-list.ts';
import { isPortFree } from '../worker/free-port.ts';
import { startPostgres } from './postgres.ts';
import type { Environment } from './programs/executables.ts';
import type { LogLine } from './programs/program-search.ts';
import { findTemporalCli } from './programs/temporal-cli.ts';
import { untilReady } from './readiness.ts';
import { keptSecret } from './secrets.ts';
import { seedDemo } from './seed.ts';
import { readStackSettings, type StackSettings } from './settings.ts';
import { type Simulators, startSimulators } from './simulators.ts';
import { type EmbeddedTemporal, startTemporal } from './temporal.ts';
import { ensureWorkflowBundle } from './workflow-bundle.ts';

const READY_LIMIT_MS = 120_000;
/** With the limits of the simulators (1 s), Temporal (2 s) and PostgreSQL (5 s) below the 20 s a stop may take. */
const API_STOPPING: Stopping = [{ signal: 'SIGTERM', limitMs: 4_000 }];
const WORKER_STOPPING: Stopping = [{ signal: 'SIGTERM', limitMs: 6_000 }];
/**
 * How `npm run start:worker` starts it too: by default each of its threads lets 48 MiB of short-lived values gather before it clears them away,
 * and glibc keeps what the SDK's core gave back, in an arena a thread and at each arena's end, in all more than the cases themselves need.
 */
const WORKER_NODE_ARGS = ['--max-semi-space-size=2'];
const WORKER_ALLOCATION = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/** The main files of our own programs, relative to the project. */
const ENTRIES = { api: 'api/main.ts', worker: 'worker/main.ts', simulators: 'simulators/main.ts' };

/** `environment` is `process.env` or a test's own; `entries` puts other programs in the place of ours, for tests of the runner itself. */
export type StackOptions = {
  environment: Environment;
  /** What is starting, for whoever finds the data directory in use. */
  purpose: string;
  log: LogLine;
  partLine?: (part: string, line: string) => void;
  signal?: AbortSignal;
  entries?: Partial<typeof ENTRIES>;
  /** Whether the merchant's pages are built and served; by default they are. */
  withConsole?: boolean;
};

/** Where everything is, once it is ready. `demoApiKey` and `simulators` are absent when every outside party is told by the environment. */
export type StackAddresses = {
  api: string;
  docs: string;
  apiAdmin: string;
  workerAdmin: string;
  temporal: string | undefined;
  temporalUi: string | undefined;
  simulators: string | undefined;
  databaseUrl: string;
  demoApiKey: string | undefined;
};

/** A running stack. `failed` resolves with a report when a part ends by itself. */
export type Stack = {
  addresses: StackAddresses;
  pidOf: (part: string) => number | undefined;
  failed: Promise<string>;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/** What the steps of a start share. */
type Start = Required<Pick<StackOptions, 'environment' | 'log' | 'partLine' | 'withConsole'>> & {
  settings: StackSettings;
  parts: PartList;
  abort: AbortController;
  entries: typeof ENTRIES;
};

/**
 * Starts the whole product on embedded defaults and answers when all of it is ready: PostgreSQL, Temporal, migrations, the demo data, simulators,
 * worker and API. What the environment names (`DATABASE_URL`, `TEMPORAL_ADDRESS`, a party's `…_URL`) is used instead of being started. What an
 * earlier, killed start left behind is ended first. When anything fails, everything is stopped again and the error says what and why.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { environment, log, partLine = () => {}, withConsole = true } = options;
  const settings = await readStackSettings(environment);
  const lock = await lockDataDir(settings.dataDir, options.purpose);
  const parts = createPartList((name) => log(`${name} stopped`));
  const abort = new AbortController();
  options.signal?.addEventListener('abort', () => abort.abort(options.signal?.reason), { once: true });
  const start: Start = { environment, log, partLine, withConsole, settings, parts, abort, entries: { ...ENTRIES, ...options.entries } };
  try {
    options.signal?.throwIfAborted();
    void parts.failed.then((report) => abort.abort(new Error(report)));
    const addresses = await bringUp(start);
    return {
      addresses,
      pidOf: parts.pidOf,
      failed: parts.failed,
      stop: () => release(parts.stop, lock),
      kill: () => release(parts.kill, lock),
    };
  } catch (error) {
    await release(parts.stop, lock);
    throw error;
  }
}

async function release(end: () => Promise<void>, lock: DataLock): Promise<void> {
  await end();
  await lock.release();
}

async function bringUp(start: Start): Promise<StackAddresses> {
  const { settings, log, environment, abort } = start;
  await stopOrphans(join(settings.dataDir, 'run'), log);
  await requireFreePorts(start);
  const dataKey = settings.dataKey ?? (await keptSecret(settings.dataDir, 'data-key', () => randomBytes(32).toString('base64')));
  const demoApiKey =
    settings.demoApiKey ?? (await keptSecret(settings.dataDir, 'demo-api-key', () => `demo_${randomBytes(24).toString('base64url')}`));
  const [databaseUrl, temporal, simulators] = await together(abort, [
    bringUpDatabase(start),
    bringUpTemporal(start),
    bringUpSimulators(start),
    start.withConsole ? ensureConsoleBuilt(environment, log) : Promise.resolve(),
    start.entries.worker === ENTRIES.worker ? ensureWorkflowBundle(environment, log) : Promise.resolve(),
  ]);
  if (simulators !== undefined) await seedDemo({ databaseUrl, dataKey, demoApiKey, simulatorsUrl: simulators.url });
  const partsEnvironment = partEnvironment(environment, {
    host: settings.host,
    dataDir: settings.dataDir,
    databaseUrl,
    temporal,
    simulators: simulators?.variables ?? {},
    dataKey,
    demoApiKey: simulators === undefined ? undefined : demoApiKey,
  });
  await together(abort, [bringUpWorker(start, partsEnvironment), bringUpApi(start, partsEnvironment)]);
  const api = `http://${reachableHost(settings.host)}:${settings.ports.api}`;
  return {
    api,
    docs: `${api}/docs`,
    apiAdmin: adminUrl(settings, settings.ports.apiAdmin),
    workerAdmin: adminUrl(settings, settings.ports.workerAdmin),
    temporal: temporal?.address ?? environment['TEMPORAL_ADDRESS'],
    temporalUi: environment['TEMPORAL_UI_URL'] ?? temporal?.uiUrl,
    simulators: simulators === undefined ? undefined : `${simulators.url}/sim`,
    databaseUrl,
    demoApiKey: simulators === undefined ? undefined : demoApiKey,
  };
}

async function bringUpDatabase(start: Start): Promise<string> {
  const { settings, parts, log, abort } = start;
  let url = settings.databaseUrl;
  if (url === undefined) {
    log('PostgreSQL: starting the embedded one');
    const onLine = (line: string) => start.partLine('PostgreSQL', line);
    const postgres = await startPostgres({ dataDir: settings.dataDir, port: settings.ports.postgres, log, onLine, signal: abort.signal });
    await parts.add(postgres);
    url = postgres.url;
  } else {
    log('PostgreSQL: DATABASE_URL is set, none is started');
  }
  log('PostgreSQL: bringing the database to the newest form');
  await migrate(url);
  return url;
}

async function bringUpTemporal(start: Start): Promise<EmbeddedTemporal | undefined> {
  const { settings, parts, log, environment, abort } = start;
  if (settings.temporalTold) {
    log('Temporal: the environment names one, none is started');
    return undefined;
  }
  const cliPath = await findTemporalCli({ environment, log });
  const temporal = await startTemporal({
    cliPath,
    dataDir: settings.dataDir,
    port: settings.ports.temporal,
    uiPort: settings.ports.temporalUi,
    namespace: settings.temporalNamespace,
    onLine: (line) => start.partLine('Temporal', line),
    signal: abort.signal,
  });
  await parts.add(temporal);
  return temporal;
}

async function bringUpSimulators(start: Start): Promise<Simulators | undefined> {
  const { settings, parts, log, environment, abort } = start;
  if (everyPartyIsTold(environment)) {
    log('simulators: the environment names every carrier and the platform, none is started');
    return undefined;
  }
  log('simulators: starting');
  const simulators = await startSimulators({
    entry: inProject(start.entries.simulators),
    dataDir: settings.dataDir,
    port: settings.ports.simulators,
    webhookBase: `http://${reachableHost(settings.host)}:${settings.ports.api}`,
    environment,
    onLine: (line) => start.partLine('simulators', line),
    signal: abort.signal,
  });
  await parts.add(simulators);
  return simulators;
}

function bringUpWorker(start: Start, environment: Environment): Promise<void> {
  const adminPort = start.settings.ports.workerAdmin;
  const program = { name: 'worker', nodeArgs: WORKER_NODE_ARGS, stopping: WORKER_STOPPING } as const;
  return bringUpOwn(start, program, { ...WORKER_ALLOCATION, ...environment, ADMIN_PORT: String(adminPort) }, adminPort);
}

function bringUpApi(start: Start, environment: Environment): Promise<void> {
  const { api, apiAdmin } = start.settings.ports;
  const program = { name: 'api', nodeArgs: [], stopping: API_STOPPING } as const;
  return bringUpOwn(start, program, { ...environment, PORT: String(api), ADMIN_PORT: String(apiAdmin) }, apiAdmin);
}

type OwnProgram = { name: 'api' | 'worker'; nodeArgs: readonly string[]; stopping: Stopping };

async function bringUpOwn(start: Start, program: OwnProgram, environment: Environment, adminPort: number): Promise<void> {
  const { name, nodeArgs, stopping } = program;
  start.log(`${name}: starting`);
  const part: Part = await startPart({
    name,
    file: process.execPath,
    args: [...nodeArgs, inProject(start.entries[name])],
    environment,
    stopping,
    runDir: join(start.settings.dataDir, 'run'),
    onLine: (line) => start.partLine(name, line),
  });
  await start.parts.add(part);
  await untilReady(part, `${adminUrl(start.settings, adminPort)}/readyz`, READY_LIMIT_MS, start.abort.signal);
}

async function requireFreePorts({ settings, environment }: Start): Promise<void> {
  const { ports, host } = settings;
  const wanted: [string, string, number][] = [
    ['PORT', host, ports.api],
    ['ADMIN_PORT', host, ports.apiAdmin],
    ['WORKER_ADMIN_PORT', host, ports.workerAdmin],
  ];
  if (!everyPartyIsTold(environment)) wanted.push(['SIM_PORT', '127.0.0.1', ports.simulators]);
  if (ports.postgres !== undefined && settings.databaseUrl === undefined) wanted.push(['POSTGRES_PORT', '127.0.0.1', ports.postgres]);
  const taken: string[] = [];
  for (const [name, address, port] of wanted)
    if (!(await isPortFree(address, port))) taken.push(`port ${port} is taken; set ${name} to a free one`);
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

/** Waits for all; the first failure gives up the others, which are waited for too, so that nothing comes up behind the caller's back. */
async function together<T extends unknown[]>(abort: AbortController, steps: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  try {
    return await Promise.all(steps);
  } catch (error) {
    abort.abort(error);
    await Promise.allSettled(steps);
    throw error;
  }
}

function adminUrl(settings: StackSettings, port: number): string {
  return `http://${reachableHost(settings.host)}:${port}`;
}

/** A server told to listen everywhere is reached on the loopback interface. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function inProject(path: string): string {
  return fileURLToPath(new URL(path, new URL('..', import.meta.url)));
}
