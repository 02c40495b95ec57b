import { CURRENT_RULES } from '../../../domain/intercept/rules.ts';
import type { InterceptInput } from '../../../domain/intercept/state.ts';
import type * as real from '../../../store/intercept-opening.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { reviveQuarantinedNow, reviveSettledNow } from './inbox.ts';
import { addNewsNow, newRecord } from './intercept-record.ts';
import { inTransaction } from './db.ts';
import { type Session, sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

const REFUSED_ATTEMPTS_AT_MOST = 5;

/** The create's transaction: what it writes is there when it commits, and its locks let nobody of the same refund or parcel in between. */
export const openIntercept: Real['openIntercept'] = (db, draft, firstRecord, judged) =>
  inTransaction(db, async (trx): Promise<real.Opening> => {
    const session = sessionOf(trx);
    await session.lock(`refund:${draft.refundId}`, 'ALONE');
    await session.lock(`parcel:${draft.carrier}:${draft.waybillNo}`, 'ALONE');
    return session.statement((tables): real.Opening => {
      const attempts = [...tables.intercepts.values()]
        .filter(({ state }) => state.input.refundId === draft.refundId)
        .sort((a, b) => a.state.input.attempt - b.state.input.attempt);
      const last = attempts.at(-1);
      if (last && last.state.interceptStatus !== 'REJECTED_BY_CARRIER')
        return { kind: 'EXISTING', interceptId: last.interceptId, record: last };
      if (last && attempts.length >= REFUSED_ATTEMPTS_AT_MOST) {
        const { carrierRefusal } = last.state;
        return { kind: 'REFUSED_TOO_OFTEN', attempts: attempts.length, lastInterceptId: last.interceptId, refusal: carrierRefusal };
      }
      return insert(tables, session, draft, (last?.state.input.attempt ?? 0) + 1, firstRecord, judged);
    });
  });

function insert(
  tables: Tables,
  session: Session,
  draft: real.InterceptDraft,
  attempt: number,
  firstRecord: real.FirstRecord,
  judged: real.JudgedFacts | undefined,
): real.Opening {
  const { carrier, waybillNo, refundId } = draft;
  const interceptId = `${refundId}-${attempt}`;
  const leader = leaderIn(tables, carrier, waybillNo);
  if (judged && judged.sharedWith !== (leader?.interceptId ?? null)) return { kind: 'FACTS_CHANGED' };
  const initiatedAt = session.now;
  const follows = leader ? followingOf(leader) : null;
  const { returnTo: wanted, ...facts } = draft;
  const returnTo = leader ? leader.state.input.returnTo : wanted;
  const input: InterceptInput = {
    ...facts,
    interceptId,
    attempt,
    rules: CURRENT_RULES,
    initiatedAt,
    follows,
    ...(returnTo && { returnTo }),
  };
  const write = firstRecord(input);
  const { state } = write;
  const counting = leader ?? judged ?? { evidenceFrom: initiatedAt, scansJudgedAt: initiatedAt };
  session.write(() => {
    if (!leader) tables.parcels.set(`${carrier}:${waybillNo}`, interceptId);
    tables.intercepts.set(interceptId, newRecord(state, 'STARTING', counting, initiatedAt));
    tables.writes.push({ interceptId, at: initiatedAt, state, ended: false });
    addNewsNow(tables, write, state.notices);
    reviveQuarantinedNow(tables, session.now, carrier, waybillNo);
    reviveSettledNow(tables, session.now, carrier, waybillNo, counting.evidenceFrom);
    tables.onChange('CASE');
  });
  return { kind: 'CREATED', input, follows: input.follows, state };
}

export const leaderOf: Real['leaderOf'] = (db, carrier, waybillNo) =>
  sessionOf(db).statement((tables) => leaderIn(tables, carrier, waybillNo));

function leaderIn(tables: Tables, carrier: string, waybillNo: string): InterceptRecord | null {
  const leader = tables.intercepts.get(tables.parcels.get(`${carrier}:${waybillNo}`) ?? '');
  return leader && leader.phase !== 'ENDED' && leader.state.interceptStatus !== 'REJECTED_BY_CARRIER' ? leader : null;
}

function followingOf({ interceptId, state }: InterceptRecord): NonNullable<InterceptInput['follows']> {
  const { interceptStatus, acceptedAt, carrierReference, failure, parcel, input } = state;
  const asked = { attempt: input.attempt, initiatedAt: input.initiatedAt };
  return { interceptId, interceptStatus, accepted: acceptedAt !== null, carrierReference, failure, parcel, asked };
}

export const markStarted: Real['markStarted'] = (db, interceptId) =>
  sessionOf(db).statement((tables) => {
    const record = tables.intercepts.get(interceptId);
    if (record?.phase !== 'STARTING') return false;
    tables.intercepts.set(interceptId, { ...record, phase: 'OPEN', runMissingSince: null });
    return true;
  });

export const staleStarting: Real['staleStarting'] = (db, olderThanMs, limit) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts }) =>
    [...intercepts.values()]
      .filter(({ phase, state }) => phase === 'STARTING' && state.input.initiatedAt < session.now - olderThanMs)
      .slice(0, limit ?? 100),
  );
};

export const removeStarting: Real['removeStarting'] = (db, interceptId) =>
  sessionOf(db).statement((tables): real.Removal => {
    const record = tables.intercepts.get(interceptId);
    if (record === undefined) return 'NOT_STARTING';
    const hasFollowers = [...tables.intercepts.values()].some((one) => one.followsInterceptId === interceptId && one.phase !== 'ENDED');
    if (hasFollowers) return 'HAS_FOLLOWERS';
    if (record.phase !== 'STARTING') return 'NOT_STARTING';
    tables.intercepts.delete(interceptId);
    const parcel = `${record.state.input.carrier}:${record.state.input.waybillNo}`;
    if (tables.parcels.get(parcel) === interceptId) tables.parcels.set(parcel, null);
    for (const [key, row] of tables.outbox) if (row.interceptId === interceptId) tables.outbox.delete(key);
    return 'REMOVED';
  });
