import { isDeepStrictEqual } from 'node:util';
import { openDraft } from '../domain/intercept/draft.ts';
import { applyRefund, readPlatformStatus } from '../domain/intercept/refund-axis.ts';
import { CURRENT_RULES, liftTo } from '../domain/intercept/rules.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { namesAnotherParcel, type PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';

/**
 * Whether the refund as read at `readAt` would leave a case as its record shows it, so that the case need not be told.
 * Judged by the case's own rule for what the platform says, on a copy, under the rules it will be judged by once told.
 * While a money command is in flight only a refund that stands open as it stood says nothing: the run waits for the command's
 * own outcome, but the record cannot know what it has already learnt of it.
 */
export function saysNothingNew(state: InterceptState, refund: PlatformRefund, readAt: EpochMs): boolean {
  if (state.command !== null) {
    const sameTerms = refund.refundFeeFen === state.refundFeeFen && !namesAnotherParcel(refund, state.input.waybillNo);
    return readPlatformStatus(refund) === 'OPEN' && sameTerms;
  }
  const today = liftTo(state, CURRENT_RULES);
  const draft = openDraft(today, readAt);
  applyRefund(draft, refund);
  return isDeepStrictEqual(draft.state, today);
}
