import type * as real from '../../../store/intercept-watch.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

const isArmed = ({ phase, state }: InterceptRecord): boolean =>
  phase !== 'ENDED' &&
  state.automaticRefund === 'ARMED' &&
  state.refundStatus === 'OPEN' &&
  state.interceptStatus !== 'REJECTED_BY_CARRIER';
const dueAt = ({ state: { input } }: InterceptRecord): number => input.initiatedAt + input.durations.autoRefundAfterMs;

export const nearDeadline: Real['nearDeadline'] = (db, withinMs, limit) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts }) =>
    [...intercepts.values()]
      .filter((record) => isArmed(record) && dueAt(record) > session.now && dueAt(record) <= session.now + withinMs)
      .sort((a, b) => dueAt(a) - dueAt(b))
      .slice(0, limit),
  );
};

export const openRecords: Real['openRecords'] = (db, { afterId, limit, settledForMs }) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts }) =>
    [...intercepts.values()]
      .filter(
        ({ phase, recordedAt, interceptId }) =>
          phase === 'OPEN' && recordedAt < session.now - settledForMs && interceptId > (afterId ?? ''),
      )
      .sort((a, b) => (a.interceptId < b.interceptId ? -1 : 1))
      .slice(0, limit),
  );
};

export const noteRunMissing: Real['noteRunMissing'] = (db, interceptId) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts }) => {
    const record = intercepts.get(interceptId);
    if (record?.phase === 'OPEN' && record.runMissingSince === null)
      intercepts.set(interceptId, { ...record, runMissingSince: session.now });
  });
};

export const noteRunSeen: Real['noteRunSeen'] = (db, interceptId) =>
  sessionOf(db).statement(({ intercepts }) => {
    const record = intercepts.get(interceptId);
    if (record && record.runMissingSince !== null) intercepts.set(interceptId, { ...record, runMissingSince: null });
  });

export const refundsToCheck: Real['refundsToCheck'] = (db, { refundStatus, uncheckedForMs, limit }) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts, refundChecks }) =>
    [...intercepts.values()]
      .filter(
        ({ phase, state }) => phase === 'OPEN' && state.refundStatus === refundStatus && state.interceptStatus !== 'REJECTED_BY_CARRIER',
      )
      .map((record) => ({ record, check: refundChecks.get(record.state.input.refundId) }))
      .map(({ record, check }) => ({ record, checks: check?.checks ?? 0, lastCheckedAt: check?.lastCheckedAt ?? null }))
      .filter(({ record, lastCheckedAt }) => (lastCheckedAt ?? record.state.updatedAt) <= session.now - uncheckedForMs)
      .slice(0, limit),
  );
};

export const noteRefundChecked: Real['noteRefundChecked'] = (db, refundId, at) =>
  sessionOf(db).statement(({ refundChecks }) => {
    refundChecks.set(refundId, { checks: (refundChecks.get(refundId)?.checks ?? 0) + 1, lastCheckedAt: at });
  });
