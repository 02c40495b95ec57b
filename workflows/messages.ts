import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ClaimState } from '../domain/claim/claim.ts';
import type { EnteredProgress } from '../domain/claim/progress.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import type { ForeignReason, InterceptInput, InterceptState, Notice } from '../domain/intercept/state.ts';
import type { InterceptView } from '../domain/intercept/view.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';

/** Task queues: money and records apart from each carrier, and from background work. */
export const TASK_QUEUE = 'refund-intercept';
export const BACKGROUND_QUEUE = 'background';
export function carrierQueue(carrier: string): string {
  return `carrier-${carrier.toLowerCase()}`;
}

/**
 * How long a worker may keep one workflow task of a case. Shorter than the usual 10 s: what a killed or starved worker took
 * along is handed on only after it, and a payment may be 5 s late at most. Longer than the 2 s a record may take inside one.
 */
export const WORKFLOW_TASK_TIMEOUT_MS = 3_000;

/** Encoding of a payload that a key has to open. What a worker could not open still begins with it. */
export const SEALED_ENCODING = 'binary/encrypted';

/** Name of the replays that tell what a run recorded (`tell-records.ts`). */
export const TELLING_REPLAY = 'telling-replay';

/** Workflow types, as registered. */
export const INTERCEPT_WORKFLOW = 'intercept';
export const CLAIM_WORKFLOW = 'claim';
export const DELIVER_WEBHOOK_WORKFLOW = 'deliverWebhook';
export const PATROL_WORKFLOW = 'patrol';
export const PATROL_SCHEDULE = 'patrol';

export function interceptWorkflowId(interceptId: string): string {
  return `intercept:${interceptId}`;
}
export function claimWorkflowId(claimId: string): string {
  return `claim:${claimId}`;
}
export function webhookWorkflowId(deliveryId: string): string {
  return `webhook:${deliveryId}`;
}

/**
 * Start of `intercept`. `resume` is set when a run is made again from the record (after a termination)
 * or carried over by continue-as-new: the case goes on where the record stood.
 */
export interface InterceptArgs {
  input: InterceptInput;
  resume: InterceptState | null;
}

/** Evidence of one waybill for one case, oldest first. */
export interface CarrierEvidenceSignal {
  evidence: CarrierEvidence[];
}
export const carrierEvidenceSignal = defineSignal<[CarrierEvidenceSignal]>('carrierEvidence');

/** The refund as the platform showed it at `readAt` (PostgreSQL's clock), or a notice found by the patrol. */
export interface RefundChangedSignal {
  refund: PlatformRefund | null;
  readAt: EpochMs;
  notice: Notice | null;
  /** With `ACTION_REFUSED_BY_PLATFORM`: the platform's code and words. */
  reason?: ForeignReason | null;
}
export const refundChangedSignal = defineSignal<[RefundChangedSignal]>('refundChanged');

/** Waits until the carrier answered or the refund was decided; then the case. Update id `create`. */
export const awaitCarrierAnswerUpdate = defineUpdate<InterceptView, []>('awaitCarrierAnswer');

export interface ApproveRefundInput {
  actor: string;
  /** The amount the merchant agrees to, null: at most the amount at initiation. */
  refundFeeFen: number | null;
}
export const approveRefundUpdate = defineUpdate<InterceptView, [ApproveRefundInput]>('approveRefund');

export interface RejectRefundInput {
  actor: string;
  reason: string;
  description: string;
  images: string[];
}
export const rejectRefundUpdate = defineUpdate<InterceptView, [RejectRefundInput]>('rejectRefund');

export interface RequestArbitrationInput {
  actor: string;
  description: string;
  pictures: string[];
}
export const requestArbitrationUpdate = defineUpdate<InterceptView, [RequestArbitrationInput]>('requestArbitration');

/** Start of `deliverWebhook`: the first attempt failed, the next is due after `waitMs`. */
export interface DeliverWebhookArgs {
  deliveryId: string;
  waitMs: number;
}

export const stateQuery = defineQuery<InterceptView>('state');

/**
 * Failure types an update may be refused with (`ApplicationFailure.type`); details[0] is `CommandRefusal`.
 */
export const COMMAND_REFUSALS = [
  'ACTION_NOT_ALLOWED',
  'COMMAND_IN_PROGRESS',
  'EVIDENCE_PENDING',
  'AMOUNT_CHANGED',
  'WAYBILL_CHANGED',
  'ACTION_REFUSED_BY_PLATFORM',
] as const;
export type CommandRefusalCode = (typeof COMMAND_REFUSALS)[number];
export interface CommandRefusal {
  reason: string | null;
  /** RFC 3339, for a locked rejection. */
  availableAt: string | null;
  /** AMOUNT_CHANGED: what the buyer asks now. */
  refundFeeFen: number | null;
  /** WAYBILL_CHANGED: the parcel the refund is about now. */
  waybillNo: string | null;
  /** ACTION_REFUSED_BY_PLATFORM: code and text of the platform. */
  platform: { code: string | null; message: string } | null;
}

/** Start of `claim`: the state as recorded, of a new claim or of one whose run is made again. */
export interface ClaimArgs {
  state: ClaimState;
  /** An earlier run may have asked the carrier already. */
  repeated?: boolean;
}

/** How a claim's run is started, by whoever starts it: the run is one for ever. */
export function claimStart(state: ClaimState) {
  return {
    workflowId: claimWorkflowId(state.claimId),
    taskQueue: BACKGROUND_QUEUE,
    args: [{ state }] as [ClaimArgs],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `索赔 ${state.carrier} ${state.waybillNo} · 拦截单 ${state.interceptId}`,
  } as const;
}

/** The outlet's or carrier's answer as the merchant entered it. What may not be taken is noted in the history and changes nothing. */
export interface ClaimProgressSignal extends EnteredProgress {
  actor: string;
}
export const claimProgressSignal = defineSignal<[ClaimProgressSignal]>('claimProgress');

export interface WithdrawClaimInput {
  actor: string;
  reason: string;
}
/** Refused with `ApplicationFailure.type` `CLAIM_SETTLED`, details[0] `{status}`, when nothing can happen to the claim any more. */
export const withdrawClaimUpdate = defineUpdate<ClaimState, [WithdrawClaimInput]>('withdrawClaim');
export const CLAIM_SETTLED = 'CLAIM_SETTLED';

export const claimStateQuery = defineQuery<ClaimState>('state');
