import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLES = join(tmpdir(), `refund-intercept-bundles-${userInfo().uid}`);
const BUNDLER = join(import.meta.dirname, 'bundle-workflows.ts');

/**
 * The workflows' bundle as the worker runs it, for `Worker.create({workflowBundle})`. Made once for a content of
 * `workflows/` and `domain/` and kept in the temporary folder, so that the test files of a run and of the next share it.
 */
export async function workflowBundle(folder = BUNDLES): Promise<{ codePath: string }> {
  const codePath = join(folder, `${contentHash()}.js`);
  if (!existsSync(codePath)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await bundleAt(codePath);
  }
  return { codePath };
}

/** Bundles into a file: this tree's workflows, or another entry, with modules of workflow interceptors if any are named. */
export async function bundleAt(codePath: string, workflowsPath?: string, interceptorModules: string[] = []): Promise<{ codePath: string }> {
  const entry = workflowsPath ?? join(ROOT, 'workflows/index.ts');
  // A process of its own: the bundler is a hundred modules that Jest would load anew for each test file.
  await promisify(execFile)(process.execPath, [BUNDLER, codePath, entry, ...interceptorModules], { cwd: ROOT });
  return { codePath };
}

function contentHash(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const hash = createHash('sha256').update(version);
  const files = globSync(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
  for (const file of [...files.sort(), 'test/support/bundle-workflows.ts'])
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 24);
}
