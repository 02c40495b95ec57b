import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KEPT_DIR, keepBundle } from '../../worker/kept-bundle.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLER = join(ROOT, 'dev', 'bundle-workflows.ts');

/** The workflows' bundle as the worker runs it, for `Worker.create({workflowBundle})`: made when the sources last changed. */
export function workflowBundle(folder = KEPT_DIR, kind = { sealed: false }): Promise<{ codePath: string }> {
  return keepBundle(folder, kind, (path) => bundleAt(path, '', kind.sealed ? ['--sealed'] : []));
}

/** Bundles into a file: this tree's workflows, or another entry, with modules of workflow interceptors or options of the bundler if any are named. */
export async function bundleAt(codePath: string, workflowsPath = '', more: string[] = []): Promise<{ codePath: string }> {
  // A process of its own: the bundler is a hundred modules that Jest would load anew for each test file.
  await promisify(execFile)(process.execPath, [BUNDLER, codePath, workflowsPath, ...more], { cwd: ROOT });
  return { codePath };
}
