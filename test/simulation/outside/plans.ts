import type { PlatformCall } from './books.ts';

/** What goes wrong with one call. */
export type CallFault = 'NEVER_SENT' | 'LOST_REQUEST' | 'LOST_ANSWER' | 'LATE_EFFECT' | 'SLOW' | 'REFUSED' | 'STALE';
export interface PlannedFault {
  call: PlatformCall['call'];
  /** The how-manieth call of that kind, from 1. */
  nth: number;
  how: CallFault;
}

export interface PlatformRefundPlan {
  refundId: string;
  orderId: string;
  feeFen: number;
  waybillNo: string;
  expressCode: number;
  createdAt: number;
  expireAt: number | null;
  /** How long a payment is under way, and whether the first one fails. */
  payDelayMs: number;
  payFails: boolean;
  /** A rejection shows as status 12, else as 10 with negotiate 3. */
  rejectionIs12: boolean;
}

/** What others than the service do to a refund. */
export type RefundChange =
  | { kind: 'WITHDRAW' | 'BUYER_ARBITRATES' | 'TYPE' | 'ASKS_AGAIN' | 'END' }
  | { kind: 'AMOUNT'; feeFen: number }
  | { kind: 'VERDICT'; verdict: 'PAY' | 'CLOSE' | 'BACK' }
  | { kind: 'BACK_OFFICE'; does: 'PAY' | 'REJECT' }
  | { kind: 'WAYBILL'; waybillNo: string };
