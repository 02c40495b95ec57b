import { join } from 'node:path';
import { type Part, type Stopping, startPart } from './part.ts';
import type { Environment } from './programs/executables.ts';
import type { LogLine } from './programs/program-search.ts';
import { endingOf } from './readiness.ts';
import { waitFor } from './waiting.ts';

const READY_LIMIT_MS = 60_000;
const ASK_LIMIT_MS = 5_000;
const STOPPING: Stopping = [{ signal: 'SIGTERM', limitMs: 1_000 }];

/** `entry` is the simulators' main file, `webhookBase` where they push to. */
export type SimulatorsOptions = {
  entry: string;
  dataDir: string;
  port: number;
  webhookBase: string;
  environment: Environment;
  onLine: LogLine;
  signal?: AbortSignal;
};

/** The running simulators: where they are, and every variable that lets the product talk to them. */
export type Simulators = Part & { url: string; variables: Record<string, string> };

/** Starts the simulators of the carriers and the platform and answers when they listen. Throws with their last words. */
export async function startSimulators(options: SimulatorsOptions): Promise<Simulators> {
  let url: string | undefined;
  let ended = false;
  const part = await startPart({
    name: 'simulators',
    file: process.execPath,
    args: [options.entry],
    environment: {
      ...options.environment,
      SIM_PORT: String(options.port),
      SIM_WEBHOOK_BASE: options.webhookBase,
      SIM_STATE_FILE: join(options.dataDir, 'simulators', 'state.json'),
    },
    stopping: STOPPING,
    runDir: join(options.dataDir, 'run'),
    onLine: (line) => {
      const announced = listeningUrl(line);
      if (announced === undefined) options.onLine(line);
      url ??= announced;
    },
  });
  void part.exited.then(() => {
    ended = true;
  });
  try {
    await waitFor(async () => url !== undefined || ended, READY_LIMIT_MS, options.signal);
    if (ended) throw new Error(await endingOf(part));
    if (url === undefined) throw new Error(`the simulators did not listen within ${READY_LIMIT_MS / 1000} s`);
    return { ...part, url, variables: await askVariables(url) };
  } catch (error) {
    await part.stop();
    throw error;
  }
}

/** The address out of the one line `{"listening": "http://…"}` they print. */
function listeningUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const message: unknown = JSON.parse(line);
    const named = typeof message === 'object' && message !== null && 'listening' in message;
    return named && typeof message.listening === 'string' ? message.listening : undefined;
  } catch {
    return undefined;
  }
}

async function askVariables(url: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/sim/credentials`, { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
  const answer: unknown = await response.json();
  const variables = typeof answer === 'object' && answer !== null && 'env' in answer ? answer.env : undefined;
  if (!response.ok || typeof variables !== 'object' || variables === null)
    throw new Error(`${url}/sim/credentials answered ${response.status} without "env"`);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
