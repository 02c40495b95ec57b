import type { InterceptInput } from '../../../domain/intercept/state.ts';
import type * as real from '../../../store/intercept-opening.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { reviveQuarantinedNow, reviveSettledNow } from './inbox.ts';
import { addNewsNow, newRecord } from './intercept-record.ts';
import { sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

const REFUSED_ATTEMPTS_AT_MOST = 5;

/** The one transaction of a create, at one instant: its locks let nobody of the same refund or waybill in between. */
export const openIntercept: Real['openIntercept'] = (db, draft, firstRecord) => {
  const session = sessionOf(db);
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
    const attempt = (last?.state.input.attempt ?? 0) + 1;
    const interceptId = `${draft.refundId}-${attempt}`;
    const leader = takeOrJoinParcel(tables, `${draft.carrier}:${draft.waybillNo}`, interceptId);
    const initiatedAt = session.now;
    const input: InterceptInput = { ...draft, interceptId, attempt, initiatedAt, follows: leader ? followingOf(leader) : null };
    const write = firstRecord(input);
    const { state } = write;
    const evidenceFrom = leader?.evidenceFrom ?? initiatedAt;
    tables.intercepts.set(interceptId, newRecord(state, 'STARTING', evidenceFrom, session.now));
    tables.writes.push({ interceptId, at: session.now, state, ended: false });
    addNewsNow(tables, session, write, state.notices);
    reviveQuarantinedNow(tables, session.now, draft.carrier, draft.waybillNo);
    if (leader) reviveSettledNow(tables, session.now, draft.carrier, draft.waybillNo, evidenceFrom);
    tables.onChange('CASE');
    return { kind: 'CREATED', input, follows: input.follows, state };
  });
};

function takeOrJoinParcel(tables: Tables, parcel: string, interceptId: string): InterceptRecord | null {
  const leader = tables.intercepts.get(tables.parcels.get(parcel) ?? '');
  if (leader && leader.phase !== 'ENDED' && leader.state.interceptStatus !== 'REJECTED_BY_CARRIER') return leader;
  tables.parcels.set(parcel, interceptId);
  return null;
}

function followingOf({ interceptId, state }: InterceptRecord): NonNullable<InterceptInput['follows']> {
  const { interceptStatus, carrierReference, failure, parcel } = state;
  return { interceptId, interceptStatus, carrierReference, failure, parcel };
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
