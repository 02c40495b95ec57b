import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type ClaimState, isSettled } from '../../domain/claim/claim.ts';
import { type EnteredProgress, judgeProgress } from '../../domain/claim/progress.ts';
import { type ClaimRecord, findClaim, markClaimStarted } from '../../store/claims.ts';
import {
  CLAIM_SETTLED,
  CLAIM_WORKFLOW,
  claimProgressSignal,
  claimStart,
  claimStateQuery,
  claimWorkflowId,
  withdrawClaimUpdate,
} from '../../workflows/messages.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { problem, type ProblemError } from '../problems/problem.ts';
import { updateFailure } from '../update-failure.ts';

/** The shop's claim, or the same 404 for an absent and a foreign id. */
export async function requireClaim({ db }: AppDeps, shopId: string, claimId: string): Promise<ClaimRecord> {
  const record = await findClaim(db, shopId, claimId);
  if (record === null) throw problem('NOT_FOUND');
  return record;
}

/** Starts the run of a recorded claim and notes it; false, with a line in the log, when that must wait for the patrol. */
export async function startClaimRun({ db, config, temporal, log }: AppDeps, state: ClaimState): Promise<boolean> {
  const { claimId } = state;
  try {
    await temporal.client.withDeadline(Date.now() + config.createWaitMs, () =>
      temporal.client.workflow.start(CLAIM_WORKFLOW, claimStart(state)),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      log.warn({ err: error, claimId }, 'the run of a claim could not be started; the patrol will');
      return false;
    }
  }
  try {
    await markClaimStarted(db, claimId);
  } catch (error) {
    log.warn({ err: error, claimId }, 'could not note that the run started');
  }
  return true;
}

/**
 * Passes the outlet's or carrier's answer to the run and shows the claim as it then is. Throws what the rules refuse, and
 * `ENGINE_UNAVAILABLE` when the run did not take it: repeating is safe.
 */
export async function enterProgress(
  deps: AppDeps,
  { shopId, actor }: Caller,
  claimId: string,
  entered: EnteredProgress,
): Promise<ClaimRecord> {
  const { details, state } = await requireClaim(deps, shopId, claimId);
  const refusal = judgeProgress(state, entered);
  if (refusal === 'CLAIM_STEP_NOT_ALLOWED') throw stepNotAllowed(state);
  if (refusal !== null) throw problem('CLAIM_AWARD_REFUSED', { extensions: { reason: refusal, claimedFen: state.claimedFen } });
  const { client } = deps.temporal;
  const handle = client.workflow.getHandle(claimWorkflowId(claimId));
  await withRun(deps, state, () => handle.signal(claimProgressSignal, { actor, ...entered }));
  const present = await client.withDeadline(Date.now() + deps.config.createWaitMs, () => handle.query(claimStateQuery)).catch(() => null);
  return present === null ? requireClaim(deps, shopId, claimId) : { details, state: present };
}

/** Withdraws a claim; a withdrawn one stays so. Throws `CLAIM_STEP_NOT_ALLOWED` when it was settled otherwise. */
export async function withdrawClaim(deps: AppDeps, { shopId, actor }: Caller, claimId: string, reason: string): Promise<ClaimRecord> {
  const record = await requireClaim(deps, shopId, claimId);
  if (record.state.status === 'WITHDRAWN') return record;
  if (isSettled(record.state)) throw stepNotAllowed(record.state);
  const handle = deps.temporal.client.workflow.getHandle(claimWorkflowId(claimId));
  try {
    const state = await withRun(deps, record.state, () =>
      handle.executeUpdate(withdrawClaimUpdate, { updateId: 'withdraw', args: [{ actor, reason }] }),
    );
    return { details: record.details, state };
  } catch (error) {
    if (updateFailure(error)?.type === CLAIM_SETTLED) throw stepNotAllowed((await requireClaim(deps, shopId, claimId)).state);
    throw error;
  }
}

/** Does something with the run, which is started first if nobody could when the claim was opened. */
async function withRun<T>(deps: AppDeps, state: ClaimState, work: () => Promise<T>): Promise<T> {
  const { client } = deps.temporal;
  const inTime = () => client.withDeadline(Date.now() + deps.config.createWaitMs, work);
  try {
    return await inTime();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const { state: recorded } = await requireClaim(deps, state.shopId, state.claimId);
    if (isSettled(recorded)) throw stepNotAllowed(recorded);
    if (!(await startClaimRun(deps, recorded))) throw problem('ENGINE_UNAVAILABLE', { cause: error, retryAfterSeconds: 5 });
    return inTime();
  }
}

function stepNotAllowed({ status }: ClaimState): ProblemError {
  return problem('CLAIM_STEP_NOT_ALLOWED', { extensions: { claimStatus: status } });
}
