import { type EpochMs, toRfc3339 } from '../time.ts';
import { autoRefundAt, judgeAction, rejectUnlockAt, type ActionName, type ActionRefusal } from './action.ts';
import { giveUpAt, mayUnlock } from './deadline.ts';
import { type Draft, log, notify, openDraft, tell } from './draft.ts';
import type { CarrierAnswer, CarrierEvidence, Effect, InterceptEvent, MerchantCommand, Step } from './event.ts';
import { applyCommand, applyMoneyOutcome, payIfDue, refuseAction, releaseIfRefused } from './money.ts';
import { accept, applyEvidence, applyLastScan, applyOwnEvidence, isCaught, isWatched, refuse, watchReturn } from './parcel.ts';
import { applyRefund, closeAfterFailedPayment, isPaymentFailed, withdraw } from './refund-axis.ts';
import { isUnderRules } from './rules.ts';
import { initialState } from './shape.ts';
import type { InterceptInput, InterceptState, StartingRule } from './state.ts';

/**
 * The state a case starts in, and what to do first: ask the carrier, or, when another intercept leads this waybill,
 * take over where that one stands (a follower of a success pays at once).
 */
export function begin(input: InterceptInput): Step {
  const draft = openDraft(initialState(input), input.initiatedAt);
  const { state } = draft;
  if (input.rule !== undefined) confirmByRule(draft, input.rule);
  const actorKind = input.rule === undefined ? 'MERCHANT' : 'SYSTEM';
  const { refundFeeFen, returnTo, returnAddressVersion } = input;
  const after = { refundFeeFen, ...(returnTo && { returnTo }), ...(returnAddressVersion && { returnAddressVersion }) };
  log(draft, { actorKind, actor: input.initiatedBy, what: 'INTERCEPT_INITIATED', after });
  tell(draft, 'intercept.requested');
  if (input.platformExpireAt !== null && input.platformExpireAt < autoRefundAt(state)) notify(draft, 'PLATFORM_DEADLINE_EARLIER');
  if (input.follows === null) draft.effects.push({ type: 'REQUEST_INTERCEPT' });
  else follow(draft);
  settle(draft);
  return { state: draft.state, effects: draft.effects };
}

/** The merchant's confirmation (R25), given once for all refunds of a rule when that version of it was saved. */
function confirmByRule(draft: Draft, { name, version, confirmedBy, confirmedAt, refundAtMostFen, feeAtMostFen }: StartingRule): void {
  log(draft, {
    actorKind: 'MERCHANT',
    actor: confirmedBy,
    what: 'RULE_CONFIRMED',
    after: { rule: name, version, confirmedAt: toRfc3339(confirmedAt), refundAtMostFen, feeAtMostFen },
  });
}

function follow(draft: Draft): void {
  const { state } = draft;
  const leader = state.input.follows;
  if (leader === null) return;
  log(draft, {
    actorKind: 'SYSTEM',
    actor: 'shared parcel',
    what: 'FOLLOWS',
    after: { interceptId: leader.interceptId, interceptStatus: leader.interceptStatus },
  });
  if (leader.interceptStatus === 'REQUESTED') return;
  state.parcel = { ...leader.parcel };
  if (leader.accepted ?? true) accept(draft, leader.carrierReference, leader.interceptId);
  const result = leadersResult(leader, draft.at);
  if (result === null) return;
  // It is about this very parcel, whenever that was picked up.
  if (isUnderRules(state, 2)) applyOwnEvidence(draft, result);
  else applyEvidence(draft, result);
}

/** What the leader of the parcel came to, as evidence for its follower; null while it has no result. */
function leadersResult(leader: NonNullable<InterceptInput['follows']>, at: EpochMs): CarrierEvidence | null {
  const base = { key: `follows:${leader.interceptId}`, occurredAt: at, receivedAt: at };
  if (leader.interceptStatus === 'SUCCEEDED') return { ...base, kind: 'RESULT_SUCCEEDED', code: null, message: '同一包裹已拦截成功' };
  if (leader.interceptStatus !== 'FAILED') return null;
  return {
    ...base,
    kind: 'RESULT_FAILED',
    code: leader.failure?.code ?? null,
    message: leader.failure?.message ?? '同一包裹拦截失败',
  };
}

/**
 * Applies one event. Pure: no clock inside, the event carries the instant that decides. A deadline that lies before
 * the event is applied first, whatever woke the caller.
 */
export function apply(state: InterceptState, event: InterceptEvent): Step {
  const draft = openDraft(state, event.at);
  passTime(draft);
  handle(draft, event);
  settle(draft);
  return { state: draft.state, effects: draft.effects };
}

/** Applies events one after the other, as `apply` does each. */
export function applyAll(state: InterceptState, events: readonly InterceptEvent[]): Step {
  const effects: Effect[] = [];
  let present = state;
  for (const event of events) {
    const step = apply(present, event);
    present = step.state;
    effects.push(...step.effects);
  }
  return { state: present, effects };
}

