import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

/**
 * Run as a program: bundles the workflows into the file named by the first argument, in one rename. Further arguments: the
 * entry to bundle instead of this tree's, and modules of workflow interceptors to put in.
 */
const [codePath, workflowsPath, ...workflowInterceptorModules] = process.argv.slice(2);
if (codePath === undefined) throw new Error('write the path of the bundle to make');

const { code } = await bundleWorkflowCode({
  workflowsPath: workflowsPath ?? fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  workflowInterceptorModules,
  logger: { log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: console.warn, error: console.error },
});
const draft = `${codePath}.${randomUUID()}`;
writeFileSync(draft, code);
renameSync(draft, codePath);
