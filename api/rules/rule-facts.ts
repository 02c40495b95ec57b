import { judgeEligibility } from '../../domain/eligibility/eligibility.ts';
import { summariseTrack } from '../../domain/eligibility/track-summary.ts';
import type { Fen } from '../../domain/money.ts';
import type { RuleFacts } from '../../domain/rules/facts.ts';
import type { TrackStanding } from '../../domain/rules/rule.ts';
import { sha256 } from '../../store/values.ts';
import type { GatheredFacts } from '../intercepts/gather-facts.ts';

/** What rules judge of the facts a preview shows too; the eligibility is the preview's own. */
export function ruleFactsOf(gathered: GatheredFacts, feeFen: Fen | null, earlierRefunds: number | null): RuleFacts {
  const { facts, refund, order, parcel, scans } = gathered;
  const { reasons, warnings } = judgeEligibility(facts);
  const track = summariseTrack(scans);
  const standing: Record<typeof facts.track.kind, TrackStanding> = { SCANS: track.state, NO_TRACK: 'NO_TRACK', UNAVAILABLE: 'UNAVAILABLE' };
  return {
    refundId: refund.refundId,
    orderId: refund.orderId,
    at: facts.now,
    refundCreatedAt: refund.createdAt,
    refundFeeFen: refund.refundFeeFen,
    reason: refund.reason,
    itemTitle: order.itemTitle || refund.itemTitle,
    categories: order.categories,
    province: order.province,
    waybillNo: parcel.waybillNo,
    carrier: parcel.carrier,
    outletCode: parcel.outlet?.outletCode ?? null,
    outletName: parcel.outlet?.outletName ?? null,
    trackStanding: standing[facts.track.kind],
    lastScanAt: track.lastScanAt,
    expectedFeeFen: feeFen,
    earlierRefunds,
    reasons,
    warnings,
  };
}

const KEY_CHARACTERS = 32;

/** What a buyer is counted by within a shop: a digest, so that no id of a person is kept; null where the platform names no buyer. */
export function buyerKeyOf(shopId: string, { order: { buyerId } }: GatheredFacts): string | null {
  return buyerId === null ? null : sha256(`${shopId}:${buyerId}`).toString('hex').slice(0, KEY_CHARACTERS);
}
