import type { Client } from '@temporalio/client';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { INTERCEPT_WORKFLOW } from '../workflows/messages.ts';

/** The code in this tree cannot carry on the named cases: their histories do not replay. */
export class UnreplayableCases extends Error {
  override name = 'UnreplayableCases';
}

/**
 * Replays the history of every open intercept with this code before any task is taken, and throws naming the cases
 * that fail: better no worker than one that wedges them.
 */
export async function replayOpenRuns(client: Client, workflowBundle: WorkflowBundleOption): Promise<number> {
  const histories = client.workflow
    .list({ query: `WorkflowType = '${INTERCEPT_WORKFLOW}' AND ExecutionStatus = 'Running'` })
    .intoHistories({ concurrency: 5 });
  const failed: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    replayed += 1;
    if (error !== undefined) failed.push(`${workflowId}: ${error.message}`);
  }
  if (failed.length > 0) {
    throw new UnreplayableCases(
      `The code does not fit ${failed.length} open case(s); run the version that started them, or make the change behind patched():\n${failed.join('\n')}`,
    );
  }
  return replayed;
}
