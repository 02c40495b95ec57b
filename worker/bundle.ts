import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';
import { KEPT_DIR, keepBundle } from './kept-bundle.ts';

const ENTRY = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
/** Part of every bundle: they hand traces on, and let a replay tell what the run recorded. */
const INTERCEPTORS = ['trace-context', 'tell-records'].map((name) => fileURLToPath(new URL(`../workflows/${name}.ts`, import.meta.url)));
const FAILURE_CONVERTER = fileURLToPath(new URL('../workflows/failure-converter.ts', import.meta.url));
/** What `npm run build` made, beside the compiled worker. */
const BUILT_DIR = fileURLToPath(new URL('..', import.meta.url));

export interface BundleKind {
  /** Whether the workflows put the words of a failure where a codec seals them: nobody could read them without a key. */
  sealed: boolean;
}

/** The file of a build that holds the workflows. */
export function builtBundleName({ sealed }: BundleKind): string {
  return sealed ? 'workflow-bundle-sealed.js' : 'workflow-bundle.js';
}

/** The workflows as a worker loads them: the file `npm run build` made, or, run from the sources, one bundled when they last changed. */
export async function loadWorkflowBundle(log: Logger, kind: BundleKind): Promise<WorkflowBundleOption> {
  const built = join(BUILT_DIR, builtBundleName(kind));
  if (existsSync(built)) return { codePath: built };
  const child = log.child({ part: 'bundler' });
  return keepBundle(KEPT_DIR, kind, (path) => bundleInto(path, { ...kind, warn: (message) => child.warn(message) }));
}

/**
 * Bundles the workflows into a file, in one rename. Our modules are loaded once a thread and not once a case: they hold no state, and a case
 * in the cache is half as large. Of the source map a stack trace needs the lines, not the text.
 */
export async function bundleInto(
  path: string,
  {
    sealed,
    warn,
    entry = ENTRY,
    interceptorModules = [],
  }: BundleKind & { warn: (message: string) => void; entry?: string; interceptorModules?: string[] },
): Promise<void> {
  const options: BundleOptions = {
    workflowsPath: entry,
    workflowInterceptorModules: [...INTERCEPTORS, ...interceptorModules],
    ...(sealed && { failureConverterPath: FAILURE_CONVERTER }),
    preloadModules: ['@temporalio/workflow', entry],
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn, error: warn },
  };
  const { code } = await bundleWorkflowCode(options);
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, code);
  await rename(draft, path);
}
