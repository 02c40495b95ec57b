import { toldSequence } from '../domain/intercept/record.ts';
import { viewIntercept } from '../domain/intercept/view.ts';
import { announceChange } from '../store/case-writing.ts';
import { type Db, now } from '../store/db.ts';
import { type NearDeadline, nearDeadlines } from '../store/intercept-watch.ts';
import { insertOutbox } from '../store/outbox.ts';
import type { EvidenceDeps } from './deps.ts';

/** How long before the automatic refund its shop is told, in hours. */
const LEADS_H = [2, 24] as const;
const CASES_A_BATCH = 500;
/** Place in the outbox's `sequence` behind whatever the case's own version told. */
const AFTERWARDS = 990;

/**
 * Tells shops of refunds that will pay themselves soon (`refund.deadline_near`): 24 h and 2 h before, each once a case, and
 * only the nearer one when both are due at once; not what was due when the case began. Goes on until all are told or `signal`
 * ends the round; returns how many were told.
 */
export async function tellNearDeadlines({ db }: Pick<EvidenceDeps, 'db'>, signal: AbortSignal): Promise<number> {
  let told = 0;
  for (let more = true; more && !signal.aborted; ) {
    const near = await nearDeadlines(db, LEADS_H, CASES_A_BATCH);
    const before = told;
    for (const one of near) if (!signal.aborted && (await tell(db, one))) told += 1;
    more = near.length === CASES_A_BATCH && told > before;
  }
  return told;
}

/** False when another process was faster. */
function tell(db: Db, { record: { state }, eventKey }: NearDeadline): Promise<boolean> {
  const { interceptId, shopId } = state.input;
  return db.transaction().execute(async (trx) => {
    const at = await now(trx);
    const sequence = toldSequence(state.version, AFTERWARDS);
    const payload = viewIntercept(state, at);
    const event = { eventKey, shopId, interceptId, sequence, type: 'refund.deadline_near', payload, occurredAt: at } as const;
    if (!(await insertOutbox(trx, event))) return false;
    await announceChange(trx, { interceptId, shopId, version: state.version });
    return true;
  });
}
