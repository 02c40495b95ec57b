import { toRfc3339 } from '../time.ts';
import type { ClaimDetails, ClaimState } from './claim.ts';
import { goodsValueFen } from './claim.ts';

/** A claim as the API and the webhooks show it. Instants are RFC 3339 UTC. */
export function viewClaim(details: ClaimDetails, state: ClaimState) {
  return {
    claimId: details.claimId,
    interceptId: details.interceptId,
    shopId: details.shopId,
    carrier: details.carrier,
    outletCode: details.outletCode,
    outletName: details.outletName,
    waybillNo: details.waybillNo,
    kind: details.kind,
    status: state.status,
    channel: state.channel,
    contactPhone: details.contactPhone,
    goods: details.goods,
    goodsValueFen: goodsValueFen(details.goods),
    claimedFen: details.claimedFen,
    awardedFen: state.awardedFen,
    description: details.description,
    evidence: details.evidence,
    carrierReference: state.carrierReference,
    carrierRefusal: state.carrierRefusal,
    verdictMissing: state.verdictMissing,
    note: state.note,
    openedBy: details.openedBy,
    version: state.version,
    createdAt: toRfc3339(details.createdAt),
    updatedAt: toRfc3339(state.updatedAt),
  };
}
export type ClaimView = ReturnType<typeof viewClaim>;
