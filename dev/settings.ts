import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptPort } from '../worker/free-port.ts';
import type { Environment } from './programs/executables.ts';

/** Ports of the stack's parts. PostgreSQL takes any free one unless told. */
export type StackPorts = {
  api: number;
  apiAdmin: number;
  workerAdmin: number;
  temporal: number;
  temporalUi: number;
  simulators: number;
  postgres: number | undefined;
};

/** What the runner itself reads from the environment; everything else is read by the parts. */
export type StackSettings = {
  host: string;
  dataDir: string;
  ports: StackPorts;
  /** Set: nothing is started in its place. */
  databaseUrl: string | undefined;
  /** Whether the environment names a Temporal of its own. */
  temporalTold: boolean;
  temporalNamespace: string | undefined;
  demoApiKey: string | undefined;
  dataKey: string | undefined;
  verbose: boolean;
};

const HIGHEST_PORT = 65_535;
const PORT_DEFAULTS = { PORT: 8080, ADMIN_PORT: 9090, WORKER_ADMIN_PORT: 9091, TEMPORAL_PORT: 7233, SIM_PORT: 8090 };

/** The text of a variable, or of the file `NAME_FILE` names; `undefined` when neither is set. Throws when the file cannot be read. */
export function readSetting(environment: Environment, name: string): string | undefined {
  const path = environment[`${name}_FILE`];
  if (path !== undefined && path !== '') {
    try {
      return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      throw new Error(`${name}_FILE: the file ${path} cannot be read`, { cause });
    }
  }
  const value = environment[name];
  return value === undefined || value.trim() === '' ? undefined : value;
}

/**
 * Reads the runner's settings. A port written as 0 becomes a free one (Temporal's UI port too, which else is `TEMPORAL_PORT + 1000`).
 * Throws one error that names every bad variable.
 */
export async function readStackSettings(environment: Environment): Promise<StackSettings> {
  const bad: string[] = [];
  const ports = await readPorts(environment, bad);
  const readOptional = (name: string) => {
    try {
      return readSetting(environment, name);
    } catch (error) {
      bad.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const settings = {
    host: readOptional('HOST') ?? '127.0.0.1',
    dataDir: resolve(readOptional('DATA_DIR') ?? '.data'),
    ports,
    databaseUrl: readOptional('DATABASE_URL'),
    temporalTold: ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => readOptional(name) !== undefined),
    temporalNamespace: readOptional('TEMPORAL_NAMESPACE'),
    demoApiKey: readOptional('DEMO_API_KEY'),
    dataKey: readOptional('DATA_KEY'),
    verbose: ['trace', 'debug'].includes(readOptional('LOG_LEVEL') ?? 'info'),
  };
  if (bad.length > 0) throw new Error(`The settings cannot be used:\n${bad.map((line) => `  ${line}`).join('\n')}`);
  return settings;
}

async function readPorts(environment: Environment, bad: string[]): Promise<StackPorts> {
  const chosen = new Set<number>();
  const any = async () => {
    for (;;) {
      const port = await keptPort();
      if (chosen.has(port)) continue;
      chosen.add(port);
      return port;
    }
  };
  const read = async (name: keyof typeof PORT_DEFAULTS) => {
    const port = readPort(environment, name, bad) ?? PORT_DEFAULTS[name];
    return port === 0 ? any() : port;
  };
  const temporal = await read('TEMPORAL_PORT');
  if (temporal + 1000 > HIGHEST_PORT && environment['TEMPORAL_PORT'] !== '0')
    bad.push(`TEMPORAL_PORT: ${temporal} leaves no port 1000 above it for the UI`);
  const postgres = readPort(environment, 'POSTGRES_PORT', bad);
  return {
    api: await read('PORT'),
    apiAdmin: await read('ADMIN_PORT'),
    workerAdmin: await read('WORKER_ADMIN_PORT'),
    temporal,
    temporalUi: environment['TEMPORAL_PORT'] === '0' ? await any() : temporal + 1000,
    simulators: await read('SIM_PORT'),
    postgres: postgres === 0 ? undefined : postgres,
  };
}

function readPort(environment: Environment, name: string, bad: string[]): number | undefined {
  const text = readSetting(environment, name);
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  bad.push(`${name}: "${text}" is not a port; write a number from 0 (any free one) to ${HIGHEST_PORT}`);
  return undefined;
}
