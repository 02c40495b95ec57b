import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, findOnPath, isExecutable, toldBy } from './executables.ts';
import { fetchCacheDir, publishFolder } from './fetch-cache.ts';
import { type SearchOutcome, searchProgram } from './program-search.ts';
import { runCommand } from './run-command.ts';
import type { FindOptions } from './temporal-cli.ts';

/** A browser of the Chromium family and the arguments it needs on this machine; both go into playwright's `chromium.launch`. */
export type ChromiumProgram = { executablePath: string; args: string[] };

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const PACKAGE = '@sparticuz/chromium';
const LAUNCHER = 'chromium-launcher';
const UNPACK_LIMIT_MS = 120_000;

/** The package brings the libraries a bare image lacks; they are used only where the browser does not run without them. */
const PLAIN_LAUNCHER = `#!/bin/sh
folder=$(CDPATH= cd -- "\${0%/*}" && pwd)
export FONTCONFIG_PATH="\${FONTCONFIG_PATH:-$folder/fonts}"
exec "$folder/chromium" "$@"
`;
const BARE_IMAGE_LAUNCHER = PLAIN_LAUNCHER.replace(
  'exec',
  'export LD_LIBRARY_PATH="$folder/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\nexec',
);

/**
 * A Chromium for the browser tests, looked for in the order README promises: told by `CHROME_PATH`, Chrome, Chromium or Edge on `PATH`, unpacked
 * earlier, unpacked now from the npm package (Linux x64 only). Throws `ProgramNotFoundError`.
 */
export function findChromium({ environment, log }: FindOptions): Promise<ChromiumProgram> {
  const cacheDir = fetchCacheDir(environment);
  return searchProgram({
    name: 'Chromium',
    log,
    advice: 'install Chrome, Chromium or Edge, for example: apt-get install -y chromium',
    steps: [
      { place: 'CHROME_PATH', attempt: async () => withArguments(await toldBy('CHROME_PATH', environment)) },
      { place: 'PATH', attempt: async () => withArguments(await installedBrowser(environment)) },
      { place: 'unpacked earlier', attempt: async () => withArguments(await unpackedBrowser(cacheDir)) },
      { place: `unpacking ${PACKAGE}`, attempt: async () => withArguments(await unpackBrowser(cacheDir, environment)) },
    ],
  });
}

function withArguments(outcome: SearchOutcome<string>): SearchOutcome<ChromiumProgram> {
  if (outcome.kind !== 'FOUND') return outcome;
  // Chromium refuses its sandbox to root, and containers rarely have what the sandbox needs or a /dev/shm that is large enough.
  const args = process.platform === 'linux' ? ['--no-sandbox', '--disable-dev-shm-usage'] : [];
  return { kind: 'FOUND', program: { executablePath: outcome.program, args } };
}

async function installedBrowser(environment: Environment): Promise<SearchOutcome<string>> {
  const onPath = await findOnPath(NAMES, environment);
  if (onPath !== undefined) return { kind: 'FOUND', program: onPath };
  for (const application of process.platform === 'darwin' ? MAC_APPLICATIONS : []) {
    if (await isExecutable(application)) return { kind: 'FOUND', program: application };
  }
  return { kind: 'MISSING', reason: 'no Chrome, Chromium or Edge there' };
}

async function unpackedBrowser(cacheDir: string): Promise<SearchOutcome<string>> {
  const launcher = join(cacheDir, await cacheFolder(), LAUNCHER);
  return (await isExecutable(launcher)) ? { kind: 'FOUND', program: launcher } : { kind: 'MISSING', reason: `nothing in ${cacheDir}` };
}

async function unpackBrowser(cacheDir: string, environment: Environment): Promise<SearchOutcome<string>> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { kind: 'MISSING', reason: `${PACKAGE} is for Linux x64, this is ${process.platform} ${process.arch}` };
  }
  const folder = await publishFolder(cacheDir, await cacheFolder(), (stagingDir) => unpackInto(stagingDir, environment));
  return { kind: 'FOUND', program: join(folder, LAUNCHER) };
}

async function unpackInto(targetDir: string, environment: Environment): Promise<void> {
  // The package unpacks into the folder for temporary files and keeps what it finds there, so it gets one of its own in a process of its own.
  const script = `await (await import(${JSON.stringify(pathToFileURL(packageEntry()).href)})).default.executablePath()`;
  const ownEnvironment = { ...environment, TMPDIR: targetDir, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
  await runCommand(process.execPath, ['--input-type=module', '--eval', script], {
    timeoutMs: UNPACK_LIMIT_MS,
    environment: ownEnvironment,
  });
  const launcher = join(targetDir, LAUNCHER);
  for (const text of [PLAIN_LAUNCHER, BARE_IMAGE_LAUNCHER]) {
    await rm(launcher, { force: true });
    await writeFile(launcher, text);
    await chmod(launcher, 0o755);
    if (await tellsItsVersion(launcher, environment)) return;
  }
  throw new Error(`the browser of ${PACKAGE} does not run on this system`);
}

function tellsItsVersion(launcher: string, environment: Environment): Promise<boolean> {
  return runCommand(launcher, ['--version'], { timeoutMs: 30_000, environment }).then(
    () => true,
    () => false,
  );
}

/** The package's version names the folder, so that an update unpacks its own browser. */
async function cacheFolder(): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(packageEntry(), '..', '..', 'package.json'), 'utf8'));
  if (typeof description === 'object' && description !== null && 'version' in description) return `chromium-${String(description.version)}`;
  throw new Error(`${PACKAGE} does not tell its version; run npm ci`);
}

function packageEntry(): string {
  return createRequire(import.meta.url).resolve(PACKAGE);
}
