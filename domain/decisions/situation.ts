import { rejectUnlockAt } from '../intercept/action.ts';
import type { InterceptState } from '../intercept/state.ts';
import type { EpochMs } from '../time.ts';

/**
 * Why a case waits for its people: the interception failed because the buyer signed, because the parcel was lost, or because the
 * carrier says so; or 72 h brought no result (R31).
 */
export const SITUATIONS = ['SIGNED', 'LOST', 'CARRIER_FAILED', 'NO_RESULT'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** The situation of a case, null while nothing waits for a decision. Of a signature and a loss the later is told. */
export function situationOf(state: InterceptState, now: EpochMs): Situation | null {
  switch (state.interceptStatus) {
    case 'FAILED': {
      const { lastSignedAt, lastLostAt } = state.parcel;
      if (lastSignedAt === null && lastLostAt === null) return 'CARRIER_FAILED';
      return (lastSignedAt ?? -Infinity) >= (lastLostAt ?? -Infinity) ? 'SIGNED' : 'LOST';
    }
    case 'REQUESTED':
    case 'INTERCEPTING':
      return now >= rejectUnlockAt(state) ? 'NO_RESULT' : null;
    case 'SUCCEEDED':
    case 'REJECTED_BY_CARRIER':
      return null;
  }
}
