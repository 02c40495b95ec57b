import { isDeepStrictEqual } from 'node:util';
import type { LogLine } from '../../../domain/intercept/event.ts';
import { type RecordWrite, toldKey, toldSequence } from '../../../domain/intercept/record.ts';
import { leadersAnswerKey } from '../../../domain/intercept/refusal.ts';
import type { InterceptState, Notice } from '../../../domain/intercept/state.ts';
import type * as real from '../../../store/intercept-record.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { addOutboxNow } from './outbox.ts';
import { type Session, sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

export const saveRecords: Real['saveRecords'] = async (db, writes) => {
  const [first] = writes;
  if (first === undefined) return;
  const { carrier, waybillNo } = first.state.input;
  await db.transaction().execute(async (trx) => {
    const session = sessionOf(trx);
    await session.lock(`parcel:${carrier}:${waybillNo}`, 'SHARED');
    for (const write of writes) await session.statement((tables) => session.write(() => applyWrite(tables, session, write)));
  });
};

export const saveRecord: Real['saveRecord'] = (db, write) => saveRecords(db, [write]);

function applyWrite(tables: Tables, session: Session, write: RecordWrite): void {
  const { state, ended } = write;
  tables.writes.push({ interceptId: state.input.interceptId, at: session.now, state, ended });
  const newNotices = writeState(tables, session, write);
  addNewsNow(tables, write, newNotices);
  if (write.feeDueAt !== null) addFeeLine(tables, state, write.feeDueAt);
  if (write.answer !== null && state.input.follows === null) tellFollowers(tables, session, state, write.answer);
  tables.onChange('CASE');
}

function writeState(tables: Tables, session: Session, { state, ended }: RecordWrite): Notice[] {
  const { interceptId, initiatedAt } = state.input;
  const stored = tables.intercepts.get(interceptId);
  const phase = ended ? 'ENDED' : 'OPEN';
  if (stored === undefined) {
    tables.intercepts.set(interceptId, newRecord(state, phase, { evidenceFrom: initiatedAt, scansJudgedAt: initiatedAt }, session.now));
    return state.notices;
  }
  const sameLife = initiatedAt === stored.state.input.initiatedAt;
  if (sameLife && state.version < stored.state.version) return [];
  if (sameLife && state.version === stored.state.version && stored.phase === 'ENDED') return [];
  const kept = sameLife ? stored.state.notices.filter((notice) => !state.notices.includes(notice)) : [];
  const written = kept.length === 0 ? state : { ...state, notices: [...state.notices, ...kept] };
  tables.intercepts.set(interceptId, { ...stored, ...newRecord(written, phase, stored, session.now) });
  return state.notices.filter((notice) => !stored.state.notices.includes(notice));
}

export function newRecord(
  state: InterceptState,
  phase: InterceptRecord['phase'],
  { evidenceFrom, scansJudgedAt }: Pick<InterceptRecord, 'evidenceFrom' | 'scansJudgedAt'>,
  at: number,
): InterceptRecord {
  const { interceptId, shopId, follows } = state.input;
  return {
    interceptId,
    shopId,
    phase,
    state,
    followsInterceptId: follows?.interceptId ?? null,
    evidenceFrom,
    scansJudgedAt,
    recordedAt: at,
    runMissingSince: null,
  };
}

/** Log lines, outbox events and notices of one version, each once. */
export function addNewsNow(tables: Tables, write: RecordWrite, newNotices: readonly Notice[]): void {
  const { state, lines, told } = write;
  const { interceptId, initiatedAt } = state.input;
  const key = `${interceptId}:${initiatedAt}:${state.version}`;
  const standing = [...tables.log.entries()].filter(([place]) => place.startsWith(`${key}:`)).map(([, line]) => line);
  let place = standing.length;
  for (const line of lines) {
    const index = standing.findIndex(({ at: _at, interceptId: _id, ...other }) => isDeepStrictEqual({ ...other, at: line.at }, line));
    if (index < 0) addLine(tables, `${key}:${place++}`, interceptId, line);
    else standing.splice(index, 1);
  }
  addOutboxNow(
    tables,
    told.map(({ event, at }, n) => ({
      eventKey: toldKey(write, n),
      shopId: state.input.shopId,
      interceptId,
      sequence: toldSequence(state.version, n),
      type: event,
      payload: write.view,
      occurredAt: at,
    })),
  );
  for (const code of newNotices) addNotice(tables, `${key}:${code}`, interceptId, code, state.updatedAt);
}

function addLine(tables: Tables, key: string, interceptId: string, line: LogLine): void {
  if (!tables.log.has(key)) tables.log.set(key, { ...line, interceptId });
}

function addNotice(tables: Tables, key: string, interceptId: string, code: string, at: number): void {
  if (!tables.notices.has(key)) tables.notices.set(key, { interceptId, kind: 'NOTICE', code, at });
}

function addFeeLine(tables: Tables, { input }: InterceptState, occurredAt: number): void {
  const lineId = `${input.interceptId}-fee`;
  if (tables.ledger.has(lineId)) return;
  const { interceptId, waybillNo, feeFen } = input;
  tables.ledger.set(lineId, { lineId, interceptId, waybillNo, amountFen: feeFen, occurredAt });
}

function tellFollowers(tables: Tables, session: Session, state: InterceptState, answer: 'ACCEPTED' | 'REFUSED'): void {
  const { input } = state;
  const eventKey = leadersAnswerKey(input, answer);
  if (tables.inboxKeys.has(eventKey)) return;
  const payload = {
    leaderInterceptId: input.interceptId,
    answer,
    carrierReference: state.carrierReference,
    code: state.carrierRefusal?.code ?? null,
    message: state.carrierRefusal?.message ?? '',
    at: state.updatedAt,
  } satisfies real.AnswerPayload;
  const row = {
    inboxId: ++tables.inboxIds,
    eventKey,
    kind: 'ANSWER' as const,
    carrier: input.carrier,
    waybillNo: input.waybillNo,
    refundId: null,
    shopId: null,
    payload,
    receivedAt: session.now,
    status: 'PENDING' as const,
    reason: null,
    attempts: 0,
    nextAttemptAt: session.now,
    settledAt: null,
  };
  tables.inbox.set(row.inboxId, row);
  tables.inboxKeys.set(eventKey, row);
  tables.onChange('INBOX');
}

export const addRecordNotice: Real['addRecordNotice'] = (db, interceptId, notice, reference) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const stored = tables.intercepts.get(interceptId);
    if (stored?.phase !== 'ENDED' || stored.state.notices.includes(notice)) return null;
    const at = session.now;
    const state = { ...stored.state, notices: [...stored.state.notices, notice], updatedAt: at };
    const record = { ...stored, state, recordedAt: at };
    tables.intercepts.set(interceptId, record);
    const line: LogLine = { at, actorKind: 'SYSTEM', actor: 'record', what: notice, before: {}, after: {}, reference: reference ?? null };
    addLine(tables, `${interceptId}:ended:${notice}`, interceptId, line);
    addNotice(tables, `${interceptId}:${state.input.initiatedAt}:ended:${notice}`, interceptId, notice, at);
    tables.onChange('CASE');
    return record;
  });
};
