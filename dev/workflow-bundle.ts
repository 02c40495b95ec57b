import { fileURLToPath } from 'node:url';
import { KEPT_DIR, keepBundle } from '../worker/kept-bundle.ts';
import type { Environment } from './programs/executables.ts';
import type { LogLine } from './programs/program-search.ts';
import { runCommand } from './programs/run-command.ts';
import { readSetting } from './settings.ts';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const BUNDLER = fileURLToPath(new URL('bundle-workflows.ts', import.meta.url));
const BUNDLE_LIMIT_MS = 2 * 60_000;

/** Makes sure a worker run from the sources finds its bundle. In a process of its own: the bundler takes more memory than the worker. */
export async function ensureWorkflowBundle(environment: Environment, log: LogLine): Promise<void> {
  const sealed = readSetting(environment, 'TEMPORAL_PAYLOAD_KEYS') !== undefined;
  await keepBundle(KEPT_DIR, { sealed }, (path) => {
    log('bundling the workflows (once, and after changes to them)');
    return runCommand(process.execPath, [BUNDLER, path, ...(sealed ? ['--sealed'] : [])], {
      timeoutMs: BUNDLE_LIMIT_MS,
      environment,
      cwd: PROJECT_DIR,
    });
  });
}
