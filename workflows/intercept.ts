import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isFinished } from '../domain/intercept/deadline.ts';
import { isCarrierEvidence, type MerchantCommand, type MoneyOutcome } from '../domain/intercept/event.ts';
import { judgeCommand } from '../domain/intercept/machine.ts';
import { isUnderRules } from '../domain/intercept/rules.ts';
import { type InterceptState, isForeignReason, isNotice } from '../domain/intercept/state.ts';
import { type InterceptView, viewIntercept } from '../domain/intercept/view.ts';
import { isPlatformRefund } from '../domain/refund.ts';
import { isInstant, toRfc3339 } from '../domain/time.ts';
import { InterceptCase } from './intercept-case.ts';
import {
  approveRefundUpdate,
  awaitCarrierAnswerUpdate,
  type CommandRefusal,
  type CommandRefusalCode,
  carrierEvidenceSignal,
  type InterceptArgs,
  refundChangedSignal,
  rejectRefundUpdate,
  requestArbitrationUpdate,
  stateQuery,
} from './messages.ts';
import { isTexts, requireTexts, unreadable } from './readable.ts';
import { setTolerantHandler } from './tolerant-signal.ts';

/**
 * One refund intercept from the merchant's confirmation to the end of its watch. Only interprets: handlers queue
 * events, the loop waits for one or for the next deadline, the pure machine decides, effects run beside the loop.
 * Cannot be cancelled (R27): a cancel request is logged and ignored.
 */
export async function intercept(args: InterceptArgs): Promise<InterceptView> {
  const cancelRequested = CancellationScope.current().cancelRequested;
  return unstoppable(async () => {
    const run = new InterceptCase(args);
    bindSignals(run);
    bindUpdates(run);
    setHandler(stateQuery, () => viewIntercept(run.state, Date.now()));
    cancelRequested.catch(() => {
      log.warn('a cancel request was ignored: an intercept cannot be cancelled');
      run.push({ type: 'CANCEL_ASKED', at: Date.now() });
    });
    return drive(run);
  });
}

const unstoppable = <T>(work: () => Promise<T>): Promise<T> => CancellationScope.nonCancellable(work);

async function drive(run: InterceptCase): Promise<InterceptView> {
  for (;;) {
    run.absorb(Date.now());
    if (isFinished(run.state, Date.now()) && !run.isPending) {
      run.finish(Date.now());
      await condition(() => (allHandlersFinished() && run.isWritten) || run.isDrainable);
      if (!run.isDrainable) return viewIntercept(run.state, Date.now());
      // What was told while the last record was on its way counts as well: it may even take the case up again.
      continue;
    }
    run.armTimer(Date.now());
    await condition(() => run.isPending || shouldContinueAsNew(run));
    if (shouldContinueAsNew(run) && !run.isPending) await continueAsNew<typeof intercept>({ input: run.state.input, resume: run.state });
  }
}

/**
 * A run this long goes on as a new one: on a cold cache a worker has to replay it within one workflow task (3 s), or no task of it
 * would ever be done again. The server itself suggests it at four times as many. A whole life has some forty.
 */
const EVENTS_AT_MOST = 1_000;

function shouldContinueAsNew(run: InterceptCase): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  const isLong = continueAsNewSuggested || (isUnderRules(run.state, 2) && historyLength >= EVENTS_AT_MOST);
  return isLong && !run.hasMoneyInFlight && run.isWritten && allHandlersFinished();
}

/** Signal handlers never throw: what cannot be read is logged and dropped, the inbox still has it. */
function bindSignals(run: InterceptCase): void {
  setTolerantHandler(carrierEvidenceSignal, (signal) => {
    const list: unknown[] = Array.isArray(signal?.evidence) ? signal.evidence : [];
    for (const evidence of list) {
      if (isCarrierEvidence(evidence)) run.push({ type: 'EVIDENCE', at: evidence.receivedAt, evidence });
      else log.error('unreadable carrier evidence ignored');
    }
  });
  setTolerantHandler(refundChangedSignal, (signal) => {
    const at = isInstant(signal?.readAt) ? signal.readAt : Date.now();
    const { refund, notice, reason }: { refund?: unknown; notice?: unknown; reason?: unknown } = signal ?? {};
    if (isPlatformRefund(refund)) run.push({ type: 'REFUND_READ', at, refund });
    else if (refund) log.error('unreadable refund ignored');
    if (isNotice(notice)) run.push({ type: 'NOTICE', at, notice, reason: isForeignReason(reason) ? reason : null });
    else if (notice) log.error('unreadable notice ignored');
  });
}

