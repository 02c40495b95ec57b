import { toldSequence } from '../domain/intercept/record.ts';
import { viewIntercept } from '../domain/intercept/view.ts';
import { noticeDetail } from '../domain/notice.ts';
import { announceChange } from '../store/case-writing.ts';
import { type Db, now } from '../store/db.ts';
import { type UndecidedCase, undecidedCases } from '../store/escalations.ts';
import { type NearDeadline, nearDeadlines } from '../store/intercept-watch.ts';
import { insertNotices } from '../store/notices.ts';
import { insertOutbox } from '../store/outbox.ts';
import type { EvidenceDeps } from './deps.ts';

const CASES_A_BATCH = 500;
/** Place in the outbox's `sequence` behind whatever the case's own version told. */
const AFTERWARDS = 990;

/**
 * Tells shops of refunds that will pay themselves soon, and the person a shop named of those that nobody decided in time. Goes on
 * until all are told or `signal` ends the round; returns how many were told.
 */
export async function tellNearDeadlines({ db }: Pick<EvidenceDeps, 'db'>, signal: AbortSignal): Promise<number> {
  return (await remind(db, signal)) + (await escalate(db, signal));
}

/**
 * `refund.deadline_near`: so many hours before as the shop set, 24 and 2 unless it did, each once a case, and only the nearest when
 * several are due at once; not what was due when the case began.
 */
async function remind(db: Db, signal: AbortSignal): Promise<number> {
  let told = 0;
  for (let more = true; more && !signal.aborted; ) {
    const near = await nearDeadlines(db, CASES_A_BATCH);
    const before = told;
    for (const one of near) if (!signal.aborted && (await tell(db, one))) told += 1;
    more = near.length === CASES_A_BATCH && told > before;
  }
  return told;
}

/** `DECISION_ESCALATED`: once a case, by the name the person has now. */
async function escalate(db: Db, signal: AbortSignal): Promise<number> {
  let told = 0;
  for (let more = true; more && !signal.aborted; ) {
    const undecided = await undecidedCases(db, CASES_A_BATCH);
    for (const one of undecided) {
      if (signal.aborted) break;
      await tellPerson(db, one);
      told += 1;
    }
    more = undecided.length === CASES_A_BATCH;
  }
  return told;
}

function tellPerson(db: Db, { record: { state }, eventKey, staffId, staffName, isActive, hoursBefore }: UndecidedCase): Promise<void> {
  const { interceptId, shopId } = state.input;
  return db.transaction().execute(async (trx) => {
    const at = await now(trx);
    const detail = { ...noticeDetail(viewIntercept(state, at)), staffName, hoursBefore, deactivated: isActive ? 0 : 1 };
    const notice = { eventKey, shopId, interceptId, at, reference: staffId, detail, kind: 'NOTICE', code: 'DECISION_ESCALATED' } as const;
    await insertNotices(trx, [notice]);
    await announceChange(trx, { interceptId, shopId, version: state.version });
  });
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
