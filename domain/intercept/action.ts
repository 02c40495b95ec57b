import type { EpochMs } from '../time.ts';
import type { InterceptState } from './state.ts';

export type ActionName = 'APPROVE_REFUND' | 'REJECT_REFUND' | 'REQUEST_ARBITRATION' | 'OPEN_CLAIM';
export type ActionRefusal = 'REJECT_LOCKED' | 'REFUND_NOT_OPEN' | 'UNDER_ARBITRATION' | 'NOT_SUCCEEDED';

export interface ActionJudgement {
  allowed: boolean;
  reason: ActionRefusal | null;
  /** When a locked rejection unlocks, null when time alone will not. */
  availableAt: EpochMs | null;
}

const YES: ActionJudgement = { allowed: true, reason: null, availableAt: null };
const no = (reason: ActionRefusal, availableAt: EpochMs | null = null): ActionJudgement => ({ allowed: false, reason, availableAt });

export function rejectUnlockAt(state: InterceptState): EpochMs {
  return state.input.initiatedAt + state.input.durations.rejectUnlockAfterMs;
}

export function autoRefundAt(state: InterceptState): EpochMs {
  return state.input.initiatedAt + state.input.durations.autoRefundAfterMs;
}

/**
 * Whether the merchant may do this now (R26, R31, Q6, Q8, Q32). The one rule behind the buttons and the commands:
 * approve and arbitration while the refund is open; reject only after a failure, or from 72 h without a result
 * (`>=`, Q6); nothing once day 5 came while the automatic refund is armed, whatever woke first.
 */
export function judgeAction(state: InterceptState, action: ActionName, now: EpochMs): ActionJudgement {
  if (action === 'OPEN_CLAIM') return state.interceptStatus === 'SUCCEEDED' ? YES : no('NOT_SUCCEEDED');
  if (state.refundStatus === 'UNDER_ARBITRATION') return no('UNDER_ARBITRATION');
  if (state.refundStatus !== 'OPEN') return no('REFUND_NOT_OPEN');
  if (state.interceptStatus === 'REJECTED_BY_CARRIER') return no('REFUND_NOT_OPEN');
  if (state.automaticRefund === 'ARMED' && now >= autoRefundAt(state)) return no('REFUND_NOT_OPEN');
  if (action !== 'REJECT_REFUND') return YES;
  switch (state.interceptStatus) {
    case 'FAILED':
      return YES;
    case 'REQUESTED':
    case 'INTERCEPTING':
      return now >= rejectUnlockAt(state) ? YES : no('REJECT_LOCKED', rejectUnlockAt(state));
    case 'SUCCEEDED':
      return no('REJECT_LOCKED');
  }
}
