import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { type Part, type Stopping, startPart } from './part.ts';
import { isListening, isPortFree } from '../worker/free-port.ts';
import type { LogLine } from './programs/program-search.ts';
import { readTemporalDevSettings, type TemporalDevSettings } from './temporal-compose.ts';
import { waitFor } from './waiting.ts';

const READY_LIMIT_MS = 60_000;
const CALL_LIMIT_MS = 3_000;
const HOST = '127.0.0.1';
const STOPPING: Stopping = [{ signal: 'SIGTERM', limitMs: 2_000 }];

/**
 * `dataDir` is `DATA_DIR`, without it nothing is kept. `uiPort` is `port + 1000` unless told. `namespace` is one more than the Compose file's.
 * The signal gives up a start that is under way.
 */
export type TemporalOptions = {
  cliPath: string;
  dataDir?: string;
  port: number;
  uiPort?: number;
  namespace?: string;
  settings?: TemporalDevSettings;
  onLine?: LogLine;
  signal?: AbortSignal;
};

/** A running Temporal development server, listening on 127.0.0.1 alone. */
export type EmbeddedTemporal = Part & { address: string; uiUrl: string; namespace: string };

/**
 * Starts `temporal server start-dev` with the flags of `temporal-dev.yml`, its database under `DATA_DIR`, and answers when it is healthy, its
 * namespace is there and keeps closed workflows as long as the file says. Throws when a port is taken or with the server's last words.
 */
export async function startTemporal(options: TemporalOptions): Promise<EmbeddedTemporal> {
  const { port, uiPort = port + 1000, onLine = () => {}, signal } = options;
  const settings = options.settings ?? (await readTemporalDevSettings());
  await requireFreePorts(port, uiPort);
  const namespace = options.namespace ?? settings.namespace;
  const part = await startPart({
    name: 'Temporal',
    file: options.cliPath,
    args: await serverArguments({ ...options, uiPort }, settings),
    environment: process.env,
    stopping: STOPPING,
    runDir: options.dataDir === undefined ? undefined : join(options.dataDir, 'run'),
    onLine,
  });
  try {
    await becomeReady(part, port, { namespace, retentionMs: settings.retentionMs, signal });
  } catch (error) {
    await part.stop();
    throw error;
  }
  return { ...part, address: `${HOST}:${port}`, uiUrl: `http://${HOST}:${uiPort}`, namespace };
}

async function requireFreePorts(port: number, uiPort: number): Promise<void> {
  for (const wanted of [port, uiPort]) {
    if (await isPortFree(HOST, wanted)) continue;
    throw new Error(
      `Temporal: port ${wanted} is taken; set TEMPORAL_PORT to a free one (its UI takes the one 1000 above), or TEMPORAL_ADDRESS to the server that is there`,
    );
  }
}

async function serverArguments(options: TemporalOptions & { uiPort: number }, settings: TemporalDevSettings): Promise<string[]> {
  const args = [
    'server',
    'start-dev',
    `--ip=${HOST}`,
    `--port=${options.port}`,
    `--ui-port=${options.uiPort}`,
    '--log-level=error',
    ...settings.flags,
  ];
  if (options.namespace !== undefined && options.namespace !== settings.namespace) args.push(`--namespace=${options.namespace}`);
  if (options.dataDir === undefined) return args;
  const folder = resolve(options.dataDir, 'temporal');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return [...args, `--db-filename=${join(folder, 'temporal.db')}`];
}

type Wanted = { namespace: string; retentionMs: number; signal: AbortSignal | undefined };

async function becomeReady(part: Part, port: number, wanted: Wanted): Promise<void> {
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const address = `${HOST}:${port}`;
  // Connecting too early would cost a second: the client waits that long after a refused connection.
  await waitFor(async () => ended || (await isListening(HOST, port)), READY_LIMIT_MS, wanted.signal);
  const connection = Connection.lazy({ address });
  try {
    const isReady = () => connection.withDeadline(Date.now() + CALL_LIMIT_MS, () => keepsClosedFor(connection, wanted)).catch(() => false);
    const ready = await waitFor(async () => ended || isReady(), READY_LIMIT_MS, wanted.signal);
    if (ended || ready !== true) throw new Error(`Temporal did not start on ${address}:\n${part.lastLines().join('\n')}`);
  } finally {
    await connection.close();
  }
}

/** Throws while the server does not know the namespace yet; lengthens its retention where it is shorter than wanted. */
async function keepsClosedFor(connection: Connection, { namespace, retentionMs }: Wanted): Promise<boolean> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const presentMs = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
  if (presentMs < retentionMs) {
    await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: msToTs(retentionMs) } });
  }
  return true;
}
