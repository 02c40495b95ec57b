import { namesAnotherParcel, type PlatformRefund } from '../refund.ts';
import { type EpochMs, HOUR_MS } from '../time.ts';
import { autoRefundAt } from './action.ts';
import { type Draft, log, notify, tell } from './draft.ts';
import { isUnderRules } from './rules.ts';
import type { InterceptState, RefundCause, RefundStatus } from './state.ts';

/** What the platform's status numbers mean for the refund axis (design: platform status table). */
export type RefundReading = 'OPEN' | 'REJECTED' | 'UNDER_ARBITRATION' | 'TYPE_CHANGED' | 'PAYING' | 'PAID' | 'CLOSED';

/** Reads the platform's status; null for a number nobody documented (logged, changes nothing). */
export function readPlatformStatus(refund: PlatformRefund): RefundReading | null {
  if (refund.status === 60) return 'PAID';
  if (refund.status === 50) return 'PAYING';
  if (refund.status === 70) return 'CLOSED';
  if (refund.status === 20) return 'UNDER_ARBITRATION';
  if (refund.status === 12) return 'REJECTED';
  if (refund.status === 11 || (refund.status >= 21 && refund.status <= 45)) return 'TYPE_CHANGED';
  if (refund.status !== 10) return null;
  if (refund.handlingWay !== 10) return 'TYPE_CHANGED';
  return refund.negotiateStatus === 3 ? 'REJECTED' : 'OPEN';
}

const SETTLED: readonly RefundStatus[] = ['REFUNDED', 'CLOSED', 'RELEASED'];

/** Nothing the platform says later moves these. */
export function isRefundSettled(status: RefundStatus): boolean {
  return SETTLED.includes(status);
}

/** Moves the refund axis, with its log line. */
export function setRefund(draft: Draft, to: RefundStatus, cause: RefundCause | null, reference: string | null = null): void {
  const { state } = draft;
  if (state.refundStatus === to && state.refundCause === cause) return;
  log(draft, {
    actorKind: 'PLATFORM',
    actor: 'platform',
    what: `REFUND_${to}`,
    before: { refundStatus: state.refundStatus, refundCause: state.refundCause },
    after: { refundStatus: to, refundCause: cause, refundFeeFen: state.refundFeeFen },
    reference,
  });
  state.refundStatus = to;
  state.refundCause = cause;
}

export function disarm(state: InterceptState, by: NonNullable<InterceptState['disarmedBy']>): void {
  state.automaticRefund = 'DISARMED';
  state.disarmedBy = by;
}

/**
 * Applies what the platform says to the refund axis. Not called while a money command of ours is in flight: that
 * command reads the refund itself, and only its outcome knows whether a call of ours was behind what is seen.
 */
export function applyRefund(draft: Draft, refund: PlatformRefund): void {
  const { state } = draft;
  state.platformExpireAt = refund.expireAt;
  if (refund.expireAt !== null && refund.expireAt < autoRefundAt(state) && state.refundStatus === 'OPEN')
    notify(draft, 'PLATFORM_DEADLINE_EARLIER');
  if (isRefundSettled(state.refundStatus)) return;
  const reading = readPlatformStatus(refund);
  const reference = `platform:${refund.status}/${refund.negotiateStatus}@${refund.updatedAt}`;
  if (reading !== 'PAID' && reading !== 'PAYING' && reading !== 'CLOSED') followAmount(draft, refund);
  if (reading === 'OPEN' || reading === 'UNDER_ARBITRATION') followWaybill(draft, refund);
  switch (reading) {
    case 'PAID':
      return becomeRefunded(draft, reference);
    case 'PAYING':
      return becomePaying(draft, reference);
    case 'CLOSED':
      return becomeClosed(draft, reference);
    case 'OPEN':
      return becomeOpen(draft, reference);
    case 'REJECTED':
      return becomeRejected(draft, reference);
    case 'UNDER_ARBITRATION':
      return becomeArbitrated(draft, reference);
    case 'TYPE_CHANGED':
      return becomeOtherType(draft, reference);
    case null:
      return log(draft, { actorKind: 'PLATFORM', actor: 'platform', what: 'REFUND_STATUS_UNKNOWN', reference });
  }
}

