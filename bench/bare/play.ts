import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { bundleAt } from '../../test/support/workflow-bundle.ts';
import { readUsage } from '../process-usage.ts';
import { awaitAnswerUpdate, BARE_QUEUE, type bareCase, returningSignal } from './workflow.ts';

/** Bare cases on the product's own Temporal, by a worker process of their own. */
export interface BareCases {
  /** Plays so many, at most `inFlight` at once: how long all took, and what their worker used for one. */
  play(count: number, inFlight: number): Promise<{ tookMs: number; cpuMsPerCase: number }>;
  stop(): Promise<void>;
}

/** Starts the worker of bare cases; `folder` takes its bundle. */
export async function startBareCases(address: string, folder: string): Promise<BareCases> {
  const { codePath } = await bundleAt(join(folder, 'bare-bundle.js'), join(import.meta.dirname, 'workflow.ts'));
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const worker = await startWorker(address, codePath);
  return {
    async play(count, inFlight) {
      const before = await readUsage(worker.pid ?? 0);
      const startedAt = performance.now();
      let next = 0;
      await Promise.all(
        Array.from({ length: inFlight }, async () => {
          while (next++ < count) await playBareCase(client);
        }),
      );
      const tookMs = performance.now() - startedAt;
      const after = await readUsage(worker.pid ?? 0);
      return { tookMs, cpuMsPerCase: ((after?.cpuMs ?? Number.NaN) - (before?.cpuMs ?? Number.NaN)) / count };
    },
    async stop() {
      worker.kill('SIGTERM');
      if (worker.exitCode === null) await once(worker, 'exit');
      await connection.close();
    },
  };
}

async function startWorker(address: string, codePath: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), address, codePath], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(worker, 'exit').then(() => Promise.reject(new Error('the worker of bare cases ended by itself')));
  await Promise.race([once(worker.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return worker;
}

async function playBareCase(client: Client): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof bareCase>('bareCase', {
    workflowId: `bare:${randomUUID()}`,
    taskQueue: BARE_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  await client.workflow.executeUpdateWithStart(awaitAnswerUpdate, { startWorkflowOperation });
  const handle = await startWorkflowOperation.workflowHandle();
  await handle.signal(returningSignal);
  await handle.result();
}
