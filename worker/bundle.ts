import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = join(PROJECT_DIR, 'workflows', 'index.ts');
/** What `npm run build` made, beside the compiled worker. */
const BUILT = join(PROJECT_DIR, 'workflow-bundle.js');
/** Where bundles of the sources are kept. */
export const KEPT_DIR = join(PROJECT_DIR, 'node_modules', '.cache', 'refund-intercept');

/** The workflows as a worker loads them: the file `npm run build` made, or, run from the sources, one bundled when they last changed. */
export async function loadWorkflowBundle(log: Logger): Promise<WorkflowBundleOption> {
  if (existsSync(BUILT)) return { codePath: BUILT };
  const child = log.child({ part: 'bundler' });
  const warn = (message: string) => child.warn(message);
  return keepBundle(KEPT_DIR, (path) => bundleInto(path, { warn }));
}

/**
 * Bundles the workflows into a file, in one rename. Our modules are loaded once a thread and not once a case: they hold no state, and a case
 * in the cache is half as large. Of the source map a stack trace needs the lines, not the text.
 */
export async function bundleInto(
  path: string,
  { warn, entry = ENTRY, interceptorModules = [] }: { warn: (message: string) => void; entry?: string; interceptorModules?: string[] },
): Promise<void> {
  const options: BundleOptions = {
    workflowsPath: entry,
    workflowInterceptorModules: interceptorModules,
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

/** The bundle of today's sources in a folder of such bundles: made by `bundle` unless it is there. Bundles of other sources go. */
export async function keepBundle(folder: string, bundle: (path: string) => Promise<void>): Promise<{ codePath: string }> {
  const codePath = join(folder, `workflow-bundle-${fingerprint()}.js`);
  if (existsSync(codePath)) return { codePath };
  await bundle(codePath);
  const others = (await readdir(folder)).filter((name) => /^workflow-bundle-\w+\.js$/.test(name) && name !== basename(codePath));
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
  return { codePath };
}

/** A digest over everything the bundle is made of. */
function fingerprint(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const digest = createHash('sha256').update(version);
  const files = globSync(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: PROJECT_DIR }).filter((file) => !file.endsWith('.test.ts'));
  for (const file of [...files.sort(), 'worker/bundle.ts']) digest.update(`\0${file}\0`).update(readFileSync(join(PROJECT_DIR, file)));
  return digest.digest('hex').slice(0, 24);
}
