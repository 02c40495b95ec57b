import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { installQuietRuntime } from '../support/quiet-runtime.ts';
import { isSettled, type JsonHistory } from './saved-history.ts';

/**
 * Replays one history; null when the code fits it, else why not. A history whose last workflow task is not completed is
 * refused: the replayer says nothing of a task that fails at the end.
 */
export async function replay(workflowBundle: WorkflowBundleOption, history: JsonHistory): Promise<string | null> {
  if (!isSettled(history.events)) return 'the last workflow task is not completed: replaying would not check it';
  installQuietRuntime();
  try {
    await Worker.runReplayHistory({ workflowBundle }, history, 'replayed');
    return null;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
