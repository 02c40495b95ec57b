import type { LogLine } from '../domain/intercept/event.ts';
import type { RecordWrite } from '../domain/intercept/record.ts';
import { leadersAnswerKey } from '../domain/intercept/refusal.ts';
import { type InterceptState, NOTICES, type Notice } from '../domain/intercept/state.ts';
import type { EpochMs } from '../domain/time.ts';
import { addNews, announceChange } from './case-writing.ts';
import { type Db, now, type Trx } from './db.ts';
import { storeEvents } from './inbox.ts';
import { addLogLines } from './intercept-log.ts';
import { takeParcelUp } from './intercept-opening.ts';
import { type InterceptRecord, newInterceptRow, RECORD_COLUMNS, recordOf, stateColumns } from './intercept-row.ts';
import { addLine } from './ledger.ts';
import { insertNotices } from './notices.ts';
import { forgetSubscription } from './track-subscriptions.ts';
import { instant, jsonb } from './values.ts';

/** Payload of an `ANSWER` in the inbox: what the carrier answered the leader, for its followers. */
export interface AnswerPayload {
  leaderInterceptId: string;
  answer: 'ACCEPTED' | 'REFUSED';
  carrierReference: string | null;
  code: string | null;
  message: string;
  at: EpochMs;
}

/**
 * Writes versions of one case, oldest first, in one transaction (design §2.1). Writes may come twice and in any order: the state only
 * ever becomes newer, log lines, outbox events, notices and the fee line are each inserted once, and an ended record stays ended unless
 * a newer version says otherwise. A record that is not there is made from the state, and takes its parcel up.
 */
export async function saveRecords(db: Db, writes: readonly RecordWrite[]): Promise<void> {
  const last = writes.at(-1);
  if (last === undefined) return;
  await db.transaction().execute(async (trx) => {
    const { input, version } = last.state;
    // The parcel before the case, as everywhere: a follower that is just being made copies these writes or hears of them.
    await trx
      .selectFrom('parcels')
      .select('leader_intercept_id')
      .where('carrier', '=', input.carrier)
      .where('waybill_no', '=', input.waybillNo)
      .forShare()
      .execute();
    for (const write of writes) await writeVersion(trx, write);
    await announceChange(trx, { interceptId: input.interceptId, shopId: input.shopId, version });
  });
}

/** Writes one version, as `saveRecords` does. */
export function saveRecord(db: Db, write: RecordWrite): Promise<void> {
  return saveRecords(db, [write]);
}

async function writeVersion(trx: Trx, write: RecordWrite): Promise<void> {
  const { newNotices, isFirst } = await writeState(trx, write);
  await addNews(trx, write, newNotices, isFirst);
  if (write.feeDueAt !== null) await addFeeLine(trx, write.state, write.feeDueAt);
  if (write.ended) await forgetSubscription(trx, write.state.input);
  if (write.answer !== null && write.state.input.follows === null) await tellFollowers(trx, write.state, write.answer);
}

/** Overwrites an older state; which notices it did not have, and whether this version of this life was never written before. */
async function writeState(trx: Trx, { state, ended }: RecordWrite): Promise<{ newNotices: Notice[]; isFirst: boolean }> {
  const { interceptId, initiatedAt } = state.input;
  const stored = await trx
    .selectFrom('intercepts')
    .select(['version', 'phase', 'initiated_at', 'state'])
    .where('intercept_id', '=', interceptId)
    .forUpdate()
    .executeTakeFirst();
  const phase = ended ? 'ENDED' : 'OPEN';
  if (!stored) {
    await trx.insertInto('intercepts').values(newInterceptRow(state, phase)).execute();
    if (!ended) await takeParcelUp(trx, state);
    return { newNotices: state.notices, isFirst: false };
  }
  // An id has one run for ever, and the record is of its life: also when that run was started late by a create whose row had been
  // taken back, and the repeated create, whose row is newer, could only join it.
  const sameLife = initiatedAt === stored.initiated_at;
  if (sameLife && state.version < stored.version) return { newNotices: [], isFirst: false };
  // The same version again: the run's own write of what the create recorded, or a repeat. An ended record may have got a notice since.
  if (sameLife && state.version === stored.version && stored.phase === 'ENDED') return { newNotices: [], isFirst: false };
  // A notice is never taken back: the patrol may have put one on the record that the run has not heard of yet.
  const kept = sameLife ? stored.state.notices.filter((notice) => !state.notices.includes(notice)) : [];
  const written = kept.length === 0 ? state : { ...state, notices: [...state.notices, ...kept] };
  await trx
    .updateTable('intercepts')
    .set({ ...stateColumns(written), phase, run_missing_since: null })
    .where('intercept_id', '=', interceptId)
    .execute();
  const newNotices = state.notices.filter((notice) => !stored.state.notices.includes(notice));
  return { newNotices, isFirst: sameLife && state.version > stored.version };
}

