import type { CarrierCode, Outlet } from '../carrier.ts';
import type { Fen } from '../money.ts';
import type { PlatformRefund } from '../refund.ts';
import type { EpochMs } from '../time.ts';
import type { TrackScan } from '../track.ts';

/** What the rules need of an order; the platform's order satisfies it as it is. */
export interface OrderFacts {
  /** 10 unpaid, 30 paid, 40 shipped, 50 signed, 70 done, 80 failed. */
  status: number;
  /** 8 cross-border, 2 vouchers, 3 top-up. */
  orderType: number;
  /** The price of all the goods the refund may be about, without postage; null when the platform does not say. */
  goodsFen: Fen | null;
  categories: readonly { id: string; name: string }[];
  /** Every parcel of the order and its sub-orders. */
  parcels: readonly { waybillNo: string }[];
  totalPackages: number | null;
}

/** A parcel's scans as read just now; `NO_TRACK` is an answer of the carrier, `UNAVAILABLE` the lack of one. */
export type TrackFacts = { kind: 'SCANS'; scans: readonly TrackScan[] } | { kind: 'NO_TRACK' } | { kind: 'UNAVAILABLE' };

/** Everything the decision rests on, gathered at one moment; the rules themselves read no clock and call nobody. */
export interface EligibilityFacts {
  now: EpochMs;
  shop: { status: 'OPERATING' | 'SUSPENDED' };
  service: { status: 'NOT_OPENED' | 'OPEN' | 'CLOSED' };
  refund: PlatformRefund;
  /** The platform said of this refund, in whatever answer or message, that it is price protection (价保). */
  isPriceProtection: boolean;
  order: OrderFacts;
  /** The registry's carrier of the parcel, null when it is none of ours or there is no parcel. */
  carrier: { code: CarrierCode; nameZh: string; outletsOpenByDefault: boolean } | null;
  /** Category ids or parts of category names that count as fresh, virtual or whole vehicle. */
  blockedCategories: readonly string[];
  /** Outlets of the shop's e-waybill subscription with this carrier. */
  ebillOutlets: readonly Outlet[];
  /** The outlet that issued the waybill, as `resolveOutlet` found it. */
  waybillOutlet: Outlet | null;
  /** The shop's subscription of that outlet, null when there never was one. */
  subscription: { status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED'; reason?: string | null } | null;
  track: TrackFacts;
  /** Whether the carrier serves the return address; null when nobody knows (Q20). */
  returnReachable: boolean | null;
  /** Goods in the same parcel that the refund is not about, as far as the platform's order shows them (合单). */
  otherGoods: readonly { itemTitle: string; quantity: number }[];
  /** The open intercept that already leads this waybill, null when there is none. */
  sharedWith: string | null;
  /** Earlier attempts for this refund that the carrier refused, and its last words. */
  refusedAttempts: number;
  lastRefusal: { code: string | null; message: string } | null;
}
