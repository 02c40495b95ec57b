/**
 * `npm run build`: everything production needs, in `dist/`: the compiled programs, the workflow bundle, the migrations and the console's pages.
 */
import { existsSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { buildConsole } from './console-build.ts';
import { runCommand } from './programs/run-command.ts';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const DIST_DIR = join(PROJECT_DIR, 'dist');
const COMPILE_LIMIT_MS = 5 * 60_000;

const steps: [string, () => Promise<unknown>][] = [
  ['clearing dist', () => rm(DIST_DIR, { recursive: true, force: true })],
  ['compiling', compile],
  ['bundling the workflows', bundleWorkflows],
  [
    'copying the migrations',
    () => cp(join(PROJECT_DIR, 'store', 'migrations'), join(DIST_DIR, 'store', 'migrations'), { recursive: true }),
  ],
  [
    'building the console',
    () => (existsSync(join(PROJECT_DIR, 'console', 'vite.config.ts')) ? buildConsole(process.env) : Promise.resolve()),
  ],
];

for (const [what, act] of steps) {
  process.stdout.write(`${what}\n`);
  await act();
}

function compile(): Promise<string> {
  const compiler = join(PROJECT_DIR, 'node_modules', 'typescript7', 'bin', 'tsc');
  const args = [compiler, '-p', join(PROJECT_DIR, 'dev', 'tsconfig.build.json')];
  return runCommand(process.execPath, args, { timeoutMs: COMPILE_LIMIT_MS, environment: process.env, cwd: PROJECT_DIR });
}

async function bundleWorkflows(): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath: join(PROJECT_DIR, 'workflows', 'index.ts') });
  await writeFile(join(DIST_DIR, 'workflow-bundle.js'), code);
}
