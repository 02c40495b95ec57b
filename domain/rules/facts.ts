import type { CarrierCode } from '../carrier.ts';
import type { BlockingReason, Warning } from '../eligibility/reason.ts';
import type { Fen } from '../money.ts';
import type { EpochMs } from '../time.ts';
import type { TrackStanding } from './rule.ts';

/**
 * All that a refund is judged by, as it was known at one instant. Kept with every judgement: whoever judges it again, a dry run
 * for one, judges the same. Names nobody.
 */
export interface RuleFacts {
  refundId: string;
  orderId: string;
  /** PostgreSQL's clock when the facts were gathered: the day of the budget and the hour of the working hours. */
  at: EpochMs;
  refundCreatedAt: EpochMs;
  refundFeeFen: Fen;
  reason: string;
  itemTitle: string;
  categories: readonly { id: string; name: string }[];
  /** Where the parcel goes, null where the platform does not say. */
  province: string | null;
  waybillNo: string | null;
  carrier: CarrierCode | null;
  outletCode: string | null;
  outletName: string | null;
  trackStanding: TrackStanding;
  lastScanAt: EpochMs | null;
  /** The fee agreed with the outlet, null without a price. */
  expectedFeeFen: Fen | null;
  /** Other refunds of this buyer judged for this shop before, null where the platform names no buyer. */
  earlierRefunds: number | null;
  /** The one eligibility, as a preview shows it. */
  reasons: readonly BlockingReason[];
  warnings: readonly Warning[];
}
