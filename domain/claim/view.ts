import { maskPeople, maskPhone } from '../masking.ts';
import { toRfc3339 } from '../time.ts';
import { type ClaimDetails, type ClaimState, goodsValueFen } from './claim.ts';
import { nextStatuses } from './progress.ts';

/** A claim as the API shows it, whom it names masked: the sheet alone shows the phone whole. Instants are RFC 3339 UTC. */
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
    nextStatuses: [...nextStatuses(state.status)],
    channel: state.channel,
    contactPhone: maskPhone(details.contactPhone),
    goods: details.goods,
    goodsValueFen: goodsValueFen(details.goods),
    claimedFen: details.claimedFen,
    awardedFen: state.awardedFen,
    description: maskPeople(details.description),
    evidence: details.evidence,
    carrierReference: state.carrierReference,
    carrierRefusal: state.carrierRefusal,
    verdictMissing: state.verdictMissing,
    note: state.note === null ? null : maskPeople(state.note),
    openedBy: details.openedBy,
    version: state.version,
    createdAt: toRfc3339(details.createdAt),
    updatedAt: toRfc3339(state.updatedAt),
  };
}

/** What the shop's systems are told of a claim: thin, and nothing personal. */
export function tellClaim(details: ClaimDetails, state: ClaimState) {
  const { claimId, interceptId, shopId, carrier, outletCode, outletName, waybillNo, kind, claimedFen } = details;
  const { status, awardedFen, carrierReference, version } = state;
  return {
    claimId,
    interceptId,
    shopId,
    carrier,
    outletCode,
    outletName,
    waybillNo,
    kind,
    status,
    claimedFen,
    awardedFen,
    carrierReference,
    version,
    updatedAt: toRfc3339(state.updatedAt),
  };
}
