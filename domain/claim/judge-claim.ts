import type { InterceptState } from '../intercept/state.ts';
import { type ClaimGoods, type ClaimKind, goodsValueFen } from './claim.ts';
import type { Fen } from '../money.ts';

export const CLAIM_REFUSALS = [
  'PARCEL_SIGNED_BACK',
  'DAMAGE_NOT_SEEN',
  'CLAIMED_ABOVE_GOODS_VALUE',
  'EVIDENCE_REQUIRED',
  'EVIDENCE_NOT_FOUND',
] as const;
/** Why a claim may not be opened though the intercept succeeded. */
export type ClaimRefusal = (typeof CLAIM_REFUSALS)[number];

/** Words for people: zh, en. */
export const CLAIM_REFUSAL_WORDS: Record<ClaimRefusal, readonly [zh: string, en: string]> = {
  PARCEL_SIGNED_BACK: ['包裹已退回签收，不能按遗失索赔', 'The parcel was signed back: it is not lost'],
  DAMAGE_NOT_SEEN: [
    '包裹退回签收后或已见破损时才能按破损索赔',
    'Damage can be claimed once the parcel was signed back or damage was reported',
  ],
  CLAIMED_ABOVE_GOODS_VALUE: ['索赔金额不能高于所列货值合计', 'The claimed amount exceeds the stated value of the goods'],
  EVIDENCE_REQUIRED: ['破损索赔须附破损照片', 'A damage claim needs a photo of the damaged parcel'],
  EVIDENCE_NOT_FOUND: ['所附文件不存在或不属于本店铺', 'A file named as evidence does not exist or is not of this shop'],
};

export interface ClaimWish {
  kind: ClaimKind;
  goods: readonly ClaimGoods[];
  claimedFen: Fen;
  evidence: readonly string[];
  /** Files of `evidence` that the shop has. */
  knownFiles: ReadonlySet<string>;
}

/** What of an intercept decides whether a claim may be opened. */
export type ClaimedParcel = Pick<InterceptState, 'interceptStatus' | 'returnStatus' | 'returnFailure' | 'parcel'>;

/**
 * Every reason against opening this claim; empty when it may be opened (Q32, R35, R36). Only after success, which the
 * caller judges by `OPEN_CLAIM` of `judgeAction`. Damage: the parcel was signed back, or damage was reported on its way,
 * with a photo. Loss: the return failed, stalled, or the parcel simply was not signed back. One open claim a kind and
 * intercept is held by the database.
 */
export function judgeClaim(parcel: ClaimedParcel, wish: ClaimWish): ClaimRefusal[] {
  const reasons: ClaimRefusal[] = [];
  if (wish.kind === 'LOSS' && parcel.returnStatus === 'RETURN_SIGNED') reasons.push('PARCEL_SIGNED_BACK');
  if (wish.kind === 'DAMAGE') {
    const damageSeen = parcel.parcel.damaged || parcel.returnFailure === 'DAMAGED';
    if (parcel.returnStatus !== 'RETURN_SIGNED' && !damageSeen) reasons.push('DAMAGE_NOT_SEEN');
    if (wish.evidence.length === 0) reasons.push('EVIDENCE_REQUIRED');
  }
  if (wish.claimedFen > goodsValueFen(wish.goods)) reasons.push('CLAIMED_ABOVE_GOODS_VALUE');
  if (wish.evidence.some((fileId) => !wish.knownFiles.has(fileId))) reasons.push('EVIDENCE_NOT_FOUND');
  return reasons;
}
