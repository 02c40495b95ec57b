import { setTimeout as delay } from 'node:timers/promises';
import { type Client, type HistoryAndWorkflowId, WorkflowNotFoundError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';
import { type OpenRun, sampleRuns, unprovenRuns } from './open-runs.ts';

/** The code in this tree cannot carry on the named cases: their histories do not replay. */
export class UnreplayableCases extends Error {
  override name = 'UnreplayableCases';
}

/** Where the open runs are, and the code that is to carry them on. */
export interface OpenRuns {
  client: Client;
  workflowBundle: WorkflowBundleOption;
  dataConverter: DataConverter;
  /** As the worker tells the server with each task it completes. */
  buildId: string;
}

/** A run that does not replay, and why. */
export interface UnreplayableRun {
  workflowId: string;
  message: string;
}

/** How long the start may be held up by more than one run of each kind. */
const SAMPLE_BUDGET_MS = 1_500;
/** Beside polling, a replay is followed by a rest of so many times its length. */
const REST_PER_WORK = 4;

/**
 * Replays a sample of the open runs this code has not carried yet, of every kind at least one, before any task is taken. Throws naming
 * the cases that fail: better no worker than one that wedges them. Answers the runs it looked at; none after a start with the same code.
 */
export async function replaySample(runs: OpenRuns): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const until = performance.now() + SAMPLE_BUDGET_MS;
  const unproven = unprovenRuns(runs.buildId);
  if ((await runs.client.workflow.count(unproven)).count === 0) return seen;
  async function* sample(): AsyncGenerator<OpenRun> {
    for await (const run of sampleRuns(runs.client, unproven)) {
      if (!run.isFirstOfKind && performance.now() > until) return;
      if (seen.has(run.runId)) continue;
      seen.add(run.runId);
      yield run;
    }
  }
  const failed: UnreplayableRun[] = [];
  for await (const failure of replay(runs, sample())) failed.push(failure);
  if (failed.length === 0) return seen;
  const list = failed.map(({ workflowId, message }) => `${workflowId}: ${message}`).join('\n');
  throw new UnreplayableCases(
    `The code does not fit ${failed.length} of ${seen.size} open cases that were tried; run the version that started them, or make the change behind patched():\n${list}`,
  );
}

/**
 * Replays the other runs in question while the worker polls, slowly, and names each that fails: `found` gets it. Polling goes on, because such a run only
 * fails its own workflow tasks, which are repeated until the code is mended, and all others are to be paid in time. Never throws.
 */
export async function replayOthers(
  runs: OpenRuns,
  { seen, found, log, signal }: { seen: ReadonlySet<string>; found: UnreplayableRun[]; log: Logger; signal: AbortSignal },
): Promise<void> {
  let replayed = 0;
  const unproven = unprovenRuns(runs.buildId);
  async function* others(): AsyncGenerator<OpenRun> {
    for await (const run of runs.client.workflow.list({ query: unproven })) {
      if (seen.has(run.runId)) continue;
      const begunAt = performance.now();
      yield run;
      replayed += 1;
      await delay((performance.now() - begunAt) * REST_PER_WORK, undefined, { signal });
    }
  }
  try {
    // The replayer is a thread and the workflows loaded once more: not for nothing.
    if ((await runs.client.workflow.count(unproven)).count === 0) return;
    for await (const failure of replay(runs, others())) {
      found.push(failure);
      log.error(failure, 'an open case does not replay with this code: it stands still until the change is made behind patched()');
    }
    if (replayed > 0) log.info({ replayed, unreplayable: found.length }, 'the other open cases were replayed');
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, replayed }, 'not all open cases could be replayed');
  }
}

/** Those that fail; a run that ended meanwhile and is forgotten is none. */
async function* replay({ client, workflowBundle, dataConverter }: OpenRuns, open: AsyncIterable<OpenRun>): AsyncGenerator<UnreplayableRun> {
  async function* histories(): AsyncGenerator<HistoryAndWorkflowId> {
    for await (const { workflowId, runId } of open) {
      try {
        yield { workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  }
  // In a thread of its own, as when it polls: by itself the SDK would replay in this one and hold activities up.
  const options = { workflowBundle, dataConverter, debugMode: false };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories()))
    if (error !== undefined) yield { workflowId, message: error.message };
}