/** One fee line a case, for ever (Q31); no amount when no price was known. */
function addFeeLine(trx: Trx, { input }: InterceptState, feeDueAt: EpochMs): Promise<void> {
  const { interceptId, shopId, carrier, outletCode, outletName, waybillNo, feeFen } = input;
  const of = { interceptId, shopId, carrier, outletCode, outletName, waybillNo, claimId: null, correctsLineId: null };
  return addLine(trx, { ...of, lineId: `${interceptId}-fee`, kind: 'FEE', amountFen: feeFen, occurredAt: feeDueAt, note: null });
}

async function tellFollowers(trx: Trx, state: InterceptState, answer: AnswerPayload['answer']): Promise<void> {
  const { input } = state;
  const payload: AnswerPayload = {
    leaderInterceptId: input.interceptId,
    answer,
    carrierReference: state.carrierReference,
    code: state.carrierRefusal?.code ?? null,
    message: state.carrierRefusal?.message ?? '',
    at: state.updatedAt,
  };
  await storeEvents(trx, [
    {
      eventKey: leadersAnswerKey(input, answer),
      kind: 'ANSWER',
      carrier: input.carrier,
      waybillNo: input.waybillNo,
      refundId: null,
      shopId: null,
      payload,
    },
  ]);
}

/** Place in the log of lines that no version of the run wrote. */
const AFTERWARDS_N = 900;

/**
 * Adds a notice to a record whose run has ended, with a line in its log. Null when the record is unknown, has not ended or has the
 * notice already.
 */
export function addRecordNotice(
  db: Db,
  interceptId: string,
  notice: Notice,
  reference: string | null = null,
): Promise<InterceptRecord | null> {
  return db.transaction().execute(async (trx) => {
    const stored = await trx
      .selectFrom('intercepts')
      .select(RECORD_COLUMNS)
      .where('intercept_id', '=', interceptId)
      .where('phase', '=', 'ENDED')
      .forUpdate()
      .executeTakeFirst();
    if (!stored || stored.state.notices.includes(notice)) return null;
    const at = await now(trx);
    const state: InterceptState = { ...stored.state, notices: [...stored.state.notices, notice], updatedAt: at };
    const { input, version } = state;
    await trx
      .updateTable('intercepts')
      .set({ state: jsonb(state), updated_at: instant(at), recorded_at: instant(at) })
      .where('intercept_id', '=', interceptId)
      .execute();
    const line: LogLine = { at, actorKind: 'SYSTEM', actor: 'record', what: notice, before: {}, after: {}, reference };
    const firstN = AFTERWARDS_N + NOTICES.indexOf(notice);
    await addLogLines(trx, { interceptId, initiatedAt: input.initiatedAt, version, firstN }, [line]);
    const eventKey = `${interceptId}:${input.initiatedAt}:ended:${notice}`;
    await insertNotices(trx, [{ eventKey, shopId: input.shopId, interceptId, at, kind: 'NOTICE', code: notice }]);
    await announceChange(trx, { interceptId, shopId: input.shopId, version });
    return recordOf({ ...stored, state, recorded_at: at });
  });
}
