import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { isSettled } from '../../domain/claim/claim.ts';
import { noteClaimRunSeen } from '../../store/claim-watch.ts';
import { findAnyClaim, markClaimStarted } from '../../store/claims.ts';
import type { Db } from '../../store/db.ts';
import { CLAIM_WORKFLOW, claimStart } from '../../workflows/messages.ts';
import { hasOpenRun, openRun } from './open-runs.ts';

/**
 * Makes a new run of a claim from its record, after its run was terminated: the same id, the recorded state. A work order that
 * the old run may have opened is not opened twice. Throws when the claim is settled or has an open run. What is noted in the
 * database comes first: a start that then fails is found again by the patrol and by a repeat.
 */
export async function restartClaim(db: Db, client: Client, claimId: string): Promise<{ workflowId: string; runId: string }> {
  const record = await findAnyClaim(db, claimId);
  if (record === null) throw new Error(`There is no claim ${claimId}.`);
  if (isSettled(record.state)) throw new Error(`Claim ${claimId} is settled: there is nothing to go on with.`);
  const start = claimStart(record.state);
  if (await hasOpenRun(client, start.workflowId)) throw openRun(start.workflowId);
  await markClaimStarted(db, claimId);
  await noteClaimRunSeen(db, claimId);
  try {
    const handle = await client.workflow.start(CLAIM_WORKFLOW, {
      ...start,
      args: [{ state: record.state, repeated: true }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return { workflowId: start.workflowId, runId: handle.firstExecutionRunId };
  } catch (error) {
    throw error instanceof WorkflowExecutionAlreadyStartedError ? openRun(start.workflowId) : error;
  }
}
