import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { SECOND_MS } from '../domain/time.ts';
import type { EvidenceDeps } from '../evidence/deps.ts';
import { markClaimStarted, unstartedClaims } from '../store/claims.ts';
import { CLAIM_WORKFLOW, claimStart } from '../workflows/messages.ts';

/** Whoever opened a claim starts its run at once; after this it is the patrol's. */
const CLAIM_START_LIMIT_MS = 10 * SECOND_MS;
const CLAIMS_A_ROUND = 100;

/** Starts the runs of claims whose run nobody could start when they were opened; one that ran already only lacks the note. */
export async function startClaims({ db, client }: Pick<EvidenceDeps, 'db' | 'client'>): Promise<number> {
  const claims = await unstartedClaims(db, CLAIM_START_LIMIT_MS, CLAIMS_A_ROUND);
  for (const { state } of claims) {
    try {
      await client.workflow.start(CLAIM_WORKFLOW, claimStart(state));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await markClaimStarted(db, state.claimId);
  }
  return claims.length;
}