function bindUpdates(run: InterceptCase): void {
  setHandler(awaitCarrierAnswerUpdate, () =>
    unstoppable(async () => {
      await condition(() => run.state.interceptStatus !== 'REQUESTED' || run.state.refundStatus !== 'OPEN');
      return viewIntercept(run.state, Date.now());
    }),
  );
  setHandler(approveRefundUpdate, ({ actor, refundFeeFen }) => command(run, { kind: 'APPROVE', actor, agreedFen: refundFeeFen }), {
    validator: (input) => {
      requireTexts(input, 'actor');
      if (input.refundFeeFen !== null && !Number.isSafeInteger(input.refundFeeFen)) throw unreadable();
      guard(run, 'APPROVE');
    },
  });
  setHandler(
    rejectRefundUpdate,
    ({ actor, reason, description, images }) => command(run, { kind: 'REJECT', actor, reason, description, images }),
    {
      validator: (input) => {
        requireTexts(input, 'actor', 'reason', 'description');
        if (!isTexts(input.images)) throw unreadable();
        guard(run, 'REJECT');
      },
    },
  );
  setHandler(
    requestArbitrationUpdate,
    ({ actor, description, pictures }) => command(run, { kind: 'ARBITRATE', actor, description, pictures }),
    {
      validator: (input) => {
        requireTexts(input, 'actor', 'description');
        if (!isTexts(input.pictures)) throw unreadable();
        guard(run, 'ARBITRATE');
      },
    },
  );
}

/** Refuses a command that may not be taken now; a refused update leaves no trace in the history. */
function guard(run: InterceptCase, kind: MerchantCommand['kind']): void {
  const judged = judgeCommand(run.preview(Date.now()), kind, Date.now());
  if (judged === null) return;
  throw refusal(judged.code, {
    ...NO_DETAILS,
    reason: judged.reason,
    availableAt: judged.availableAt === null ? null : toRfc3339(judged.availableAt),
  });
}

function command(run: InterceptCase, merchantCommand: MerchantCommand): Promise<InterceptView> {
  return unstoppable(async () => {
    guard(run, merchantCommand.kind);
    const sequence = run.state.commandCount + 1;
    run.push({ type: 'COMMAND', at: Date.now(), command: merchantCommand });
    run.absorb(Date.now());
    if (run.state.command?.sequence !== sequence) throw refusal('COMMAND_IN_PROGRESS', NO_DETAILS);
    await condition(() => run.outcomes.has(sequence) && run.state.command?.sequence !== sequence);
    const outcome = run.outcomes.get(sequence) as MoneyOutcome;
    // What it came to is known only when the payment that overtook it has read the refund.
    if (outcome.kind === 'CANCELLED') await condition(() => !run.hasMoneyInFlight);
    throwIfRefused(outcome, merchantCommand.kind, run.state);
    return viewIntercept(run.state, Date.now());
  });
}

const NO_DETAILS: CommandRefusal = { reason: null, availableAt: null, refundFeeFen: null, waybillNo: null, platform: null };

function throwIfRefused(outcome: MoneyOutcome, kind: MerchantCommand['kind'], state: InterceptState): void {
  switch (outcome.kind) {
    case 'EVIDENCE_PENDING':
      throw refusal('EVIDENCE_PENDING', NO_DETAILS);
    case 'AMOUNT_CHANGED':
      throw refusal('AMOUNT_CHANGED', { ...NO_DETAILS, refundFeeFen: outcome.refund?.refundFeeFen ?? null });
    case 'WAYBILL_CHANGED':
      throw refusal('WAYBILL_CHANGED', { ...NO_DETAILS, waybillNo: outcome.refund?.waybillNo ?? null });
    case 'REFUSED':
      throw refusal('ACTION_REFUSED_BY_PLATFORM', { ...NO_DETAILS, platform: outcome.refusal });
    case 'DONE':
      return;
    case 'NOT_SENT':
    case 'WITHDRAWN':
    case 'CANCELLED':
      if (isAsWished(kind, state)) return;
      throw refusal('ACTION_NOT_ALLOWED', {
        ...NO_DETAILS,
        reason: state.refundStatus === 'UNDER_ARBITRATION' ? 'UNDER_ARBITRATION' : 'REFUND_NOT_OPEN',
      });
  }
}

/** The refund already is where the command would have brought it. */
function isAsWished(kind: MerchantCommand['kind'], state: InterceptState): boolean {
  if (kind === 'APPROVE') return state.refundStatus === 'REFUNDED' || state.refundStatus === 'REFUNDING';
  return state.refundStatus === (kind === 'REJECT' ? 'REJECTED' : 'UNDER_ARBITRATION');
}

function refusal(code: CommandRefusalCode, details: CommandRefusal): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code, nonRetryable: true, details: [details] });
}
