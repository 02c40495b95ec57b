import type { Fen } from '../domain/money.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';

/** An address as the platform writes it. */
export interface PlatformAddress {
  province: string;
  city: string;
  district: string;
  street: string;
  detail: string;
}

/** An order as the rules need it. */
export interface PlatformOrder {
  orderId: string;
  /** 10 unpaid, 30 paid, 40 shipped, 50 signed, 70 done, 80 failed. */
  status: number;
  /** 8 cross-border, 2 vouchers, 3 top-up. */
  orderType: number;
  itemTitle: string;
  /** The price of all the goods the refund may be about, without postage; null when the platform does not say. */
  goodsFen: Fen | null;
  categories: { id: string; name: string }[];
  /** Every parcel of the order and its sub-orders, each waybill once. */
  parcels: { waybillNo: string; expressCode: number }[];
  totalPackages: number | null;
  /** Goods with an order of their own beside the item the refund is about, such as gifts, and the parcels they are in. */
  subOrders: { itemTitle: string; quantity: number; waybillNos: string[] }[];
  /** Where the parcel goes; null where the platform does not say. */
  province: string | null;
  /** The platform's id of the buyer (openId); null where it shows none. Kept as a digest only. */
  buyerId: string | null;
  /** Last four digits of the buyer's phone, null where the platform shows none. Never logged, never in a run's history. */
  phoneTail: string | null;
}

/** An outlet of the shop's e-waybill subscription (电子面单). */
export interface EbillOutlet {
  outletCode: string;
  outletName: string;
  senderAddress: PlatformAddress | null;
}

/**
 * The platform's answer to a write.
 * `DONE`: it says it did it. `REFUSED`: it says it did not, and why. `STALE`: it did not, because the refund changed.
 * `WITHDRAWN`: the buyer took the request back (300013). `UNKNOWN`: nothing is known, read before any further call;
 * `sent` false when it certainly never arrived.
 */
export type PlatformAnswer =
  | { kind: 'DONE' }
  | { kind: 'REFUSED'; code: string; message: string }
  | { kind: 'STALE'; code: string; message: string }
  | { kind: 'WITHDRAWN'; code: string; message: string }
  | { kind: 'UNKNOWN'; sent: boolean; reason: string };

/** A message of the platform after decryption. `refundId` null: a message that concerns no refund (heartbeat). */
export type PlatformMessage =
  | { kind: 'REJECTED' }
  | {
      kind: 'MESSAGE';
      eventId: string;
      event: string;
      shopId: string | null;
      refundId: string | null;
      /** As in `PlatformRefund`. */
      specialRefundType?: number | null;
      sentAt: EpochMs | null;
      body: unknown;
    };

/** A reason a merchant may give when rejecting. */
export interface RejectReason {
  reason: string;
  text: string;
  descriptionRequired: boolean;
  imageRequired: boolean;
}

/** The platform cannot be reached, or refuses our credentials for now: the caller tries again later. */
export class PlatformUnavailable extends Error {
  override name = 'PlatformUnavailable';
  /** `UNAUTHORISED`: it answers, but not to us; somebody has to authorise the application, or to set it right. */
  readonly why: 'SILENT' | 'UNAUTHORISED';

  constructor(message: string, { why = 'SILENT', ...options }: ErrorOptions & { why?: PlatformUnavailable['why'] } = {}) {
    super(message, options);
    this.why = why;
  }
}

/** A shop's access to one platform. Reads throw `PlatformUnavailable` when there is no answer; writes never throw for the platform's faults. */
export interface Platform {
  /** Null when the platform knows no such refund of this shop; an answer about another refund is none. */
  readRefund(shopId: string, refundId: string): Promise<PlatformRefund | null>;
  readOrder(shopId: string, orderId: string): Promise<PlatformOrder | null>;
  /** Open refund-only requests of the shop, newest first, one page. */
  listOpenRefunds(
    shopId: string,
    page: { cursor: string | null; limit: number },
  ): Promise<{ refunds: PlatformRefund[]; nextCursor: string | null }>;
  /** Refunds updated in [from, to], at most one day apart; every page is fetched. */
  listUpdatedRefunds(shopId: string, from: EpochMs, to: EpochMs): Promise<PlatformRefund[]>;
  /** Writes name the refund asked for, whatever was read; `as` is how it was read, so that the platform refuses if it changed. */
  approveRefund(shopId: string, refundId: string, as: PlatformRefund): Promise<PlatformAnswer>;
  rejectRefund(
    shopId: string,
    refundId: string,
    as: PlatformRefund,
    rejection: { reason: string; description: string; images: string[] },
  ): Promise<PlatformAnswer>;
  requestArbitration(
    shopId: string,
    refundId: string,
    as: PlatformRefund,
    request: { description: string; pictures: string[] },
  ): Promise<PlatformAnswer>;
  listRejectReasons(shopId: string, refundId: string): Promise<RejectReason[]>;
  /** Outlets of the shop's e-waybill subscription with this company; empty: not opened (R22). */
  listEbillOutlets(shopId: string, companyCode: string): Promise<EbillOutlet[]>;
  /** Whether the carrier serves an address; null when the platform does not know (Q20). */
  isReachable(shopId: string, companyCode: string, address: PlatformAddress): Promise<boolean | null>;
  readMessage(body: Buffer): PlatformMessage;
  /** Renews tokens that are past half their life; returns when each expires for good. */
  refreshTokens(shopId: string): Promise<{ authorisationExpiresAt: EpochMs | null }>;
}

/** Where a shop's tokens live. `update` holds the shop's lock while `renew` runs: one refresh at a time (single-flight). */
export interface TokenStore {
  read(shopId: string): Promise<ShopTokens | null>;
  update(shopId: string, renew: (present: ShopTokens) => Promise<ShopTokens | null>): Promise<ShopTokens | null>;
}
export interface ShopTokens {
  accessToken: string;
  refreshToken: string | null;
  accessIssuedAt: EpochMs;
  accessExpiresAt: EpochMs | null;
  refreshExpiresAt: EpochMs | null;
}
