import type { CarrierCode } from '../carrier.ts';
import type { Fen } from '../money.ts';
import type { DurationMs, EpochMs } from '../time.ts';
import type { ReturnTo } from './return-to.ts';

/** What the carrier made of it (拦截): acceptance is not success, and a refusal opened no window (Q3, Q4). */
export const INTERCEPT_STATUSES = ['REQUESTED', 'INTERCEPTING', 'SUCCEEDED', 'FAILED', 'REJECTED_BY_CARRIER'] as const;
export type InterceptStatus = (typeof INTERCEPT_STATUSES)[number];
/** What became of the refund (退款); `REFUNDED` only when the platform says so. */
export const REFUND_STATUSES = ['OPEN', 'REFUNDING', 'REFUNDED', 'REJECTED', 'UNDER_ARBITRATION', 'CLOSED', 'RELEASED'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];
/** Why the refund was paid or closed. */
export type RefundCause =
  | 'MANUAL_APPROVAL'
  | 'INTERCEPT_SUCCEEDED'
  | 'DEADLINE_PASSED'
  | 'ARBITRATION'
  | 'BUYER_WITHDREW'
  | 'SETTLED_ELSEWHERE';
/** Where the parcel is on its way back (退回状态), null before success. */
export type ReturnStatus = 'WAITING_RETURN' | 'RETURNING' | 'RETURN_SIGNED' | 'RETURN_FAILED';
export type ReturnFailure = 'LOST' | 'DAMAGED' | 'DELIVERED_TO_BUYER' | 'STALLED' | 'OVERDUE';
/** Whether success or day 5 refunds by itself: suspended under arbitration, disarmed when only the merchant may decide. */
export type AutomaticRefund = 'ARMED' | 'SUSPENDED' | 'DISARMED';

/** New ones are added at the end: a notice's place counts in the log of a case that has ended. */
export const NOTICES = [
  'REFUND_PAYMENT_FAILED',
  'REFUND_UNCONFIRMED',
  'REFUND_REOPENED',
  'REFUND_AMOUNT_RAISED',
  'REFUND_TYPE_CHANGED',
  'LATE_SUCCESS_AFTER_REJECTION',
  'PARCEL_RETURNS_AFTER_WITHDRAWAL',
  'PARCEL_RETURNS_AFTER_REFUSAL',
  'ACTION_REFUSED_BY_PLATFORM',
  'PLATFORM_DEADLINE_EARLIER',
  'PLATFORM_AUTHORISATION_EXPIRING',
  'CARRIER_ACCESS_BROKEN',
  'WAYBILL_CHANGED',
  'REJECTION_UNCONFIRMED',
] as const;
/** Something a person should know about a case. */
export type Notice = (typeof NOTICES)[number];

/** The notices that still hold: that the carrier cannot be asked is over once it answered. */
export function standingNotices({ notices, interceptStatus }: Pick<InterceptState, 'notices' | 'interceptStatus'>): Notice[] {
  return notices.filter((notice) => notice !== 'CARRIER_ACCESS_BROKEN' || interceptStatus === 'REQUESTED');
}

/** Whether a value that came from outside the bundle is a notice we know. */
export function isNotice(value: unknown): value is Notice {
  return NOTICES.some((notice) => notice === value);
}

/** All durations of a case, fixed at its start: a changed configuration never moves a running case. */
export interface InterceptDurations {
  /** Rejecting unlocks this long after initiation without a result (R31). */
  rejectUnlockAfterMs: DurationMs;
  /** An untouched case refunds itself this long after initiation (R28, R30). */
  autoRefundAfterMs: DurationMs;
  /** No new scan for this long after success: the return is stalled (Q33). */
  returnStalledAfterMs: DurationMs;
  /** Not signed back this long after success: the return is overdue (Q33). */
  returnOverdueAfterMs: DurationMs;
  /** The watch ends this long after initiation, whatever is known. */
  returnGiveUpAfterMs: DurationMs;
  /** A failed, lost or delivered parcel may still be corrected by a later scan for this long. */
  correctionAfterMs: DurationMs;
}

/** A code and text of the carrier or platform, verbatim. */
export interface ForeignReason {
  code: string | null;
  message: string;
}

/** Whether a value that came from outside the bundle is a code and a text. */
export function isForeignReason(value: unknown): value is ForeignReason {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as Partial<Record<keyof ForeignReason, unknown>>;
  return (code === null || typeof code === 'string') && typeof message === 'string';
}

/** The version of a rule that started a case, and the confirmation it rests on: its saving, with these bounds. */
export interface StartingRule {
  ruleId: string;
  name: string;
  version: number;
  judgementId: number;
  confirmedBy: string;
  confirmedAt: EpochMs;
  refundAtMostFen: Fen;
  feeAtMostFen: Fen;
}

