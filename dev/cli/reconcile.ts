import type { Client } from '@temporalio/client';
import { inLanes } from '../../evidence/lanes.ts';
import type { EpochMs } from '../../domain/time.ts';
import { tellAgain } from '../../store/inbox-redrive.ts';
import type { Halves, Kind } from './halves.ts';
import { CASES } from './reconcile-case.ts';
import { CLAIMS } from './reconcile-claim.ts';
import { type ListedRun, tellRuns, type ToldRun } from './told-runs.ts';

/** A backup is of some moment while it was made, and clocks differ: so much more is looked at than surely changed. */
const MARGIN_MS = 60_000;
const ASKED_AT_ONCE = 8;
const RUNS_A_PAGE = 1_000;

/**
 * After PostgreSQL or Temporal, or both, were restored to what they knew at an instant: brings records and runs together again, each
 * one line. What a run did since and the database does not know is written as the run wrote it; a run that knows less than its record, or is gone, is made anew
 * from the record. What open cases were told since is told again, for its run may have forgotten it. May be repeated. Answers how many could not be brought together. Throws when a run is to be ended while a worker polls.
 */
export async function reconcile(halves: Halves, restoredTo: EpochMs, say: (line: string) => void): Promise<number> {
  const since = restoredTo - MARGIN_MS;
  let failed = 0;
  // Claims belong to cases.
  for (const kind of [CASES, CLAIMS]) {
    for await (const { id, runs } of toCompare(halves, kind, since)) {
      const unfit = runs.find((run) => run.unfit !== null);
      const failure = unfit === undefined ? null : `its run ${unfit.runId} does not replay with this code: ${unfit.unfit}`;
      const done = failure ?? (await kind.bringTogether(halves, id, runs, since));
      if (failure !== null) failed += 1;
      if (done !== null) say(`${kind.workflowIdOf(id)}: ${done}`);
    }
  }
  const told = await tellAgain(halves.db, since);
  if (told > 0) say(`inbox: ${told} pieces of evidence told to open cases since are told again`);
  return failed;
}

/** Everything that may have moved since, each with its runs; first what has runs. */
async function* toCompare(halves: Halves, kind: Kind, since: EpochMs): AsyncGenerator<{ id: string; runs: ToldRun[] }> {
  const { client, db } = halves;
  const prefix = kind.workflowIdOf('');
  const listed = await listRuns(client, kind.workflowType, since);
  const standings = new Map((await kind.standings(db, since)).map((standing) => [kind.workflowIdOf(standing.id), standing]));
  const moved = new Map<string, ListedRun[]>();
  await inLanes([...listed], ASKED_AT_ONCE, async ([workflowId, runs]) => {
    const standing = standings.get(workflowId);
    if (!standing?.isOpen || standing.isRecent || (await hasMoved(client, runs, since))) moved.set(workflowId, runs);
  });
  const told = new Map<string, ToldRun[]>();
  for await (const run of tellRuns(halves, [...moved.values()].flat())) {
    const { workflowId } = run;
    const runs = [...(told.get(workflowId) ?? []), run];
    told.set(workflowId, runs);
    if (runs.length < (moved.get(workflowId)?.length ?? 0)) continue;
    told.delete(workflowId);
    yield { id: workflowId.slice(prefix.length), runs: runs.toSorted((a, b) => a.startedAt - b.startedAt) };
  }
  for (const [workflowId, { id, isOpen }] of standings) if (isOpen && !listed.has(workflowId)) yield { id, runs: [] };
}

/** The runs of a type that are open or ended since, by workflow. */
async function listRuns(client: Client, workflowType: string, since: EpochMs): Promise<Map<string, ListedRun[]>> {
  const ofType = `WorkflowType = '${workflowType}' AND`;
  const queries = [`${ofType} CloseTime IS NULL`, `${ofType} CloseTime >= '${new Date(since).toISOString()}'`];
  const found = new Map<string, Map<string, ListedRun>>();
  for (const query of queries) {
    for await (const { workflowId, runId, closeTime, startTime } of client.workflow.list({ query, pageSize: RUNS_A_PAGE })) {
      const runs = found.get(workflowId) ?? new Map<string, ListedRun>();
      found.set(workflowId, runs.set(runId, { workflowId, runId, isOpen: closeTime === undefined, startedAt: startTime.getTime() }));
    }
  }
  return new Map([...found].map(([workflowId, runs]) => [workflowId, [...runs.values()]]));
}

/** Whether anything happened to them since: the last event of a history says so, without the others. */
async function hasMoved({ options: { namespace }, workflowService }: Client, runs: readonly ListedRun[], since: EpochMs): Promise<boolean> {
  for (const { workflowId, runId, isOpen } of runs) {
    if (!isOpen) return true;
    const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
      namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    });
    const { seconds, nanos } = history?.events?.[0]?.eventTime ?? {};
    if (Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1_000_000 >= since) return true;
  }
  return false;
}
