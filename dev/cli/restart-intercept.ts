import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type Db, inTransaction } from '../../store/db.ts';
import { forgetDeliveries, reviveSettled } from '../../store/inbox.ts';
import { markStarted } from '../../store/intercept-opening.ts';
import { findAnyIntercept } from '../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { noteRunSeen } from '../../store/intercept-watch.ts';
import {
  INTERCEPT_WORKFLOW,
  type InterceptArgs,
  interceptWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT_MS,
} from '../../workflows/messages.ts';
import { startAttributes, startSummary } from '../../workflows/search-attributes.ts';
import { hasOpenRun, openRun } from './open-runs.ts';

/** What was started, and how many pieces of evidence it will be told once more. */
export interface Restart {
  workflowId: string;
  runId: string;
  evidence: number;
}

/**
 * Makes a new run of a case from its record, after its run was terminated: the same id, the original `initiatedAt` and
 * durations, the recorded state. The evidence of its waybill is told again, for the old run may have heard what it did
 * not record; the same evidence twice changes nothing. Throws when the case has run its course or has an open run.
 * The evidence is freed before the run is started: as long as there is none it waits, and a repeat of this finds everything as it was.
 */
export async function restartIntercept(db: Db, client: Client, interceptId: string): Promise<Restart> {
  const record = await findAnyIntercept(db, interceptId);
  if (record === null) throw new Error(`There is no intercept ${interceptId}.`);
  if (record.phase === 'ENDED') throw new Error(`Intercept ${interceptId} has run its course: there is nothing to go on with.`);
  const workflowId = interceptWorkflowId(interceptId);
  if (await hasOpenRun(client, workflowId)) throw openRun(workflowId);
  const evidence = await inTransaction(db, async (trx) => {
    const { carrier, waybillNo } = record.state.input;
    await forgetDeliveries(trx, interceptId, carrier, waybillNo);
    return reviveSettled(trx, carrier, waybillNo, record.evidenceFrom);
  });
  const runId = await startFrom(client, workflowId, record);
  // Should one of these fail, the patrol finds the run.
  await markStarted(db, interceptId);
  await noteRunSeen(db, interceptId);
  return { workflowId, runId, evidence };
}

async function startFrom(client: Client, workflowId: string, record: InterceptRecord): Promise<string> {
  const { state, phase } = record;
  // A STARTING record never had a run: it begins as its create would have begun it.
  const args: InterceptArgs = { input: state.input, resume: phase === 'STARTING' ? null : state };
  try {
    const handle = await client.workflow.start(INTERCEPT_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
      args: [args],
      typedSearchAttributes: startAttributes(state),
      staticSummary: startSummary(state.input),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return handle.firstExecutionRunId;
  } catch (error) {
    throw error instanceof WorkflowExecutionAlreadyStartedError ? openRun(workflowId) : error;
  }
}