/** Everything a case ever needs to run, so that a new run can be made from the record alone. */
export interface InterceptInput {
  interceptId: string;
  refundId: string;
  orderId: string;
  shopId: string;
  waybillNo: string;
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  attempt: number;
  /** Version of the rules the case began under (`rules.ts`); absent in cases older than versions: 1. */
  rules?: number;
  /** Amount asked at initiation: an automatic payment never exceeds it (Q12). */
  refundFeeFen: Fen;
  /** Fee agreed with the outlet at initiation, null when no price is known (Q31). */
  feeFen: Fen | null;
  /** PostgreSQL's time of the create transaction; both deadlines hang on it (Q2). */
  initiatedAt: EpochMs;
  initiatedBy: string;
  /** The rule that started it, and who confirmed that once for all (R25); absent where a person started it. */
  rule?: StartingRule;
  platformExpireAt: EpochMs | null;
  /** Where the carrier is asked to send the parcel, for a follower what its leader asked; absent: to the sender. */
  returnTo?: ReturnTo;
  /** ADDRESS: the version of the shop's return address; what it says stays out of histories and records. */
  returnAddressVersion?: number;
  /** Scans older than the pick-up belong to another parcel with the same number. */
  pickedUpAt: EpochMs | null;
  durations: InterceptDurations;
  /** Another open intercept has this waybill: this one starts in that one's status and calls no carrier. */
  follows: null | {
    interceptId: string;
    interceptStatus: InterceptStatus;
    /** The carrier accepted the leader's request: it can be refused no more. Absent: taken as accepted unless REQUESTED. */
    accepted?: boolean;
    carrierReference: string | null;
    failure: ForeignReason | null;
    parcel: ParcelEvidence;
    /** The attempt whose request the carrier has. Absent in older cases: taken as this case's own. */
    asked?: Pick<InterceptInput, 'attempt' | 'initiatedAt'>;
  };
}

/** The one money command in flight. */
export interface MoneyCommand {
  kind: 'PAY' | 'REJECT' | 'ARBITRATE';
  /** Number of the command within the case; its outcome names it. */
  sequence: number;
  since: EpochMs;
  actor: string;
  /** PAY: why, and the most that may be paid. */
  cause: RefundCause | null;
  /** The amount the merchant named, null when none: then at most the amount at initiation is paid. */
  agreedFen: Fen | null;
  reason: string | null;
  description: string | null;
  images: string[];
  /** REJECT or ARBITRATE met by the deadline or a success: not sent again, the refund is read and this cause pays if it is still open. */
  overtakenBy: RefundCause | null;
}

/** The whole state of a case: plain data, the same in the workflow, in the record and in a saved history. */
export interface InterceptState {
  input: InterceptInput;
  /** Version of the rules it is judged by now (`rules.ts`). */
  rules: number;
  interceptStatus: InterceptStatus;
  refundStatus: RefundStatus;
  refundCause: RefundCause | null;
  automaticRefund: AutomaticRefund;
  /** Why it is disarmed; `AMOUNT` is re-armed by a lower amount, nothing else is. */
  disarmedBy: null | 'AMOUNT' | 'TYPE' | 'WAYBILL' | 'ARBITRATION' | 'PAYMENT_FAILED' | 'UNCONFIRMED' | 'DECIDED';
  /** The amount asked now. */
  refundFeeFen: Fen;
  platformExpireAt: EpochMs | null;
  carrierReference: string | null;
  carrierRefusal: ForeignReason | null;
  failure: ForeignReason | null;
  command: MoneyCommand | null;
  commandCount: number;
  /** A payment call of ours was sent, or may have been. */
  paymentSent: boolean;
  /** When the platform last took a payment call of ours without confirming it. */
  paymentAnsweredAt: EpochMs | null;
  /** When the platform took our rejection, as long as it has not shown it. */
  rejectionTakenAt: EpochMs | null;
  /** The platform's last refusal of the command in flight or of the one before, verbatim. */
  platformRefusal: ForeignReason | null;
  returnStatus: ReturnStatus | null;
  returnFailure: ReturnFailure | null;
  /** What is known of the parcel, independent of the order in which it became known. */
  parcel: ParcelEvidence;
  /** When the next look at a quiet return is due, and when a return is overdue; null before success. */
  stallDueAt: EpochMs | null;
  overdueAt: EpochMs | null;
  /** STALLED or OVERDUE as the clocks found it; a newer scan takes it back. */
  quiet: null | 'STALLED' | 'OVERDUE';
  /** When the present end state (failed, lost, delivered) was reached. */
  endStateSince: EpochMs | null;
  rejectUnlockTold: boolean;
  notices: Notice[];
  /** Carrier's acceptance. */
  acceptedAt: EpochMs | null;
  /** First success or failure. */
  resultAt: EpochMs | null;
  succeededAt: EpochMs | null;
  refundDecidedAt: EpochMs | null;
  refundedAt: EpochMs | null;
  returnSignedAt: EpochMs | null;
  version: number;
  updatedAt: EpochMs;
}

/** Sets of scans boiled down to the instants that decide: the same whatever their order and repetition. */
export interface ParcelEvidence {
  /** A result, push or status of the carrier said the parcel was caught. */
  caught: boolean;
  firstReturningAt: EpochMs | null;
  lastReturningAt: EpochMs | null;
  lastSignedAt: EpochMs | null;
  returnSigned: boolean;
  lastLostAt: EpochMs | null;
  damaged: boolean;
  lastScanAt: EpochMs | null;
}
