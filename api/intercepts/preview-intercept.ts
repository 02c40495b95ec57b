import { type Eligibility, judgeEligibility } from '../../domain/eligibility/eligibility.ts';
import type { Finding } from '../../domain/eligibility/reason.ts';
import { summariseTrack } from '../../domain/eligibility/track-summary.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { priceAt } from '../../store/outlet-prices.ts';
import type { AppDeps } from '../deps.ts';
import type { Language } from '../problems/problem.ts';
import { type GatheredFacts, gatherFacts } from './gather-facts.ts';

/** A reason or warning in the caller's language. */
export interface ShownFinding {
  code: string;
  message: string;
  carrierCode?: string;
}

/** Findings as they are shown. */
export function showFindings(findings: readonly Finding<string>[], language: Language): ShownFinding[] {
  return findings.map(({ code, message, messageEn, carrierCode }) => ({
    code,
    message: language === 'zh' ? message : messageEn,
    ...(carrierCode === undefined ? {} : { carrierCode }),
  }));
}

/** What would happen if the merchant confirmed now: every blocking reason and warning at once, and nothing is started. */
export async function previewIntercept(deps: AppDeps, shopId: string, refundId: string, language: Language) {
  const gathered = await gatherFacts(deps, shopId, refundId);
  const judged: Eligibility = judgeEligibility(gathered.facts);
  return {
    eligible: judged.reasons.length === 0,
    reasons: showFindings(judged.reasons, language),
    warnings: showFindings(judged.warnings, language),
    expectedFeeFen: await expectedFee(deps, shopId, gathered),
    refund: {
      refundId,
      orderId: gathered.refund.orderId,
      refundFeeFen: gathered.refund.refundFeeFen,
      platformExpireAt: gathered.refund.expireAt === null ? null : toRfc3339(gathered.refund.expireAt),
    },
    parcel: {
      waybillNo: gathered.parcel.waybillNo,
      carrier: gathered.parcel.carrier,
      outletCode: gathered.parcel.outlet?.outletCode ?? null,
      outletName: gathered.parcel.outlet?.outletName ?? null,
    },
    returnsTo: [...gathered.returnsTo],
    lastTrackEvent: showLastScan(gathered),
  };
}

/** The fee in force now, null when none was agreed or the outlet is not known (Q31). */
export async function expectedFee(deps: AppDeps, shopId: string, { parcel, facts }: GatheredFacts): Promise<number | null> {
  if (parcel.carrier === null || parcel.outlet === null) return null;
  return priceAt(deps.db, shopId, parcel.carrier, parcel.outlet.outletCode, facts.now);
}

function showLastScan({ scans }: GatheredFacts) {
  const { latest } = summariseTrack(scans);
  if (latest === null) return null;
  const { event, occurredAt, outletCode, outletName, text } = latest;
  return { event, occurredAt: toRfc3339(occurredAt), outletCode, outletName, text };
}