/** Q12: a higher amount hands the case to the merchant; a later lower one re-arms. */
function followAmount(draft: Draft, refund: PlatformRefund): void {
  const { state } = draft;
  if (refund.refundFeeFen !== state.refundFeeFen) {
    log(draft, {
      actorKind: 'PLATFORM',
      actor: 'platform',
      what: 'REFUND_AMOUNT_CHANGED',
      before: { refundFeeFen: state.refundFeeFen },
      after: { refundFeeFen: refund.refundFeeFen },
    });
    state.refundFeeFen = refund.refundFeeFen;
  }
  if (refund.refundFeeFen > state.input.refundFeeFen) {
    if (state.automaticRefund === 'ARMED') disarm(state, 'AMOUNT');
    if (state.refundStatus === 'OPEN' || state.refundStatus === 'UNDER_ARBITRATION') notify(draft, 'REFUND_AMOUNT_RAISED');
  } else if (state.disarmedBy === 'AMOUNT' && state.refundStatus === 'OPEN') {
    rearm(state);
    log(draft, { actorKind: 'SYSTEM', actor: 'rule', what: 'AUTOMATIC_REFUND_ARMED' });
  }
}

/**
 * The refund is about another parcel than the one that was intercepted: what comes back says nothing of it any more, so the
 * merchant decides. Nothing takes that back, not even the old number: somebody changed it twice and should look.
 */
function followWaybill(draft: Draft, refund: PlatformRefund): void {
  const { state } = draft;
  if (!isUnderRules(state, 2) || !namesAnotherParcel(refund, state.input.waybillNo)) return;
  if (state.refundStatus !== 'OPEN' && state.refundStatus !== 'UNDER_ARBITRATION') return;
  if (state.automaticRefund !== 'DISARMED' || state.disarmedBy === 'AMOUNT') disarm(state, 'WAYBILL');
  notify(draft, 'WAYBILL_CHANGED', { waybillNo: refund.waybillNo });
}

function decided(draft: Draft): void {
  draft.state.refundDecidedAt ??= draft.at;
  if (draft.state.automaticRefund !== 'DISARMED') disarm(draft.state, 'DECIDED');
}

/** Why it was paid: a verdict, our own cause if a payment call of ours was sent, else somebody else did it. */
function causeOfPayment(state: InterceptState): RefundCause {
  if (state.refundStatus === 'UNDER_ARBITRATION' || state.refundCause === 'ARBITRATION') return 'ARBITRATION';
  if (state.paymentSent) return state.refundCause ?? 'MANUAL_APPROVAL';
  return 'SETTLED_ELSEWHERE';
}

function becomeRefunded(draft: Draft, reference: string): void {
  const { state } = draft;
  const cause = causeOfPayment(state);
  decided(draft);
  state.refundedAt = draft.at;
  state.paymentAnsweredAt = null;
  state.platformRefusal = null;
  setRefund(draft, 'REFUNDED', cause, reference);
  tell(draft, 'refund.refunded');
}

function becomePaying(draft: Draft, reference: string): void {
  const { state } = draft;
  const cause = causeOfPayment(state);
  decided(draft);
  state.paymentAnsweredAt ??= draft.at;
  setRefund(draft, 'REFUNDING', cause, reference);
}

function becomeClosed(draft: Draft, reference: string): void {
  const { state } = draft;
  if (state.refundStatus === 'REJECTED') return;
  if (state.refundStatus === 'UNDER_ARBITRATION' || state.refundCause === 'ARBITRATION') return close(draft, 'ARBITRATION', reference);
  if (!state.paymentSent) return withdraw(draft, reference);
  if (state.refundStatus === 'OPEN' && state.disarmedBy === 'PAYMENT_FAILED') return;
  reopenAfterFailedPayment(draft, reference);
}

function reopenAfterFailedPayment(draft: Draft, reference: string): void {
  const { state } = draft;
  state.paymentAnsweredAt = null;
  state.refundDecidedAt = null;
  disarm(state, 'PAYMENT_FAILED');
  setRefund(draft, 'OPEN', null, reference);
  notify(draft, 'REFUND_PAYMENT_FAILED');
}

/**
 * After a payment that the platform failed (70) nothing more can be done from here: the case ends with its watch, or once an
 * approval found the refund closed again. Nobody withdrew and nothing was paid, so there is no cause; the notice says it all.
 */
export function closeAfterFailedPayment(draft: Draft, reference: string | null): void {
  close(draft, null, reference);
}

