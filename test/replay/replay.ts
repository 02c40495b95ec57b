import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { installQuietRuntime } from '../support/quiet-runtime.ts';
import { isSettled, type JsonHistory } from './saved-history.ts';

/** Replays histories one after another; the workflows are loaded once for all of them. */
export interface Replayer {
  /** Throws the SDK's own error when the code does not fit the history. */
  run(history: JsonHistory): Promise<void>;
  /**
   * Null when the code fits the history, else why not. A history whose last workflow task is not completed is
   * refused: the replayer says nothing of a task that fails at the end.
   */
  replay(history: JsonHistory): Promise<string | null>;
  close(): Promise<void>;
}

export function openReplayer(options: Pick<ReplayWorkerOptions, 'workflowBundle' | 'sinks'>): Replayer {
  installQuietRuntime();
  const asked: JsonHistory[] = [];
  function* histories() {
    for (let history = asked.shift(); history !== undefined; history = asked.shift()) yield { workflowId: 'replayed', history };
  }
  // In a thread of its own: in this one the SDK would from then on look at every promise of the process, and all later test files took a tenth longer.
  const inThread = { ...options, debugMode: false };
  const results = Worker.runReplayHistories(inThread, histories());
  const run = async (history: JsonHistory): Promise<void> => {
    asked.push(history);
    const { value, done } = await results.next();
    if (done === true) throw new Error('the replayer has ended');
    if (value.runId !== runIdOf(history)) throw new Error(`the replayer answered of the run ${value.runId}`);
    if (value.error !== undefined) throw value.error;
  };
  return {
    run,
    async replay(history) {
      if (!isSettled(history.events)) return 'the last workflow task is not completed: replaying would not check it';
      try {
        await run(history);
        return null;
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    },
    close: async () => void (await results.return?.(undefined)),
  };
}

function runIdOf({ events: [started] }: JsonHistory): string | undefined {
  return (started?.['workflowExecutionStartedEventAttributes'] as { originalExecutionRunId?: string } | undefined)?.originalExecutionRunId;
}
