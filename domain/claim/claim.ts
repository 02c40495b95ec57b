import type { CarrierCode } from '../carrier.ts';
import type { Fen } from '../money.ts';
import type { DurationMs, EpochMs } from '../time.ts';

/** A claim (索赔工单) against the carrier for a parcel that came back broken (破损) or not at all (遗失); R34–R38. */
export type ClaimKind = 'DAMAGE' | 'LOSS';

export const CLAIM_STATUSES = ['SUBMITTED', 'ACCEPTED', 'ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

export const CLAIM_KIND_TEXT: Record<ClaimKind, string> = { DAMAGE: '破损', LOSS: '遗失' };
export const CLAIM_STATUS_TEXT: Record<ClaimStatus, string> = {
  SUBMITTED: '已提交',
  ACCEPTED: '已受理',
  ARBITRATING: '仲裁中',
  UPHELD: '已同意赔付',
  DISMISSED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** One kind of goods in the parcel (R36). `valueFen` is the value of all `quantity` pieces together. */
export interface ClaimGoods {
  name: string;
  quantity: number;
  specification: string;
  valueFen: Fen;
}

/** Σ of the stated values: the most that may be claimed (Q32). */
export function goodsValueFen(goods: readonly ClaimGoods[]): Fen {
  return goods.reduce((sum, { valueFen }) => sum + valueFen, 0);
}

/** How the outlet hears of it: the carrier's work-order API (ZTO), or a printed claim sheet the merchant hands over. */
export type ClaimChannel = 'CARRIER_API' | 'CLAIM_SHEET';
export const CLAIM_CHANNEL_TEXT: Record<ClaimChannel, string> = { CARRIER_API: '快递工单接口', CLAIM_SHEET: '索赔单' };

/** Fixed at the start of a claim: a changed configuration never moves a running one. */
export interface ClaimDurations {
  /** First look at the carrier's work order after it was opened or moved. */
  pollFirstMs: DurationMs;
  /** Looks back off, doubling, up to this. */
  pollAtMostMs: DurationMs;
  /** Nothing moved for this long: the merchant is reminded, again and again. */
  remindAfterMs: DurationMs;
}

/** What the merchant stated; never changed afterwards. Its personal parts stay in the database and never enter a run. */
export interface ClaimDetails {
  claimId: string;
  shopId: string;
  interceptId: string;
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  waybillNo: string;
  kind: ClaimKind;
  contactPhone: string;
  goods: ClaimGoods[];
  claimedFen: Fen;
  description: string;
  /** File ids. */
  evidence: string[];
  openedBy: string;
  createdAt: EpochMs;
}

/** Everything a claim's run needs, and all that changes. */
export interface ClaimState {
  claimId: string;
  shopId: string;
  interceptId: string;
  carrier: CarrierCode;
  waybillNo: string;
  kind: ClaimKind;
  claimedFen: Fen;
  durations: ClaimDurations;
  status: ClaimStatus;
  channel: ClaimChannel;
  /** Number of the carrier's work order. */
  carrierReference: string | null;
  /** Why the carrier did not take the work order, verbatim; the claim then goes on by sheet. */
  carrierRefusal: { code: string | null; message: string } | null;
  /** The carrier closed its work order without words that say plainly what it pays: the merchant enters the outcome. */
  verdictMissing: boolean;
  awardedFen: Fen | null;
  /** The last words of whoever moved it: the carrier's reply or the merchant's note. */
  note: string | null;
  /** Replies of the carrier already on record. */
  repliesSeen: number;
  movedAt: EpochMs;
  pollDueAt: EpochMs | null;
  pollEveryMs: DurationMs;
  remindDueAt: EpochMs | null;
  version: number;
  updatedAt: EpochMs;
}

/** Whether nothing can happen to the claim any more. */
export function isSettled({ status }: Pick<ClaimState, 'status'>): boolean {
  return status === 'UPHELD' || status === 'DISMISSED' || status === 'WITHDRAWN';
}
