import { WorkflowNotFoundError } from '@temporalio/client';
import { noteClaimRunMissing, noteClaimRunSeen, openClaims } from '../store/claim-watch.ts';
import { claimWorkflowId } from '../workflows/messages.ts';
import type { EvidenceDeps } from './deps.ts';

const CLAIMS_A_ROUND = 100;
/** A claim younger than this may be ahead of what Temporal tells of its run. */
const RECORD_SETTLES_MS = 5_000;

/**
 * Looks whether open claims have an open run, so many a round, one after another; what has none is noted for the gauge and logged
 * with the command that mends it. The cursor lives with the process: a new one begins at the first claim. Returns how many were
 * looked at.
 */
export function claimWatch({ db, client, log }: Pick<EvidenceDeps, 'db' | 'client' | 'log'>): () => Promise<number> {
  let last: string | null = null;
  return async () => {
    const claims = await openClaims(db, { afterId: last, limit: CLAIMS_A_ROUND, settledForMs: RECORD_SETTLES_MS });
    for (const claimId of claims) {
      const status = await runStatus(client, claimId);
      if (status === 'RUNNING' || status === 'PAUSED') {
        await noteClaimRunSeen(db, claimId);
      } else {
        log.error({ claimId, status }, `an open claim has no open run: npm run redrive -- --claim ${claimId}`);
        await noteClaimRunMissing(db, claimId);
      }
    }
    last = claims.length === CLAIMS_A_ROUND ? (claims.at(-1) ?? null) : null;
    return claims.length;
  };
}

async function runStatus(client: EvidenceDeps['client'], claimId: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(claimWorkflowId(claimId)).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