function passTime(draft: Draft): void {
  const { state } = draft;
  if (mayUnlock(state) && draft.at >= rejectUnlockAt(state)) {
    state.rejectUnlockTold = true;
    log(draft, { actorKind: 'CLOCK', actor: 'clock', what: 'REJECT_UNLOCKED' });
    tell(draft, 'refund.reject_unlocked');
  }
  payIfDue(draft);
  watchReturn(draft);
  if (isPaymentFailed(state) && draft.at >= giveUpAt(state)) closeAfterFailedPayment(draft, null);
}

function settle(draft: Draft): void {
  releaseIfRefused(draft);
  payIfDue(draft);
}

function handle(draft: Draft, event: InterceptEvent): void {
  const { state } = draft;
  switch (event.type) {
    case 'CARRIER_ANSWERED':
      return applyAnswer(draft, event.answer);
    case 'EVIDENCE':
      return applyEvidence(draft, event.evidence);
    case 'COMMAND':
      if (judgeCommand(state, event.command.kind, event.at) === null) return applyCommand(draft, event.command);
      return log(draft, { actorKind: 'MERCHANT', actor: event.command.actor, what: `${event.command.kind}_NOT_ALLOWED` });
    case 'MONEY_ANSWERED':
      return applyMoneyOutcome(draft, event.sequence, event.outcome);
    case 'REFUND_READ':
      return state.command === null ? applyRefund(draft, event.refund) : undefined;
    case 'REFUND_WITHDRAWN':
      return state.command === null ? withdraw(draft, null) : undefined;
    case 'LAST_SCAN_READ':
      return applyLastScan(draft, event.lastScanAt);
    case 'NOTICE':
      if (event.notice === 'ACTION_REFUSED_BY_PLATFORM' && event.reason)
        return refuseAction(draft, state.command?.kind ?? 'PAY', event.reason);
      return notify(draft, event.notice);
    case 'CANCEL_ASKED':
      return log(draft, { actorKind: 'SYSTEM', actor: 'temporal', what: 'CANCEL_IGNORED' });
    case 'TIME_PASSED':
      return;
  }
}

function applyAnswer(draft: Draft, answer: CarrierAnswer): void {
  const { state } = draft;
  if (answer.kind === 'ACCEPTED') {
    accept(draft, answer.reference, 'answer');
    if (answer.joined) {
      const { code, message } = answer.joined;
      log(draft, { actorKind: 'CARRIER', actor: state.input.carrier, what: 'INTERCEPT_JOINED', reference: code, after: { message } });
    }
    return;
  }
  if (isCaught(state.parcel) || state.interceptStatus === 'REJECTED_BY_CARRIER') return;
  if (state.acceptedAt === null) return refuse(draft, { code: answer.code, message: answer.message }, 'answer');
  log(draft, {
    actorKind: 'CARRIER',
    actor: state.input.carrier,
    what: 'REFUSAL_AFTER_ACCEPTANCE',
    reference: answer.code,
    after: { message: answer.message },
  });
}

/** Why a merchant's command may not be taken now; null when it may. */
export interface CommandJudgement {
  code: 'ACTION_NOT_ALLOWED' | 'COMMAND_IN_PROGRESS';
  reason: ActionRefusal | null;
  availableAt: EpochMs | null;
}

const ACTION_OF: Record<MerchantCommand['kind'], ActionName> = {
  APPROVE: 'APPROVE_REFUND',
  REJECT: 'REJECT_REFUND',
  ARBITRATE: 'REQUEST_ARBITRATION',
};

/** Guards a command by the same rule that enables its button; a money command in flight excludes every other. */
export function judgeCommand(state: InterceptState, kind: MerchantCommand['kind'], now: EpochMs): CommandJudgement | null {
  if (state.command !== null) return { code: 'COMMAND_IN_PROGRESS', reason: null, availableAt: null };
  const { allowed, reason, availableAt } = judgeAction(state, ACTION_OF[kind], now);
  return allowed ? null : { code: 'ACTION_NOT_ALLOWED', reason, availableAt };
}

/** What a new run of an old case must start again: the carrier's answer still missing, the money command in flight, the look at a quiet return. */
export function resumedEffects(state: InterceptState): Effect[] {
  const effects: Effect[] = [];
  if (state.interceptStatus === 'REQUESTED' && state.input.follows === null) effects.push({ type: 'REQUEST_INTERCEPT' });
  if (state.command !== null) effects.push({ type: 'MONEY', sequence: state.command.sequence });
  if (isWatched(state) && state.stallDueAt === null && state.quiet === null) effects.push({ type: 'CHECK_LAST_SCAN' });
  return effects;
}

/** The state made visible: one version more, at `now`. */
export function stamp(state: InterceptState, now: EpochMs): InterceptState {
  return { ...state, version: state.version + 1, updatedAt: Math.max(state.updatedAt, now) };
}
