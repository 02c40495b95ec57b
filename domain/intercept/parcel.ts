import { type EpochMs, DAY_MS } from '../time.ts';
import { type Draft, log, notify, tell } from './draft.ts';
import type { CarrierEvidence } from './event.ts';
import { isOfEarlierAttempt, judgeRefusal } from './refusal.ts';
import { isUnderRules } from './rules.ts';
import type { ForeignReason, InterceptState, InterceptStatus, ParcelEvidence, ReturnFailure, ReturnStatus } from './state.ts';

export const NO_EVIDENCE: ParcelEvidence = {
  caught: false,
  firstReturningAt: null,
  lastReturningAt: null,
  lastSignedAt: null,
  returnSigned: false,
  lastLostAt: null,
  damaged: false,
  lastScanAt: null,
};

const later = (a: EpochMs | null, b: EpochMs): EpochMs => (a === null || b > a ? b : a);
const earlier = (a: EpochMs | null, b: EpochMs): EpochMs => (a === null || b < a ? b : a);

/**
 * Adds one piece of evidence. Every field is a minimum, a maximum or an "ever seen", so any order and repetition of
 * the same scans gives the same evidence (carriers push late, twice and out of order).
 */
export function addEvidence(parcel: ParcelEvidence, evidence: CarrierEvidence): ParcelEvidence {
  const at = evidence.occurredAt;
  const isScan = !['RESULT_SUCCEEDED', 'RESULT_FAILED', 'RESULT_REFUSED', 'ACCEPTED'].includes(evidence.kind);
  const next = isScan ? { ...parcel, lastScanAt: later(parcel.lastScanAt, at) } : { ...parcel };
  switch (evidence.kind) {
    case 'RESULT_SUCCEEDED':
      next.caught = true;
      break;
    case 'RETURNING':
      next.firstReturningAt = earlier(next.firstReturningAt, at);
      next.lastReturningAt = later(next.lastReturningAt, at);
      break;
    case 'SIGNED':
      next.lastSignedAt = later(next.lastSignedAt, at);
      break;
    case 'RETURN_SIGNED':
      next.returnSigned = true;
      break;
    case 'LOST':
      next.lastLostAt = later(next.lastLostAt, at);
      break;
    case 'DAMAGED':
      next.damaged = true;
      break;
    default:
      break;
  }
  return next;
}

/** The parcel was turned round: by the carrier's word, or because it was seen coming back (Q4). */
export function isCaught(parcel: ParcelEvidence): boolean {
  return parcel.caught || parcel.firstReturningAt !== null || parcel.returnSigned;
}

