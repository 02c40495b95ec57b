/**
 * `npm run build`: everything production needs beside `package.json` and the production dependencies, in `dist/` or the folder of
 * `-- --out-dir FOLDER`: the compiled programs and commands, the workflow bundle, the migrations and the console's pages. `--without-console` leaves those out,
 * `--unchecked` the types, which are most of the work and are `npm run check`'s too.
 */
import { cp, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { builtBundleName, bundleInto } from '../worker/bundle.ts';
import { buildConsole } from './console-build.ts';
import { runCommand } from './programs/run-command.ts';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const { values: told } = parseArgs({
  options: { 'out-dir': { type: 'string' }, 'without-console': { type: 'boolean' }, unchecked: { type: 'boolean' } },
});
const DIST_DIR = told['out-dir'] === undefined ? join(PROJECT_DIR, 'dist') : resolve(told['out-dir']);
const BUNDLES = [{ sealed: false }, { sealed: true }];
const COMPILE_LIMIT_MS = 5 * 60_000;

const steps: [string, () => Promise<unknown>][] = [
  [`clearing ${DIST_DIR}`, clear],
  ['compiling', compile],
  ['bundling the workflows', bundleWorkflows],
  [
    'copying the migrations',
    () => cp(join(PROJECT_DIR, 'store', 'migrations'), join(DIST_DIR, 'store', 'migrations'), { recursive: true }),
  ],
  [
    'copying the page of the simulators',
    () => cp(join(PROJECT_DIR, 'simulators', 'control', 'page.html'), join(DIST_DIR, 'simulators', 'control', 'page.html')),
  ],
];
if (told['without-console'] !== true) steps.push(['building the console', () => buildConsole(process.env, join(DIST_DIR, 'console'))]);

for (const [what, act] of steps) {
  process.stdout.write(`${what}\n`);
  await act();
}

/** Somebody's own files are never cleared away: a folder that holds some has to be one that was built into. */
async function clear(): Promise<void> {
  const present: string[] = await readdir(DIST_DIR).catch(() => []);
  if (told['out-dir'] !== undefined && present.length > 0 && !present.includes(builtBundleName({ sealed: false }))) {
    throw new Error(`${DIST_DIR} holds something else than an earlier build: name a new or empty folder`);
  }
  await rm(DIST_DIR, { recursive: true, force: true });
}

function compile(): Promise<string> {
  const compiler = join(PROJECT_DIR, 'node_modules', 'typescript7', 'bin', 'tsc');
  const args = [compiler, '-p', join(PROJECT_DIR, 'dev', 'tsconfig.build.json'), '--outDir', DIST_DIR];
  if (told.unchecked === true) args.push('--noCheck');
  return runCommand(process.execPath, args, { timeoutMs: COMPILE_LIMIT_MS, environment: process.env, cwd: PROJECT_DIR });
}

async function bundleWorkflows(): Promise<void> {
  const warn = (message: string) => void process.stderr.write(`${message}\n`);
  for (const kind of BUNDLES) await bundleInto(join(DIST_DIR, builtBundleName(kind)), { ...kind, warn });
}
