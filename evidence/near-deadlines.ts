import { autoRefundAt } from '../domain/intercept/action.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { viewIntercept } from '../domain/intercept/view.ts';
import { type EpochMs, HOUR_MS } from '../domain/time.ts';
import { announceChange } from '../store/case-writing.ts';
import { now } from '../store/db.ts';
import { nearDeadline } from '../store/intercept-watch.ts';
import { insertOutbox } from '../store/outbox.ts';
import type { EvidenceDeps } from './deps.ts';

/** How long before the automatic refund its shop is told, in hours. */
const LEADS_H = [2, 24] as const;
const CASES_A_ROUND = 2_000;
/** Place in the outbox's `sequence` behind whatever the case's own version told. */
const AFTERWARDS = 990;

/**
 * Tells shops of refunds that will pay themselves soon (`refund.deadline_near`): 24 h and 2 h before, each once a case, and
 * only the nearer one when both are due at once. Returns how many were told.
 */
export async function tellNearDeadlines({ db }: Pick<EvidenceDeps, 'db'>): Promise<number> {
  const at = await now(db);
  let told = 0;
  for (const { state } of await nearDeadline(db, Math.max(...LEADS_H) * HOUR_MS, CASES_A_ROUND)) {
    const hours = dueReminder(state, at);
    if (hours === null) continue;
    const { interceptId, shopId, initiatedAt } = state.input;
    const eventKey = `${interceptId}:${initiatedAt}:deadline_near:${hours}`;
    const isNew = await db.transaction().execute(async (trx) => {
      const sequence = state.version * 1_000 + AFTERWARDS;
      const payload = viewIntercept(state, at);
      const event = { eventKey, shopId, interceptId, sequence, type: 'refund.deadline_near', payload, occurredAt: at } as const;
      if (!(await insertOutbox(trx, event))) return false;
      await announceChange(trx, { interceptId, shopId, version: state.version });
      return true;
    });
    if (isNew) told += 1;
  }
  return told;
}

/** The nearest reminder whose time has come, in hours; null when none has, or the case began after it. */
export function dueReminder(state: InterceptState, at: EpochMs): (typeof LEADS_H)[number] | null {
  const dueAt = autoRefundAt(state);
  return LEADS_H.find((hours) => at >= dueAt - hours * HOUR_MS && state.input.initiatedAt < dueAt - hours * HOUR_MS) ?? null;
}
