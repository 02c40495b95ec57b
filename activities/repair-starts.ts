import { MINUTE_MS } from '../domain/time.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { inLanes } from '../evidence/lanes.ts';
import { markStarted, removeStarting, staleStarting } from '../store/intercept-opening.ts';
import type { InterceptRecord } from '../store/intercept-row.ts';
import { INTERCEPT_WORKFLOW, interceptWorkflowId, TASK_QUEUE, WORKFLOW_TASK_TIMEOUT_MS } from '../workflows/messages.ts';
import { startAttributes, startSummary } from '../workflows/search-attributes.ts';
import { hasRun } from './open-run.ts';

type Deps = Pick<EvidenceDeps, 'db' | 'client' | 'log'>;

/** A start this old was given up by whoever made it. */
const STARTING_LIMIT_MS = MINUTE_MS;
const STARTS_AT_ONCE = 8;

/** Finishes creates whose start was lost (design: create). Returns how many were looked at; one's trouble is not the others'. */
export async function repairStarts(deps: Deps, signal: AbortSignal): Promise<number> {
  const stale = await staleStarting(deps.db, STARTING_LIMIT_MS);
  await inLanes(stale, STARTS_AT_ONCE, async (record) => {
    if (signal.aborted) return;
    try {
      await repairStart(deps, record);
    } catch (error) {
      deps.log.warn({ err: error, interceptId: record.interceptId }, 'a record whose run never started could not be looked after');
    }
  });
  return stale.length;
}

/** Adopts the run of a record that stayed STARTING, starts it for those who follow it, or takes the record back. */
async function repairStart({ db, client, log }: Deps, record: InterceptRecord): Promise<void> {
  const { interceptId } = record;
  if (await hasRun(client, interceptId)) {
    await markStarted(db, interceptId);
    return;
  }
  const removal = await removeStarting(db, interceptId);
  log.info({ interceptId, removal }, 'a record whose run never started was looked at');
  if (removal !== 'HAS_FOLLOWERS') return;
  await client.workflow.start(INTERCEPT_WORKFLOW, {
    workflowId: interceptWorkflowId(interceptId),
    taskQueue: TASK_QUEUE,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
    args: [{ input: record.state.input, resume: null }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: startAttributes(record.state),
    staticSummary: startSummary(record.state.input),
  });
  await markStarted(db, interceptId);
}
