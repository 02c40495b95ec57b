import type { WorkOrderReading } from '../domain/claim/carrier-progress.ts';
import type { ClaimWrite } from '../domain/claim/record.ts';
import type { CarrierAnswer, MoneyOutcome } from '../domain/intercept/event.ts';
import type { RecordWrite } from '../domain/intercept/record.ts';
import type { ReturnTo } from '../domain/intercept/return-to.ts';
import type { RefundCause } from '../domain/intercept/state.ts';
import type { Fen } from '../domain/money.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';

/** What the carrier is asked for one case. */
export interface CarrierRequest {
  carrier: string;
  waybillNo: string;
  interceptId: string;
  /** True when an earlier run may have asked already: "already exists" then means accepted. */
  repeated: boolean;
  /** Where the parcel is to go; absent, as in requests of earlier versions: to the sender. */
  returnTo?: ReturnTo;
  /** With ADDRESS: whose it is, and which. */
  shopId?: string;
  returnAddressVersion?: number;
}

/** Calls to one carrier, on that carrier's own task queue. */
export interface CarrierActivities {
  /** Asks until the carrier answers; the request id is the intercept id in every try. */
  requestIntercept(request: CarrierRequest): Promise<CarrierAnswer>;
}

/** One money command for one refund. The business key is the refund id; never a run id or an attempt. */
export interface MoneyRequest {
  shopId: string;
  refundId: string;
  interceptId: string;
  carrier: string;
  waybillNo: string;
  sequence: number;
}
export interface PayRequest extends MoneyRequest {
  cause: RefundCause;
  /** The amount the merchant named; null: at most `maxFen`. */
  agreedFen: Fen | null;
  /** The amount at initiation: what is paid unasked never exceeds it (Q12). */
  maxFen: Fen;
  /** The merchant knows that the refund is about another parcel by now. Absent in requests of earlier versions: nobody does. */
  otherWaybillAgreed?: boolean;
  /** No call may leave before this instant; null: at once. */
  notBefore: EpochMs | null;
  /** A merchant waits: a definite refusal is answered instead of being tried again. */
  attended: boolean;
  /** What the record still lacks; written when the payment takes longer than one try. */
  records: RecordWrite[];
}
export interface RejectRequest extends MoneyRequest {
  reason: string;
  description: string;
  images: string[];
}
export interface ArbitrationRequest extends MoneyRequest {
  description: string;
  pictures: string[];
}

/** Money commands at the platform: each reads the refund first, sends at most one call a try, then reads back. */
export interface MoneyActivities {
  payRefund(request: PayRequest): Promise<MoneyOutcome>;
  rejectRefund(request: RejectRequest): Promise<MoneyOutcome>;
  requestArbitration(request: ArbitrationRequest): Promise<MoneyOutcome>;
}

/** The record of a case, and what it knows of the parcel. */
export interface RecordActivities {
  /** One transaction a write, each exactly once by (interceptId, version), in any order. */
  saveRecords(writes: RecordWrite[]): Promise<void>;
  /** When the parcel was last scanned, null when never. */
  readLastScan(parcel: { carrier: string; waybillNo: string }): Promise<EpochMs | null>;
}

/** Rounds of the patrol: each is bounded, safe to repeat, and answers how many things it moved. */
export interface PatrolActivities {
  /** Starts the run of a created intercept whose start was lost, or removes a row no run belongs to. */
  repairStarts(): Promise<number>;
  /** Notes open records whose run is gone, for the watchdog. */
  findLostRuns(): Promise<number>;
  /** Frees evidence whose delivery got stuck, and delivers it. */
  driveInbox(): Promise<number>;
  pollCarriers(): Promise<number>;
  syncRefunds(): Promise<number>;
  checkRefunds(): Promise<number>;
  tellNearDeadlines(): Promise<number>;
  refreshTokens(): Promise<number>;
  /** Tells open cases that their shop's authorisation at the platform ends soon. */
  tellExpiringAuthorisations(): Promise<number>;
  /** Removes what is older than it is kept. */
  removeExpired(): Promise<number>;
  /** Starts the runs of claims that were opened while Temporal could not be reached. */
  startClaims(): Promise<number>;
  /** Subscribes the waybills of open cases at their carriers, so that these push their scans. */
  subscribeTracks(): Promise<number>;
  /** Notes open claims whose run is gone, for the watchdog. */
  findLostClaims(): Promise<number>;
}

/** Deliveries of outgoing webhooks, after their first attempt. */
export interface WebhookActivities {
  /** One attempt, noted with what follows from it: settled, or how long to wait for the next. */
  attemptWebhook(delivery: { deliveryId: string }): Promise<WebhookProgress>;
}
export type WebhookProgress = { kind: 'SETTLED'; status: 'DELIVERED' | 'FAILED' } | { kind: 'WAITING'; waitMs: DurationMs };

/** Which claim an activity is about; everything personal is read from the database. */
export interface ClaimRequestRef {
  claimId: string;
  carrier: string;
  waybillNo: string;
  /** Number of the carrier's work order, null while unknown. */
  carrierReference: string | null;
  /** True when an earlier run may have opened the work order already. */
  repeated: boolean;
}

/** What a claim's run causes outside. */
export interface ClaimActivities {
  /** Opens the carrier's work order; asks until the carrier answers, with the claim id as its idempotency key. */
  openWorkOrder(claim: ClaimRequestRef): Promise<WorkOrderAnswer>;
  /** One look at the work order. */
  readWorkOrder(claim: ClaimRequestRef): Promise<WorkOrderReading>;
  /** One transaction a write, each exactly once by (claimId, version), in any order. */
  saveClaims(writes: ClaimWrite[]): Promise<void>;
}
export type WorkOrderAnswer = { kind: 'ACCEPTED'; reference: string | null } | { kind: 'REFUSED'; code: string | null; message: string };
