import type { InterceptInput } from '../intercept/state.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { ClaimDetails, ClaimDurations } from './claim.ts';

/** Samples for tests of claims and for the examples of events. */
export const OPENED_AT: EpochMs = Date.UTC(2026, 10, 8, 4, 0, 0);
export const SAMPLE_DURATIONS: ClaimDurations = { pollFirstMs: 5 * MINUTE_MS, pollAtMostMs: 6 * HOUR_MS, remindAfterMs: 3 * DAY_MS };

export function sampleClaim(changes: Partial<ClaimDetails> = {}): ClaimDetails {
  return {
    claimId: 'claim_0001',
    shopId: '2788410001',
    interceptId: '9007199254740993001-1',
    carrier: 'ZTO',
    outletCode: '02100',
    outletName: '上海示例',
    waybillNo: '73100000000001',
    kind: 'DAMAGE',
    contactPhone: '13800000000',
    goods: [{ name: '连衣裙', quantity: 1, specification: '红色 M', valueFen: 20_000 }],
    claimedFen: 18_000,
    description: '外包装破损，衣物污损',
    evidence: ['file_1'],
    openedBy: 'key:sample',
    createdAt: OPENED_AT,
    ...changes,
  };
}

/** A sample about the parcel of a case. */
export function sampleClaimOf(input: InterceptInput, changes: Partial<ClaimDetails>): ClaimDetails {
  const { interceptId, shopId, carrier, outletCode, outletName, waybillNo } = input;
  return sampleClaim({ interceptId, shopId, carrier, outletCode, outletName, waybillNo, ...changes });
}
