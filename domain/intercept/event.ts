import type { Fen } from '../money.ts';
import type { PlatformRefund } from '../refund.ts';
import { type EpochMs, isInstant } from '../time.ts';
import type { ForeignReason, InterceptState, Notice } from './state.ts';

export const EVIDENCE_KINDS = [
  'RESULT_SUCCEEDED',
  'RESULT_FAILED',
  'RESULT_REFUSED',
  'ACCEPTED',
  'RETURNING',
  'SIGNED',
  'RETURN_SIGNED',
  'OUT_FOR_DELIVERY',
  'AWAITING_PICKUP',
  'LOST',
  'DAMAGED',
  'SCAN',
] as const;

/** Evidence about the parcel (design: only what may decide something reaches the case). */
export interface CarrierEvidence {
  /** Identity: the same evidence twice changes nothing. */
  key: string;
  kind: (typeof EVIDENCE_KINDS)[number];
  /** What the carrier says; orders scans. */
  occurredAt: EpochMs;
  /** PostgreSQL's clock when it was first received; decides races. */
  receivedAt: EpochMs;
  code: string | null;
  message: string;
}

/** Whether a value that came from outside the bundle is evidence the machine can read. */
export function isCarrierEvidence(value: unknown): value is CarrierEvidence {
  if (typeof value !== 'object' || value === null) return false;
  const { key, kind, occurredAt, receivedAt } = value as Partial<Record<keyof CarrierEvidence, unknown>>;
  return typeof key === 'string' && EVIDENCE_KINDS.some((known) => known === kind) && isInstant(occurredAt) && isInstant(receivedAt);
}

/**
 * The carrier's answer to our request, after repeats. `joined`: it took no second intercept, because one that is not ours is in
 * force already; in these words.
 */
export type CarrierAnswer =
  | { kind: 'ACCEPTED'; reference: string | null; joined?: ForeignReason | undefined }
  | ({ kind: 'REFUSED' } & ForeignReason);

/** A merchant's command as the API passes it on. */
export type MerchantCommand =
  | { kind: 'APPROVE'; actor: string; agreedFen: Fen | null }
  | { kind: 'REJECT'; actor: string; reason: string; description: string; images: string[] }
  | { kind: 'ARBITRATE'; actor: string; description: string; pictures: string[] };

/** How a payment, rejection or arbitration ended. `refund` is the platform's last word on the refund, null when it never said. */
export interface MoneyOutcome {
  /**
   * `DONE`: the call was taken. `NOT_SENT`: the refund as read allowed none. `REFUSED`: the platform refused for good.
   * `AMOUNT_CHANGED`, `WAYBILL_CHANGED`: it is not what was agreed to. `CANCELLED`: given up, outcome unknown.
   */
  kind: 'DONE' | 'NOT_SENT' | 'REFUSED' | 'WITHDRAWN' | 'AMOUNT_CHANGED' | 'WAYBILL_CHANGED' | 'EVIDENCE_PENDING' | 'CANCELLED';
  /** A payment call left, in this or an earlier try, that may have been applied. */
  sent: boolean;
  refund: PlatformRefund | null;
  refusal: ForeignReason | null;
}

/** Everything that can happen to a case; `at` is the instant that decides (see each source). */
export type InterceptEvent =
  | { type: 'CARRIER_ANSWERED'; at: EpochMs; answer: CarrierAnswer }
  | { type: 'EVIDENCE'; at: EpochMs; evidence: CarrierEvidence }
  | { type: 'COMMAND'; at: EpochMs; command: MerchantCommand }
  | { type: 'MONEY_ANSWERED'; at: EpochMs; sequence: number; outcome: MoneyOutcome }
  | { type: 'REFUND_READ'; at: EpochMs; refund: PlatformRefund }
  | { type: 'REFUND_WITHDRAWN'; at: EpochMs }
  | { type: 'LAST_SCAN_READ'; at: EpochMs; lastScanAt: EpochMs | null }
  /** Found by the patrol; `reason`: the platform's code and words behind it, if it gave any. */
  | { type: 'NOTICE'; at: EpochMs; notice: Notice; reason?: ForeignReason | null }
  /** Somebody asked Temporal to cancel the run: an intercept cannot be cancelled (R27). */
  | { type: 'CANCEL_ASKED'; at: EpochMs }
  | { type: 'TIME_PASSED'; at: EpochMs };

/** One line of a case's audit log. */
export interface LogLine {
  at: EpochMs;
  actorKind: 'MERCHANT' | 'CARRIER' | 'PLATFORM' | 'CLOCK' | 'SYSTEM';
  actor: string;
  /** What happened, an UPPER_SNAKE word. */
  what: string;
  before: Record<string, string | number | null>;
  after: Record<string, string | number | null>;
  /** Event key, platform update or carrier code this line rests on. */
  reference: string | null;
}

/** Events told to the shop's own systems (contract: outgoing webhooks). */
export const TOLD_EVENTS = [
  'intercept.requested',
  'intercept.accepted',
  'intercept.refused',
  'intercept.succeeded',
  'intercept.failed',
  'refund.reject_unlocked',
  'refund.deadline_near',
  'refund.refunded',
  'refund.rejected',
  'refund.arbitration_requested',
  'refund.closed',
  'return.returning',
  'return.signed',
  'return.failed',
  'subscription.reviewed',
  'claim.updated',
] as const;
export type ToldEvent = (typeof TOLD_EVENTS)[number];

/** What the workflow must cause. */
export type Effect =
  | { type: 'REQUEST_INTERCEPT' }
  | { type: 'MONEY'; sequence: number }
  | { type: 'GIVE_UP_MONEY'; sequence: number }
  | { type: 'CHECK_LAST_SCAN' }
  | { type: 'LOG'; line: LogLine }
  | { type: 'TELL'; event: ToldEvent; at: EpochMs }
  /** The fee became due: first success (Q31). */
  | { type: 'FEE_DUE'; at: EpochMs };

/** Result of applying one event. */
export interface Step {
  state: InterceptState;
  effects: Effect[];
}
