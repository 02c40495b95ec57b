import { autoRefundAt } from './action.ts';
import { type Draft, log, notify } from './draft.ts';
import type { MerchantCommand, MoneyOutcome } from './event.ts';
import {
  applyRefund,
  becomeArbitrated,
  becomeRejected,
  closeAfterFailedPayment,
  disarm,
  readPlatformStatus,
  setRefund,
  TAKEN,
  withdraw,
} from './refund-axis.ts';
import { isUnderRules } from './rules.ts';
import type { ForeignReason, MoneyCommand, RefundCause } from './state.ts';

const COMMAND_KINDS = { APPROVE: 'PAY', REJECT: 'REJECT', ARBITRATE: 'ARBITRATE' } as const;

/** Takes a merchant's command that `judgeCommand` allowed: one money command at a time. */
export function applyCommand(draft: Draft, command: MerchantCommand): void {
  const { state } = draft;
  log(draft, {
    actorKind: 'MERCHANT',
    actor: command.actor,
    what: `${command.kind}_ASKED`,
    after: command.kind === 'APPROVE' ? { agreedFen: command.agreedFen } : { description: command.description },
    reference: command.kind === 'REJECT' ? command.reason : null,
  });
  startMoney(draft, {
    kind: COMMAND_KINDS[command.kind],
    actor: command.actor,
    cause: command.kind === 'APPROVE' ? 'MANUAL_APPROVAL' : null,
    agreedFen: command.kind === 'APPROVE' ? command.agreedFen : null,
    reason: command.kind === 'REJECT' ? command.reason : null,
    description: command.kind === 'APPROVE' ? null : command.description,
    images: command.kind === 'REJECT' ? command.images : command.kind === 'ARBITRATE' ? command.pictures : [],
  });
  if (command.kind === 'APPROVE') {
    state.refundDecidedAt = draft.at;
    setRefund(draft, 'REFUNDING', 'MANUAL_APPROVAL');
  }
}

function startMoney(draft: Draft, command: Omit<MoneyCommand, 'sequence' | 'since' | 'overtakenBy'>): void {
  const { state } = draft;
  state.commandCount += 1;
  state.platformRefusal = null;
  state.command = { ...command, sequence: state.commandCount, since: draft.at, overtakenBy: null };
  draft.effects.push({ type: 'MONEY', sequence: state.commandCount });
}

function payAutomatically(draft: Draft, cause: RefundCause): void {
  draft.state.refundDecidedAt = draft.at;
  startMoney(draft, { kind: 'PAY', actor: 'automatic', cause, agreedFen: null, reason: null, description: null, images: [] });
  setRefund(draft, 'REFUNDING', cause);
}

/**
 * What success and day 5 do to an open refund (R29, R30, Q7): pay at once; or, when a rejection or arbitration of
 * unknown outcome is in the way, give that up and read the refund first.
 */
export function payIfDue(draft: Draft): void {
  const { state } = draft;
  if (state.refundStatus !== 'OPEN' || state.automaticRefund !== 'ARMED') return;
  const cause = state.interceptStatus === 'SUCCEEDED' ? 'INTERCEPT_SUCCEEDED' : draft.at >= autoRefundAt(state) ? 'DEADLINE_PASSED' : null;
  if (cause === null || state.interceptStatus === 'REJECTED_BY_CARRIER') return;
  if (state.command === null) return payAutomatically(draft, cause);
  if (state.command.overtakenBy !== null) return;
  state.command.overtakenBy = cause;
  log(draft, { actorKind: 'CLOCK', actor: 'rule', what: `${state.command.kind}_OVERTAKEN`, after: { cause } });
  draft.effects.push({ type: 'GIVE_UP_MONEY', sequence: state.command.sequence });
}

/** Takes the outcome of the command in flight; an outcome of another command is ignored. */
export function applyMoneyOutcome(draft: Draft, sequence: number, outcome: MoneyOutcome): void {
  const { state } = draft;
  const command = state.command;
  if (command === null || command.sequence !== sequence) return;
  if (outcome.sent) state.paymentSent = true;
  if (command.kind === 'PAY') settlePayment(draft, command, outcome);
  else settleDecision(draft, command, outcome);
}

function settlePayment(draft: Draft, command: MoneyCommand, outcome: MoneyOutcome): void {
  const { state } = draft;
  const { refund } = outcome;
  state.command = null;
  if (outcome.kind === 'DONE') {
    state.paymentAnsweredAt = draft.at;
    if (refund !== null) applyRefund(draft, refund);
    return;
  }
  if (outcome.kind === 'WITHDRAWN') return withdraw(draft, outcome.refusal?.code ?? null);
  const failedBefore = isUnderRules(state, 2) && state.disarmedBy === 'PAYMENT_FAILED';
  if (failedBefore && outcome.kind === 'NOT_SENT' && refund?.status === 70) return closeAfterFailedPayment(draft, 'platform:70');
  const settledByPlatform = refund !== null && [50, 60, 70].includes(refund.status);
  if (!settledByPlatform) {
    state.refundDecidedAt = null;
    setRefund(draft, 'OPEN', null);
  }
  if (outcome.kind === 'REFUSED') refuseAction(draft, command.kind, outcome.refusal);
  if (refund !== null) applyRefund(draft, refund);
}

function settleDecision(draft: Draft, command: MoneyCommand, outcome: MoneyOutcome): void {
  const { state } = draft;
  const { refund } = outcome;
  state.command = null;
  if (outcome.kind === 'WITHDRAWN') return withdraw(draft, outcome.refusal?.code ?? null);
  if (outcome.kind === 'REFUSED') refuseAction(draft, command.kind, outcome.refusal);
  if (outcome.kind === 'DONE' && (refund === null || readPlatformStatus(refund) === 'OPEN')) {
    // The platform took it but does not show it yet: its word counts.
    if (command.kind === 'REJECT') becomeRejected(draft, TAKEN);
    else becomeArbitrated(draft, TAKEN);
    return;
  }
  if (refund !== null) applyRefund(draft, refund);
}

/** The platform refuses a command: a merchant's for good, or one that is tried on because nobody waits for it. */
export function refuseAction(draft: Draft, kind: MoneyCommand['kind'], refusal: ForeignReason | null): void {
  log(draft, {
    actorKind: 'PLATFORM',
    actor: 'platform',
    what: `${kind}_REFUSED`,
    after: { code: refusal?.code ?? null, message: refusal?.message ?? null },
    reference: refusal?.code ?? null,
  });
  draft.state.platformRefusal = refusal;
  notify(draft, 'ACTION_REFUSED_BY_PLATFORM');
}

/** The carrier refused and the refund is undecided: it goes back to its ordinary handling (Q3). */
export function releaseIfRefused(draft: Draft): void {
  const { state } = draft;
  if (state.interceptStatus !== 'REJECTED_BY_CARRIER' || state.command !== null) return;
  if (state.refundStatus !== 'OPEN' && state.refundStatus !== 'UNDER_ARBITRATION') return;
  disarm(state, 'DECIDED');
  setRefund(draft, 'RELEASED', null);
}
