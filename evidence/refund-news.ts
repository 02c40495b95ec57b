import { isDeepStrictEqual } from 'node:util';
import { openDraft } from '../domain/intercept/draft.ts';
import { applyRefund } from '../domain/intercept/refund-axis.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import type { PlatformRefund } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';

/**
 * Whether the refund as read at `readAt` would leave a case as its record shows it, so that the case need not be told.
 * Judged by the case's own rule for what the platform says, on a copy. While a money command is in flight the answer is
 * no: the record cannot know what the run has already learnt of it.
 */
export function saysNothingNew(state: InterceptState, refund: PlatformRefund, readAt: EpochMs): boolean {
  if (state.command !== null) return false;
  const draft = openDraft(state, readAt);
  applyRefund(draft, refund);
  return isDeepStrictEqual(draft.state, state);
}
