import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openShopClient, type ShopClient } from '../../dev/demo/shop-client.ts';
import type { StackAddresses } from '../../dev/stack.ts';
import { waitFor } from '../../dev/waiting.ts';
import { watchPart } from '../../dev/watch-part.ts';
import { callControl } from '../../simulators/control/call.ts';
import { isPortFree } from '../../worker/free-port.ts';
import { databaseFolder } from './quick-folder.ts';
import { STACK_PARTS, type StackPart } from './stack-parts.ts';
import { checkInvariants } from './built-product.ts';

const ENTRY = join(import.meta.dirname, 'stack-process.ts');
const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 25_000;
const PORTS_LIMIT_MS = 30_000;

/** A running product in processes of its own, with a data directory that survives a kill. */
export interface RunningStack {
  addresses: StackAddresses;
  shop: ShopClient;
  /** The simulators' control. */
  control<T>(method: string, path: string, body?: object): Promise<T>;
  /** Everything its processes have logged. */
  log(): string;
  /** Sends a signal to one of its processes. */
  signal(part: StackPart, signal: NodeJS.Signals): void;
  /** `kill -9` of every process at once. */
  kill(): Promise<void>;
  /** Starts again on the same data, with some settings changed; the addresses stay. */
  restart(changes?: Record<string, string>): Promise<RunningStack>;
  /** Throws what of the service's promises its database breaks. */
  checkInvariants(): Promise<void>;
  stop(): Promise<void>;
  /** Stops what runs and removes the data. */
  remove(): Promise<void>;
}

/** Starts the product with the given settings on free ports, in a new data directory. */
export async function startRunningStack(settings: Record<string, string> = {}): Promise<RunningStack> {
  const dataDir = await databaseFolder('stack');
  const beginning = launch(dataDir, {
    PORT: '0',
    ADMIN_PORT: '0',
    WORKER_ADMIN_PORT: '0',
    TEMPORAL_PORT: '0',
    SIM_PORT: '0',
    SIM_DEMO: '1',
    SIM_PACE: '300',
    LOG_LEVEL: 'warn',
    ...settings,
  });
  return beginning.catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
}

interface Ready {
  addresses: StackAddresses;
  /** In the order of `STACK_PARTS`; null: it uses one that somebody else runs. */
  pids: (number | null)[];
}

async function launch(dataDir: string, settings: Record<string, string>): Promise<RunningStack> {
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, ...settings, DATA_DIR: dataDir, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logged: string[] = [];
  child.stderr.on('data', (data: Buffer) => void logged.push(data.toString()));
  // A test that is killed takes the stack with it.
  const unwatch = watchPart(child.pid ?? 0, [{ signal: 'SIGTERM', limitMs: STOP_LIMIT_MS }]);
  child.once('exit', unwatch);
  const { addresses, pids } = await untilReady(child).catch(async (error: unknown) => {
    // One that comes up late would hold the ports and the data of the next start.
    await end(child, 'SIGTERM');
    throw error;
  });
  const simulators = new URL(addresses.simulators ?? 'http://127.0.0.1').origin;
  const stop = () => end(child, 'SIGTERM');
  return {
    addresses,
    shop: openShopClient(addresses.api, addresses.demoApiKey ?? '', simulators),
    control: (method, path, body) => callControl(simulators, method, path, body),
    log: () => logged.join(''),
    signal(part, signal) {
      const pid = pids[STACK_PARTS.indexOf(part)];
      if (typeof pid !== 'number') throw new Error(`${part} is not one of the processes`);
      process.kill(pid, signal);
    },
    async kill() {
      for (const pid of [child.pid, ...pids]) if (typeof pid === 'number') process.kill(pid, 'SIGKILL');
      await end(child, 'SIGKILL');
    },
    async restart(changes = {}) {
      const ports = portsOf(addresses);
      const { TEMPORAL_PORT, ...own } = ports;
      await untilFree(Object.values(settings['TEMPORAL_ADDRESS'] === undefined ? { TEMPORAL_PORT, ...own } : own));
      return launch(dataDir, { ...settings, ...ports, ...changes });
    },
    checkInvariants: async () => void (await checkInvariants({ DATA_DIR: dataDir })),
    stop,
    async remove() {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function portsOf({ api, apiAdmin, workerAdmin, temporal, simulators }: StackAddresses): Record<string, string> {
  const port = (url: string | undefined) => new URL(url?.includes('://') ? url : `http://${url ?? ''}`).port;
  return {
    PORT: port(api),
    ADMIN_PORT: port(apiAdmin),
    WORKER_ADMIN_PORT: port(workerAdmin),
    TEMPORAL_PORT: port(temporal),
    SIM_PORT: port(simulators),
  };
}

/** While nothing of ours runs, its ports are anybody's on this machine who looks for a free one: other tests keep one for a while. */
async function untilFree(ports: (string | undefined)[]): Promise<void> {
  const areFree = async () => (await Promise.all(ports.map((port) => isPortFree('127.0.0.1', Number(port))))).every(Boolean);
  await waitFor(areFree, PORTS_LIMIT_MS);
}

async function untilReady(child: ChildProcess): Promise<Ready> {
  let output = '';
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said = `${said}${data.toString()}`.slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the stack was not ready within ${READY_LIMIT_MS} ms:\n${said}`)), READY_LIMIT_MS);
    child.once('exit', (code) => reject(new Error(`the stack ended with ${code}:\n${said}`)));
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      if (!output.includes('\n')) return;
      clearTimeout(timer);
      resolve(JSON.parse(output.slice(0, output.indexOf('\n'))) as Ready);
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit', { signal: AbortSignal.timeout(STOP_LIMIT_MS) });
  child.kill(signal);
  await exited;
}
