import type { Fen } from './money.ts';
import { type EpochMs, isInstant } from './time.ts';

/**
 * What the platform says of a refund request (售后单), read at one moment. Numbers are the platform's own codes:
 * `status` 10 refund-only asked, 11 with return, 12 rejected, 20 arbitration, 50 paying, 60 paid, 70 closed or failed;
 * `handlingWay` 10 refund-only (仅退款); `negotiateStatus` 1 merchant's turn, 2 agreed, 3 rejected;
 * `receiptStatus` 2 buyer says received.
 */
export interface PlatformRefund {
  refundId: string;
  orderId: string;
  refundFeeFen: Fen;
  status: number;
  handlingWay: number;
  negotiateStatus: number;
  receiptStatus: number;
  /** The platform's version of the refund (`updateTime`). */
  updatedAt: EpochMs;
  createdAt: EpochMs;
  /** The platform's own deadline for the merchant, null when it names none. */
  expireAt: EpochMs | null;
  reason: string;
  /** The refund's own parcel, null when the platform names none: no news then. */
  waybillNo: string | null;
  expressCode: number | null;
  itemTitle: string;
  /** See `PRICE_PROTECTION`; null where the answer does not say, left out by earlier versions. */
  specialRefundType?: number | null;
}

/** `specialRefundType` of a few yuan back for goods that the buyer keeps (价保). */
export const PRICE_PROTECTION = 1;

/**
 * Whether the refund is by now about another parcel: the merchant may give the order another waybill, as a correction or for what
 * was sent again. Spaces and case are the platform's manner of writing.
 */
export function namesAnotherParcel(refund: Pick<PlatformRefund, 'waybillNo'>, waybillNo: string): boolean {
  const plain = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
  const named = typeof refund.waybillNo === 'string' ? plain(refund.waybillNo) : '';
  return named !== '' && named !== plain(waybillNo);
}

/** 仅退款 that waits for the merchant: neither rejected nor agreed yet. */
export function isOpenRefundOnly({ handlingWay, status, negotiateStatus }: PlatformRefund): boolean {
  return handlingWay === 10 && status === 10 && negotiateStatus < 2;
}

/** Whether a value that came from outside the bundle is a refund the rules can read. */
export function isPlatformRefund(value: unknown): value is PlatformRefund {
  if (typeof value !== 'object' || value === null) return false;
  const { refundFeeFen, status, handlingWay, negotiateStatus, updatedAt, expireAt } = value as Partial<
    Record<keyof PlatformRefund, unknown>
  >;
  return (
    [refundFeeFen, status, handlingWay, negotiateStatus].every((number) => Number.isSafeInteger(number)) &&
    isInstant(updatedAt) &&
    (expireAt === null || isInstant(expireAt))
  );
}