/** The refund is open in name only: the platform closed it when it failed our payment. */
export function isPaymentFailed(state: InterceptState): boolean {
  return isUnderRules(state, 2) && state.refundStatus === 'OPEN' && state.disarmedBy === 'PAYMENT_FAILED' && state.command === null;
}

function close(draft: Draft, cause: RefundCause | null, reference: string | null): void {
  decided(draft);
  draft.state.platformRefusal = null;
  setRefund(draft, 'CLOSED', cause, reference);
  tell(draft, 'refund.closed');
}

/** The buyer took the request back: no refund, the intercept goes on, and somebody should know (Q11). */
export function withdraw(draft: Draft, reference: string | null): void {
  const { state } = draft;
  if (isRefundSettled(state.refundStatus) || state.refundStatus === 'REJECTED') return;
  close(draft, 'BUYER_WITHDREW', reference);
  if (['REQUESTED', 'INTERCEPTING', 'SUCCEEDED'].includes(state.interceptStatus)) notify(draft, 'PARCEL_RETURNS_AFTER_WITHDRAWAL');
}

function becomeOpen(draft: Draft, reference: string): void {
  const { state } = draft;
  switch (state.refundStatus) {
    case 'REJECTED':
      return state.rejectionTakenAt === null ? notify(draft, 'REFUND_REOPENED') : doubtRejection(draft, state.rejectionTakenAt);
    case 'UNDER_ARBITRATION':
      if (draft.at >= autoRefundAt(state)) disarm(state, 'ARBITRATION');
      else if (state.automaticRefund === 'SUSPENDED') rearm(state);
      return setRefund(draft, 'OPEN', null, reference);
    case 'REFUNDING':
      return returnUnconfirmed(draft, reference);
    default:
      // Open at the platform after all: no more closed in all but name.
      if (isPaymentFailed(state)) disarm(state, 'UNCONFIRMED');
      return;
  }
}

/** How long a payment or rejection the platform took may stay invisible before the case is handed to the merchant. */
export const UNCONFIRMED_AFTER_MS = HOUR_MS;

/** The platform took our rejection but still shows the refund open an hour later: its own deadline may pay it, somebody should look. */
function doubtRejection(draft: Draft, takenAt: EpochMs): void {
  if (draft.at - takenAt >= UNCONFIRMED_AFTER_MS) notify(draft, 'REJECTION_UNCONFIRMED');
}

function rearm(state: InterceptState): void {
  if (state.refundFeeFen > state.input.refundFeeFen) return disarm(state, 'AMOUNT');
  state.automaticRefund = 'ARMED';
  state.disarmedBy = null;
}

/** The platform took our payment but still shows the refund open an hour later: never paid again by itself, the merchant decides. */
function returnUnconfirmed(draft: Draft, reference: string): void {
  const { state } = draft;
  if (state.paymentAnsweredAt === null || draft.at - state.paymentAnsweredAt < UNCONFIRMED_AFTER_MS) return;
  state.paymentAnsweredAt = null;
  state.refundDecidedAt = null;
  disarm(state, 'UNCONFIRMED');
  setRefund(draft, 'OPEN', null, reference);
  notify(draft, 'REFUND_UNCONFIRMED');
}

/** The platform's word that it took a command whose effect it does not show yet. */
export const TAKEN = 'platform:taken';

export function becomeRejected(draft: Draft, reference: string): void {
  const { state } = draft;
  state.rejectionTakenAt = reference === TAKEN && isUnderRules(state, 2) ? draft.at : null;
  if (state.refundStatus === 'REJECTED') return;
  decided(draft);
  setRefund(draft, 'REJECTED', null, reference);
  tell(draft, 'refund.rejected');
  if (state.interceptStatus === 'SUCCEEDED') notify(draft, 'LATE_SUCCESS_AFTER_REJECTION');
}

export function becomeArbitrated(draft: Draft, reference: string): void {
  const { state } = draft;
  if (state.refundStatus === 'UNDER_ARBITRATION') return;
  if (state.automaticRefund === 'ARMED') state.automaticRefund = 'SUSPENDED';
  state.refundDecidedAt = null;
  setRefund(draft, 'UNDER_ARBITRATION', null, reference);
  tell(draft, 'refund.arbitration_requested');
}

function becomeOtherType(draft: Draft, reference: string): void {
  const { state } = draft;
  disarm(state, 'TYPE');
  state.paymentAnsweredAt = null;
  setRefund(draft, 'OPEN', null, reference);
  notify(draft, 'REFUND_TYPE_CHANGED');
}
