import { type EpochMs, toShanghaiText } from '../time.ts';
import { autoRefundAt, rejectUnlockAt } from './action.ts';
import { isWatched } from './parcel.ts';
import { isPaymentFailed, isRefundSettled } from './refund-axis.ts';
import type { InterceptState } from './state.ts';

/** What a case waits for next: an instant and the zh-CN words an operator reads on the timer. */
export interface Deadline {
  at: EpochMs;
  summary: string;
}

/** Every instant at which time alone may change this case. All absolute: nothing restarts them (Q2). */
function deadlines(state: InterceptState): Deadline[] {
  const list: Deadline[] = [];
  const open = state.refundStatus === 'OPEN';
  if (
    open &&
    state.automaticRefund === 'ARMED' &&
    (state.command?.overtakenBy ?? null) === null &&
    state.interceptStatus !== 'REJECTED_BY_CARRIER'
  ) {
    list.push({ at: autoRefundAt(state), summary: `到期自动退款 ${toShanghaiText(autoRefundAt(state))}` });
  }
  if (mayUnlock(state)) list.push({ at: rejectUnlockAt(state), summary: `拒绝退款解锁 ${toShanghaiText(rejectUnlockAt(state))}` });
  if (isWatched(state)) {
    if (state.stallDueAt !== null) list.push({ at: state.stallDueAt, summary: `检查退回是否停滞 ${toShanghaiText(state.stallDueAt)}` });
    if (state.overdueAt !== null) list.push({ at: state.overdueAt, summary: `退回逾期 ${toShanghaiText(state.overdueAt)}` });
  }
  const endAt = isPaymentFailed(state) ? giveUpAt(state) : finishAt(state);
  if (endAt !== null) list.push({ at: endAt, summary: `结束跟踪 ${toShanghaiText(endAt)}` });
  return list;
}

/** The reject unlock still has something to tell: no result yet and the refund open. */
export function mayUnlock(state: InterceptState): boolean {
  return (
    !state.rejectUnlockTold &&
    state.refundStatus === 'OPEN' &&
    (state.interceptStatus === 'REQUESTED' || state.interceptStatus === 'INTERCEPTING')
  );
}

/** The next instant to wake up at, null when only an event can change anything. */
export function nextDeadline(state: InterceptState): Deadline | null {
  return deadlines(state).reduce<Deadline | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
}

/** When a case whose refund is settled ends by itself, null while its refund is open or it waits for a command. */
function finishAt(state: InterceptState): EpochMs | null {
  if (state.command !== null || !(isRefundSettled(state.refundStatus) || state.refundStatus === 'REJECTED')) return null;
  if (state.interceptStatus === 'REJECTED_BY_CARRIER' || state.returnStatus === 'RETURN_SIGNED') return 0;
  if (state.endStateSince !== null) return Math.min(giveUpAt(state), state.endStateSince + state.input.durations.correctionAfterMs);
  return giveUpAt(state);
}

/** When the watch ends, whatever is known. */
export function giveUpAt({ input: { durations, initiatedAt } }: InterceptState): EpochMs {
  return initiatedAt + durations.returnGiveUpAfterMs;
}

/** Whether nothing more can come that this case should wait for (design: end). */
export function isFinished(state: InterceptState, now: EpochMs): boolean {
  const at = finishAt(state);
  return at !== null && now >= at;
}
