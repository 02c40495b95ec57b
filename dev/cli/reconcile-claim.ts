import { isSettled } from '../../domain/claim/claim.ts';
import type { ClaimWrite } from '../../domain/claim/record.ts';
import type { EpochMs } from '../../domain/time.ts';
import { claimStandings } from '../../store/claim-watch.ts';
import { type ClaimRecord, findAnyClaim, markClaimStarted, remakeClaim, saveClaim } from '../../store/claims.ts';
import { CLAIM_WORKFLOW, type ClaimArgs, claimWorkflowId } from '../../workflows/messages.ts';
import type { Halves, Kind } from './halves.ts';
import { endRun } from './open-runs.ts';
import { restartClaim } from './restart-claim.ts';
import type { ToldRun } from './told-runs.ts';

/** Claims and their records. */
export const CLAIMS: Kind = { workflowType: CLAIM_WORKFLOW, workflowIdOf: claimWorkflowId, standings: claimStandings, bringTogether };

async function bringTogether(halves: Halves, claimId: string, runs: readonly ToldRun[], since: EpochMs): Promise<string | null> {
  const { db } = halves;
  const known = await findAnyClaim(db, claimId);
  const last = runs.at(-1);
  if (last === undefined) return known === null ? null : restart(halves, known, 'it had no run');
  const { state: begun } = (runs[0]?.args ?? last.args) as ClaimArgs;
  const reached = last.claims.at(-1)?.state.version ?? (last.args as ClaimArgs).state.version;
  if (known !== null && known.state.version > reached) return goOnFromRecord(halves, known, reached, last.isOpen);
  if (known === null && !(await remakeClaim(db, begun)))
    return `its case ${begun.interceptId} is unknown, or has another open claim: nothing was made of it`;
  await markClaimStarted(db, claimId);
  const isNew = ({ state }: ClaimWrite) => known === null || state.version > known.state.version || state.updatedAt >= since;
  for (const write of runs.flatMap(({ claims }) => claims).filter(isNew)) await saveClaim(db, write);
  const after = await findAnyClaim(db, claimId);
  if (after === null) return null;
  if (!last.isOpen && !isSettled(after.state)) return restart(halves, after, 'its run ended before the claim');
  const { version, status } = after.state;
  if (known === null) return `made again from its run: version ${version}, ${status}; what the merchant stated is lost`;
  return version === known.state.version ? null : `version ${known.state.version} became version ${version}, ${status}, as its run says`;
}

async function goOnFromRecord(halves: Halves, record: ClaimRecord, reached: number, isOpen: boolean): Promise<string | null> {
  const { claimId, version } = record.state;
  const knew = `its run knew version ${reached} of ${version}`;
  if (isOpen) await endRun(halves.client, claimWorkflowId(claimId));
  if (!isSettled(record.state)) return restart(halves, record, knew);
  return isOpen ? `${knew} and was ended, as the claim is` : null;
}

async function restart({ db, client }: Halves, { state }: ClaimRecord, why: string): Promise<string> {
  return `${why}; run ${(await restartClaim(db, client, state.claimId)).runId} goes on from the record`;
}
