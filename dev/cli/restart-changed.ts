import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { isSettled } from '../../domain/claim/claim.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';
import { instant } from '../../store/values.ts';
import { claimWorkflowId, interceptWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts';
import { restartClaim } from './restart-claim.ts';
import { restartIntercept } from './restart-intercept.ts';

/** A backup is of some moment while it was made, and clocks differ: so much more is made anew than was surely forgotten. */
const MARGIN_MS = 60_000;

/** How many go on from their records, and how many that had ended were ended again. */
export interface Restarted {
  intercepts: number;
  claims: number;
  ended: number;
}

/**
 * After Temporal was restored to what it knew at an instant: makes the run of every case and claim that changed since anew from its record. Their restored
 * runs know less than the record: left alone they would do again, and record, what is long past. No worker may run meanwhile; throws when one
 * polled since the server started. May be repeated.
 */
export async function restartChanged(db: Db, client: Client, restoredTo: EpochMs): Promise<Restarted> {
  await mustBeIdle(client);
  const since = instant(restoredTo - MARGIN_MS);
  const restarted: Restarted = { intercepts: 0, claims: 0, ended: 0 };
  const cases = await db.selectFrom('intercepts').select(['intercept_id', 'phase']).where('recorded_at', '>=', since).execute();
  for (const { intercept_id: interceptId, phase } of cases) {
    const hadRun = await endRun(client, interceptWorkflowId(interceptId));
    if (phase === 'ENDED') restarted.ended += Number(hadRun);
    else {
      await restartIntercept(db, client, interceptId);
      restarted.intercepts += 1;
    }
  }
  const claims = await db.selectFrom('claims').select(['claim_id', 'status']).where('updated_at', '>=', since).execute();
  for (const { claim_id: claimId, status } of claims) {
    const hadRun = await endRun(client, claimWorkflowId(claimId));
    if (isSettled({ status })) restarted.ended += Number(hadRun);
    else {
      await restartClaim(db, client, claimId);
      restarted.claims += 1;
    }
  }
  return restarted;
}

async function mustBeIdle(client: Client): Promise<void> {
  const { namespace } = client.options;
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: 1 });
  if ((pollers ?? []).length > 0)
    throw new Error('A worker polled within the last five minutes: stop all workers, then restore and start Temporal, then run this.');
}

/** Whether there was one. */
async function endRun(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).terminate('Temporal was restored to a state before its record');
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
