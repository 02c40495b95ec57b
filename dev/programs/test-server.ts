import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../worker/free-port.ts';
import { waitFor } from '../waiting.ts';
import { type Environment, findOnPath, isExecutable, toldBy } from './executables.ts';
import { fetchCacheDir, publishFolder } from './fetch-cache.ts';
import { type SearchOutcome, searchProgram } from './program-search.ts';
import { CONNECT_LIMIT_MS } from './reachability.ts';
import { runCommand } from './run-command.ts';
import { downloadThroughSdk, SDK_TEST_SERVER_FOLDER } from './sdk-download.ts';
import type { FindOptions } from './temporal-cli.ts';

const PROGRAM = 'temporal-test-server';
const POM = fileURLToPath(new URL('./test-server/pom.xml', import.meta.url));
const MAVEN_FOLDER = 'temporal-test-server-1.38.0-archived';
/** Given to Maven, so that a repository that does not answer costs seconds and not minutes. */
const PATIENCE = [`-Daether.connector.connectTimeout=${CONNECT_LIMIT_MS}`, '-Dmaven.wagon.http.retryHandler.count=1'];
const OLDEST_JAVA = 11;
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const ARCHIVE_LIMIT_MS = 120_000;
const ARCHIVE = 'classes.jsa';

/**
 * The SDK kills only the process it started and gives it 5 s to listen: hence `exec` and a JVM set up for a fast start. Its archive of classes
 * holds for the class path as it was written, hence the relative one. A JVM that the archive is not for starts without it.
 */
const LAUNCHER = `#!/bin/sh
CDPATH= cd -- "\${0%/*}" || exit 1
[ -f ${ARCHIVE} ] && archived="-XX:SharedArchiveFile=${ARCHIVE} -Xlog:disable"
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto $archived -cp 'lib/*' io.temporal.testserver.TestServer "$@"
`;

/**
 * The path of Temporal's time-skipping test server, looked for in the order README promises: told by `TEMPORAL_TEST_SERVER_PATH`, on `PATH`,
 * fetched earlier, fetched now from Maven Central (needs JDK 11 or later and Maven), fetched now by the SDK. Throws `ProgramNotFoundError`.
 */
export function findTestServer({ environment, log }: FindOptions): Promise<string> {
  const cacheDir = fetchCacheDir(environment);
  return searchProgram({
    name: 'Temporal test server',
    log,
    advice: 'install a JDK (11 or later) and Maven, for example: apt-get install -y openjdk-17-jdk-headless maven',
    steps: [
      { place: 'TEMPORAL_TEST_SERVER_PATH', attempt: () => toldBy('TEMPORAL_TEST_SERVER_PATH', environment) },
      { place: 'PATH', attempt: () => serverOnPath(environment) },
      { place: 'fetched earlier', attempt: () => cachedServer(cacheDir, environment) },
      { place: 'fetching from Maven Central', attempt: () => serverFromMaven(cacheDir, environment) },
      { place: "fetching with the SDK's own download", attempt: () => serverFromSdk(cacheDir, environment) },
    ],
  });
}

async function serverOnPath(environment: Environment): Promise<SearchOutcome<string>> {
  const path = await findOnPath([PROGRAM], environment);
  return path === undefined ? { kind: 'MISSING', reason: `no "${PROGRAM}" there` } : { kind: 'FOUND', program: path };
}

async function cachedServer(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  const launcher = join(cacheDir, MAVEN_FOLDER, PROGRAM);
  const native = join(cacheDir, SDK_TEST_SERVER_FOLDER, PROGRAM);
  if (await isExecutable(native)) return { kind: 'FOUND', program: native };
  if (!(await isExecutable(launcher))) return { kind: 'MISSING', reason: `nothing in ${cacheDir}` };
  await requireJava(environment);
  return { kind: 'FOUND', program: launcher };
}

async function serverFromMaven(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  await requireJava(environment);
  const maven = await findOnPath(['mvn'], environment);
  if (maven === undefined) return { kind: 'MISSING', reason: 'needs Maven; no "mvn" on PATH' };
  const folder = await publishFolder(cacheDir, MAVEN_FOLDER, (stagingDir) => copyJars(maven, stagingDir, environment));
  return { kind: 'FOUND', program: join(folder, PROGRAM) };
}

async function copyJars(maven: string, targetDir: string, environment: Environment): Promise<void> {
  const libDir = join(targetDir, 'lib');
  const args = [
    '--quiet',
    '--batch-mode',
    '--strict-checksums',
    '--file',
    POM,
    ...PATIENCE,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${libDir}`,
  ];
  // It runs for seconds: its second compiler costs more than it gains.
  const options = `-XX:TieredStopAtLevel=1 ${environment['MAVEN_OPTS'] ?? ''}`;
  await runCommand(maven, args, { timeoutMs: DOWNLOAD_LIMIT_MS, environment: { ...environment, MAVEN_OPTS: options } });
  if (!(await readdir(libDir)).some((name) => name.startsWith(PROGRAM)))
    throw new Error('Maven ended without an error but did not copy the server');
  const launcher = join(targetDir, PROGRAM);
  await writeFile(launcher, LAUNCHER);
  await chmod(launcher, 0o755);
  await archiveClasses(targetDir, environment);
}

/**
 * Lets the server once load its classes and keep them: it then listens in a third of the time. A JVM before 13 cannot; nothing is kept then, and
 * the server starts as it is.
 */
async function archiveClasses(targetDir: string, environment: Environment): Promise<void> {
  const archive = join(targetDir, ARCHIVE);
  const port = await freePort();
  const options = `${environment['JAVA_TOOL_OPTIONS'] ?? ''} -XX:ArchiveClassesAtExit=${archive}`;
  const server = spawn(join(targetDir, PROGRAM), [String(port)], { env: { ...environment, JAVA_TOOL_OPTIONS: options }, stdio: 'ignore' });
  const limit = AbortSignal.timeout(ARCHIVE_LIMIT_MS);
  const ended = once(server, 'exit', { signal: limit });
  try {
    await Promise.race([ended, waitFor(() => isListening(port), ARCHIVE_LIMIT_MS, limit)]);
    server.kill('SIGTERM');
    await ended;
  } catch {
    server.kill('SIGKILL');
    await rm(archive, { force: true });
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function serverFromSdk(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  const folder = await publishFolder(cacheDir, SDK_TEST_SERVER_FOLDER, (stagingDir) =>
    downloadThroughSdk(PROGRAM, stagingDir, environment),
  );
  return { kind: 'FOUND', program: join(folder, PROGRAM) };
}

async function requireJava(environment: Environment): Promise<void> {
  const home = environment['JAVA_HOME'];
  const java = home !== undefined && home !== '' ? join(home, 'bin', 'java') : 'java';
  const answer = await runCommand(java, ['-version'], { timeoutMs: 20_000, environment }).catch(() => {
    throw new Error(`needs Java ${OLDEST_JAVA} or later; "${java}" does not run`);
  });
  const version = /version "(?:1\.)?(\d+)/.exec(answer)?.[1];
  if (version === undefined || Number(version) < OLDEST_JAVA)
    throw new Error(`needs Java ${OLDEST_JAVA} or later; ${java} is ${version ?? 'of unknown version'}`);
}
