import { propose } from '../../domain/decisions/propose.ts';
import type { InterceptState } from '../../domain/intercept/state.ts';
import { type EpochMs, toRfc3339 } from '../../domain/time.ts';
import { decisionSettings } from '../../store/decision-settings.ts';
import { escalationsOf } from '../../store/escalations.ts';
import type { AppDeps } from '../deps.ts';
import type { ShownIntercept } from '../intercepts/read-intercept.ts';

/** An intercept as shown, and the record it was read from or beside. */
export interface Advisable {
  shown: ShownIntercept;
  state: InterceptState;
}

/**
 * Adds to the shop's intercepts what its settings propose for them (建议) and who was told that they wait. A run that is ahead of its
 * record gets no proposal: what is proposed has to be allowed as shown.
 */
export async function advise(
  { db }: Pick<AppDeps, 'db'>,
  shopId: string,
  cases: readonly Advisable[],
  at: EpochMs,
): Promise<ShownIntercept[]> {
  const open = cases.filter(({ shown }) => shown.refundStatus === 'OPEN').map(({ shown }) => shown.interceptId);
  if (open.length === 0) return cases.map(({ shown }) => ({ ...shown, proposal: null, escalation: null }));
  const [{ proposals }, escalations] = await Promise.all([decisionSettings(db, shopId), escalationsOf(db, open)]);
  return cases.map(({ shown, state }) => {
    const told = escalations.get(shown.interceptId);
    return {
      ...shown,
      proposal: state.version === shown.version ? propose(proposals, state, at) : null,
      escalation: told === undefined ? null : { staffName: told.staffName, at: toRfc3339(told.at) },
    };
  });
}
