import type { ClaimDetails, ClaimGoods, ClaimKind } from '../../domain/claim/claim.ts';
import { CLAIM_REFUSAL_WORDS, judgeClaim } from '../../domain/claim/judge-claim.ts';
import { beginClaim } from '../../domain/claim/progress.ts';
import { firstClaimWrite } from '../../domain/claim/record.ts';
import { judgeAction } from '../../domain/intercept/action.ts';
import type { InterceptState } from '../../domain/intercept/state.ts';
import type { Fen } from '../../domain/money.ts';
import { takeLossClaim } from '../../evidence/intake.ts';
import { type ClaimRecord, insertClaim } from '../../store/claims.ts';
import { inTransaction, now } from '../../store/db.ts';
import { findFiles } from '../../store/files.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { newId } from '../../store/values.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { readIntercept, requireIntercept } from '../intercepts/read-intercept.ts';
import { type Language, type ProblemError, problem } from '../problems/problem.ts';
import { claimDurations } from './claim-durations.ts';
import { startClaimRun } from './claim-run.ts';

/** What the merchant states. */
export interface StatedClaim {
  kind: ClaimKind;
  contactPhone: string;
  goods: ClaimGoods[];
  claimedFen: Fen;
  description: string;
  evidence: string[];
}

/**
 * Opens a claim for an intercept that succeeded (R35–R37, Q32): recorded with its history and event in one transaction,
 * and, for a loss, with the evidence that the parcel is lost; then its run is started. While Temporal cannot be reached
 * the claim is kept and the patrol starts its run.
 */
export async function openClaim(
  deps: AppDeps,
  caller: Caller,
  interceptId: string,
  stated: StatedClaim,
  language: Language,
): Promise<ClaimRecord> {
  const record = await requireIntercept(deps, caller.shopId, interceptId);
  const at = await now(deps.db);
  await requireOpenable(deps, record, stated, at, language);
  const { state: intercept } = record;
  const details = detailsOf(intercept, stated, caller.actor, at);
  const { client } = deps.carriers.find(({ carrier }) => carrier.code === details.carrier) ?? { client: null };
  const begun = beginClaim(details, client !== null && client.claims !== null, claimDurations(deps));
  const inserted = await inTransaction(deps.db, async (trx) => {
    const outcome = await insertClaim(trx, details, firstClaimWrite(begun));
    if (outcome === 'INSERTED' && details.kind === 'LOSS') await takeLossClaim(trx, details);
    return outcome;
  });
  if (inserted !== 'INSERTED') throw problem('CLAIM_ALREADY_OPEN', { extensions: { claimId: inserted.claimId } });
  deps.wakePump?.();
  await startClaimRun(deps, begun.state);
  return { details, state: begun.state };
}

/**
 * Judged by the record, and where that would not do by the case as its run shows it: a caller who was just shown that it may be
 * claimed is not refused because the record is a moment behind.
 */
async function requireOpenable(deps: AppDeps, record: InterceptRecord, stated: StatedClaim, at: number, language: Language): Promise<void> {
  const knownFiles = new Set((await findFiles(deps.db, record.shopId, stated.evidence)).map(({ fileId }) => fileId));
  const refusalOf = (intercept: InterceptState): ProblemError | null => {
    const { allowed, reason } = judgeAction(intercept, 'OPEN_CLAIM', at);
    if (!allowed) return problem('ACTION_NOT_ALLOWED', { extensions: { reason, availableAt: null } });
    const refusals = judgeClaim(intercept, { ...stated, knownFiles });
    const reasons = refusals.map((code) => ({ code, message: CLAIM_REFUSAL_WORDS[code][language === 'zh' ? 0 : 1] }));
    return refusals.length === 0 ? null : problem('CLAIM_NOT_ALLOWED', { extensions: { reasons } });
  };
  if (refusalOf(record.state) === null) return;
  const { interceptStatus, returnStatus, returnFailure } = await readIntercept(deps, record);
  const refusal = refusalOf({ ...record.state, interceptStatus, returnStatus, returnFailure });
  if (refusal !== null) throw refusal;
}

function detailsOf({ input }: InterceptState, stated: StatedClaim, openedBy: string, createdAt: number): ClaimDetails {
  const { interceptId, shopId, carrier, outletCode, outletName, waybillNo } = input;
  return { claimId: newId('claim'), interceptId, shopId, carrier, outletCode, outletName, waybillNo, ...stated, openedBy, createdAt };
}
