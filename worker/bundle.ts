import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';

/** The workflows as a worker loads them: the file `npm run build` made, or, run from the sources, bundled now (about 2 s). */
export async function loadWorkflowBundle(log: Logger): Promise<WorkflowBundleOption> {
  const built = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  if (existsSync(built)) return { codePath: built };
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  const child = log.child({ part: 'bundler' });
  const quiet = {
    log() {},
    trace() {},
    debug() {},
    info() {},
    warn: (message: string) => child.warn(message),
    error: (message: string) => child.error(message),
  };
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  return { code };
}