/** Where a caught parcel is, from the scans alone (Q5: a SIGNED after a RETURNING is a return signed). */
export function readReturn(parcel: ParcelEvidence): { returnStatus: ReturnStatus; returnFailure: ReturnFailure | null } {
  const damage = parcel.damaged ? 'DAMAGED' : null;
  const { firstReturningAt, lastReturningAt, lastSignedAt, lastLostAt } = parcel;
  const signedBack = parcel.returnSigned || (firstReturningAt !== null && lastSignedAt !== null && lastSignedAt >= firstReturningAt);
  if (signedBack) return { returnStatus: 'RETURN_SIGNED', returnFailure: damage };
  if (lastLostAt !== null && (lastReturningAt === null || lastLostAt >= lastReturningAt)) {
    return { returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' };
  }
  if (firstReturningAt !== null) return { returnStatus: 'RETURNING', returnFailure: damage };
  if (lastSignedAt !== null) return { returnStatus: 'RETURN_FAILED', returnFailure: 'DELIVERED_TO_BUYER' };
  return { returnStatus: 'WAITING_RETURN', returnFailure: damage };
}

/** Applies evidence to the intercept and return axes; money follows in the same step from the axes alone. */
export function applyEvidence(draft: Draft, evidence: CarrierEvidence): void {
  const { input } = draft.state;
  if (input.pickedUpAt !== null && evidence.occurredAt < input.pickedUpAt) {
    log(draft, { actorKind: 'CARRIER', actor: input.carrier, what: 'EVIDENCE_OF_AN_EARLIER_PARCEL', reference: evidence.key });
  } else if (isOfEarlierAttempt(draft.state, evidence)) {
    log(draft, { actorKind: 'CARRIER', actor: input.carrier, what: 'RESULT_OF_AN_EARLIER_ATTEMPT', reference: evidence.key });
  } else {
    applyOwnEvidence(draft, evidence);
  }
}

/** Applies evidence that is certainly about this parcel and this attempt. */
export function applyOwnEvidence(draft: Draft, evidence: CarrierEvidence): void {
  const { state } = draft;
  const lastScanBefore = state.parcel.lastScanAt;
  state.parcel = addEvidence(state.parcel, evidence);
  if (state.quiet !== null && state.parcel.lastScanAt !== null && (lastScanBefore === null || state.parcel.lastScanAt > lastScanBefore)) {
    state.quiet = null;
    state.stallDueAt = Math.max(draft.at, state.parcel.lastScanAt) + state.input.durations.returnStalledAfterMs;
  }
  moveIntercept(draft, evidence);
  moveReturn(draft, evidence.key);
}

function setIntercept(draft: Draft, to: InterceptStatus, evidence: CarrierEvidence): void {
  const { state } = draft;
  log(draft, {
    actorKind: 'CARRIER',
    actor: state.input.carrier,
    what: `INTERCEPT_${to}`,
    before: { interceptStatus: state.interceptStatus },
    after: { interceptStatus: to },
    reference: evidence.key,
  });
  state.interceptStatus = to;
}

function moveIntercept(draft: Draft, evidence: CarrierEvidence): void {
  const { state } = draft;
  const from = state.interceptStatus;
  if (isCaught(state.parcel)) {
    if (from === 'SUCCEEDED') logOnly(draft, evidence);
    else if (from === 'REJECTED_BY_CARRIER') notify(draft, 'PARCEL_RETURNS_AFTER_REFUSAL');
    else succeed(draft, evidence);
    return;
  }
  const refusal = evidence.kind === 'RESULT_REFUSED' ? judgeRefusal(state, evidence) : null;
  if (refusal === 'REFUSES') return refuse(draft, { code: evidence.code, message: evidence.message }, evidence.key);
  const failure = refusal === 'FAILS' ? { code: evidence.code, message: evidence.message } : readFailure(evidence);
  if (failure !== null && (from === 'REQUESTED' || from === 'INTERCEPTING')) {
    fail(draft, evidence, failure);
  } else if (failure !== null && from === 'FAILED') {
    logOnly(draft, evidence);
    if (state.failure === null || failureRank(failure) < failureRank(state.failure)) state.failure = failure;
  } else if (evidence.kind === 'ACCEPTED' && mayBeAccepted(state)) {
    accept(draft, evidence.code, evidence.key);
  } else {
    logOnly(draft, evidence);
  }
}

/** A follower that failed before its leader was answered is accepted with it, as the leader itself is. */
function mayBeAccepted(state: InterceptState): boolean {
  if (state.interceptStatus === 'REQUESTED') return true;
  return isUnderRules(state, 2) && state.acceptedAt === null && state.interceptStatus === 'FAILED';
}

function logOnly(draft: Draft, evidence: CarrierEvidence): void {
  log(draft, {
    actorKind: 'CARRIER',
    actor: draft.state.input.carrier,
    what: `CARRIER_SAYS_${evidence.kind}`,
    after: { message: evidence.message },
    reference: evidence.key,
  });
}

/** The carrier took the request on: acceptance is not success (Q4). */
export function accept(draft: Draft, reference: string | null, source: string | null): void {
  const { state } = draft;
  log(draft, {
    actorKind: 'CARRIER',
    actor: state.input.carrier,
    what: 'INTERCEPT_ACCEPTED',
    before: { interceptStatus: state.interceptStatus },
    after: { interceptStatus: state.interceptStatus === 'REQUESTED' ? 'INTERCEPTING' : state.interceptStatus, reference },
    reference: source,
  });
  state.carrierReference ??= reference;
  state.acceptedAt ??= draft.at;
  if (state.interceptStatus === 'REQUESTED') {
    state.interceptStatus = 'INTERCEPTING';
    tell(draft, 'intercept.accepted');
  }
}

/** The carrier refused: no window was opened (Q3). */
export function refuse(draft: Draft, refusal: { code: string | null; message: string }, source: string | null): void {
  const { state } = draft;
  log(draft, {
    actorKind: 'CARRIER',
    actor: state.input.carrier,
    what: 'INTERCEPT_REFUSED',
    before: { interceptStatus: state.interceptStatus },
    after: { interceptStatus: 'REJECTED_BY_CARRIER', code: refusal.code, message: refusal.message },
    reference: source ?? refusal.code,
  });
  state.interceptStatus = 'REJECTED_BY_CARRIER';
  state.carrierRefusal = refusal;
  state.resultAt ??= draft.at;
  tell(draft, 'intercept.refused');
}

function succeed(draft: Draft, evidence: CarrierEvidence): void {
  const { state } = draft;
  setIntercept(draft, 'SUCCEEDED', evidence);
  state.failure = null;
  state.acceptedAt ??= draft.at;
  state.resultAt ??= draft.at;
  state.succeededAt = draft.at;
  state.stallDueAt = draft.at + state.input.durations.returnStalledAfterMs;
  state.overdueAt = draft.at + state.input.durations.returnOverdueAfterMs;
  tell(draft, 'intercept.succeeded');
  // One parcel, one fee: the leader of a shared parcel owes it.
  if (state.input.follows === null) draft.effects.push({ type: 'FEE_DUE', at: draft.at });
  if (state.refundStatus === 'REJECTED') notify(draft, 'LATE_SUCCESS_AFTER_REJECTION');
  if (state.refundStatus === 'CLOSED' && state.refundCause === 'BUYER_WITHDREW') notify(draft, 'PARCEL_RETURNS_AFTER_WITHDRAWAL');
}

const SCAN_FAILURES: Partial<Record<CarrierEvidence['kind'], string>> = { SIGNED: '买家已签收', LOST: '包裹遗失' };

/** What fails an intercept: the carrier's word, the buyer's signature, the parcel's loss (Q5). */
function readFailure(evidence: CarrierEvidence): ForeignReason | null {
  if (evidence.kind === 'RESULT_FAILED') return { code: evidence.code, message: evidence.message };
  const text = SCAN_FAILURES[evidence.kind];
  return text === undefined ? null : { code: evidence.kind, message: evidence.message || text };
}

/** The reason shown does not depend on which became known first: the carrier's own word, then the signature, then the loss. */
function failureRank(failure: ForeignReason): number {
  return failure.code === 'LOST' ? 2 : failure.code === 'SIGNED' ? 1 : 0;
}

function fail(draft: Draft, evidence: CarrierEvidence, failure: ForeignReason): void {
  const { state } = draft;
  setIntercept(draft, 'FAILED', evidence);
  state.failure = failure;
  state.resultAt ??= draft.at;
  state.endStateSince = draft.at;
  tell(draft, 'intercept.failed');
}

/** Recomputes the return axis from the evidence and the clocks, and tells what moved. */
export function moveReturn(draft: Draft, reference: string | null): void {
  const { state } = draft;
  if (state.interceptStatus !== 'SUCCEEDED') return;
  const read = readReturn(state.parcel);
  const quiet = read.returnStatus === 'WAITING_RETURN' || read.returnStatus === 'RETURNING' ? state.quiet : null;
  const returnStatus: ReturnStatus = quiet === null ? read.returnStatus : 'RETURN_FAILED';
  const returnFailure: ReturnFailure | null = quiet ?? read.returnFailure;
  if (returnStatus === state.returnStatus && returnFailure === state.returnFailure) return;
  log(draft, {
    actorKind: quiet === null ? 'CARRIER' : 'CLOCK',
    actor: quiet === null ? state.input.carrier : 'clock',
    what: `RETURN_${returnFailure ?? returnStatus}`,
    before: { returnStatus: state.returnStatus, returnFailure: state.returnFailure },
    after: { returnStatus, returnFailure },
    reference,
  });
  const moved = returnStatus !== state.returnStatus;
  state.returnStatus = returnStatus;
  const failedAnew = returnFailure !== null && returnFailure !== state.returnFailure;
  state.returnFailure = returnFailure;
  state.endStateSince = returnFailure === 'LOST' || returnFailure === 'DELIVERED_TO_BUYER' ? draft.at : null;
  if (returnStatus === 'RETURN_SIGNED') state.returnSignedAt ??= draft.at;
  if (moved && returnStatus === 'RETURNING') tell(draft, 'return.returning');
  if (moved && returnStatus === 'RETURN_SIGNED') tell(draft, 'return.signed');
  if (failedAnew) tell(draft, 'return.failed');
}

/** The clocks of the return watch: a quiet return is looked at, an unsigned one becomes overdue (Q33). */
export function watchReturn(draft: Draft): void {
  const { state } = draft;
  if (!isWatched(state)) return;
  if (state.overdueAt !== null && draft.at >= state.overdueAt) {
    state.overdueAt = null;
    state.quiet = 'OVERDUE';
    state.stallDueAt = null;
    moveReturn(draft, null);
    return;
  }
  if (state.stallDueAt !== null && draft.at >= state.stallDueAt) {
    state.stallDueAt = null;
    draft.effects.push({ type: 'CHECK_LAST_SCAN' });
  }
}

/** The answer to a look at a quiet return: a newer scan moves the clock, none means stalled. */
export function applyLastScan(draft: Draft, lastScanAt: EpochMs | null): void {
  const { state } = draft;
  if (!isWatched(state) || state.quiet === 'OVERDUE') return;
  if (lastScanAt !== null) state.parcel.lastScanAt = later(state.parcel.lastScanAt, lastScanAt);
  const since = Math.max(state.parcel.lastScanAt ?? 0, state.succeededAt ?? 0);
  const dueAt = since + state.input.durations.returnStalledAfterMs;
  if (dueAt > draft.at) {
    state.stallDueAt = dueAt;
    return;
  }
  state.quiet = 'STALLED';
  moveReturn(draft, null);
}

/** Whether the parcel is still expected back. */
export function isWatched(state: InterceptState): boolean {
  if (state.interceptStatus !== 'SUCCEEDED') return false;
  const { returnStatus } = readReturn(state.parcel);
  return returnStatus === 'WAITING_RETURN' || returnStatus === 'RETURNING';
}

/** How long a failed, lost or delivered parcel may still be corrected, unless the case says otherwise. */
export const CORRECTION_AFTER_MS = 7 * DAY_MS;
