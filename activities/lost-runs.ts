import { MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { inLanes } from '../evidence/lanes.ts';
import { missingRuns, noteRunMissing, noteRunSeen, openRecordCount, openRecordIds } from '../store/intercept-watch.ts';
import { INTERCEPT_WORKFLOW, interceptWorkflowId } from '../workflows/messages.ts';
import type { Round } from './bounded-round.ts';
import { hasOpenRun } from './open-run.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'log'>;

/** A record younger than this may be ahead of what Temporal tells of its run. */
const RECORD_SETTLES_MS = 5 * SECOND_MS;
/** Equal counts may hide one run too few behind one too many: all are compared at least this often. */
const COMPARED_EVERY_MS = 4 * MINUTE_MS;
const DESCRIBED_AT_ONCE = 8;
const RUNS_A_PAGE = 1_000;
const OPEN_RUNS = `WorkflowType = '${INTERCEPT_WORKFLOW}' AND ExecutionStatus = 'Running'`;

/**
 * The watchdog's eyes: open records without an open run are noted, the gauge and the operator's page show them. Two counts say
 * whether any is missing; only then, and every few minutes to be sure, the ids are compared, and what Temporal's list lacks is
 * asked about one by one, for the list may lag. Answers how many were found.
 */
export function lostRunsRound(deps: Deps): Round {
  let comparedAt = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    const known = await stillMissing(deps, signal);
    const [records, runs] = await Promise.all([openRecordCount(deps.db), deps.client.workflow.count(OPEN_RUNS)]);
    const isDue = performance.now() - comparedAt >= COMPARED_EVERY_MS;
    if (runs.count >= records - known.size && !isDue) return 0;
    const lost = await findLost(deps, known, signal);
    if (!signal.aborted) comparedAt = performance.now();
    return lost;
  };
}

/** Those noted before, without the ones that have a run again. */
async function stillMissing({ db, client }: Deps, signal: AbortSignal): Promise<Set<string>> {
  const missing = new Set(await missingRuns(db));
  await each([...missing], signal, async (interceptId) => {
    if (!(await hasOpenRun(client, interceptId))) return;
    missing.delete(interceptId);
    await noteRunSeen(db, interceptId);
  });
  return missing;
}

async function findLost({ db, client, log }: Deps, known: ReadonlySet<string>, signal: AbortSignal): Promise<number> {
  const suspects = new Set(await openRecordIds(db, RECORD_SETTLES_MS));
  for (const interceptId of known) suspects.delete(interceptId);
  for await (const { workflowId } of client.workflow.list({ query: OPEN_RUNS, pageSize: RUNS_A_PAGE })) {
    if (signal.aborted) return 0;
    suspects.delete(workflowId.slice(PREFIX.length));
  }
  let lost = 0;
  await each([...suspects], signal, async (interceptId) => {
    if (await hasOpenRun(client, interceptId)) return;
    lost += 1;
    log.error({ interceptId }, `an open case has no open run: npm run redrive -- --intercept ${interceptId}`);
    await noteRunMissing(db, interceptId);
  });
  return lost;
}

const PREFIX = interceptWorkflowId('');

/** Some at once; the first that cannot be asked about ends the round. */
async function each(interceptIds: readonly string[], signal: AbortSignal, act: (interceptId: string) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  await inLanes(interceptIds, DESCRIBED_AT_ONCE, async (interceptId) => {
    if (signal.aborted || failures.length > 0) return;
    await act(interceptId).catch((error: unknown) => void failures.push(error));
  });
  if (failures.length > 0) throw failures[0];
}
