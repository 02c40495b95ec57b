import { DEFAULT_SETTINGS } from '../../../domain/decisions/settings.ts';
import type * as real from '../../../store/intercept-watch.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

const HOUR_MS = 3_600_000;

const isArmed = ({ phase, state }: InterceptRecord): boolean =>
  phase !== 'ENDED' &&
  state.automaticRefund === 'ARMED' &&
  state.refundStatus === 'OPEN' &&
  state.interceptStatus !== 'REJECTED_BY_CARRIER';
const dueAt = ({ state: { input } }: InterceptRecord): number => input.initiatedAt + input.durations.autoRefundAfterMs;

export const nearDeadlines: Real['nearDeadlines'] = (db, limit) => {
  const session = sessionOf(db);
  const leadOf = ({ state: { input } }: InterceptRecord, at: number): number | undefined =>
    DEFAULT_SETTINGS.remindHoursBefore
      .toSorted((a, b) => a - b)
      .find((leadH) => at <= session.now + leadH * HOUR_MS && input.initiatedAt < at - leadH * HOUR_MS);
  return session.statement(({ intercepts, outbox }) =>
    [...intercepts.values()]
      .filter((record) => isArmed(record) && dueAt(record) > session.now)
      .sort((a, b) => dueAt(a) - dueAt(b))
      .flatMap((record) => {
        const leadH = leadOf(record, dueAt(record));
        const eventKey = `${record.interceptId}:${record.state.input.initiatedAt}:deadline_near:${leadH}`;
        return leadH === undefined || outbox.has(eventKey) ? [] : [{ record, leadH, eventKey }];
      })
      .slice(0, limit),
  );
};

export const oldestOpenCase: Real['oldestOpenCase'] = (db, shopId) =>
  sessionOf(db).statement(({ intercepts }) => {
    const begun = [...intercepts.values()].filter(({ phase, ...of }) => phase === 'OPEN' && of.shopId === shopId);
    return begun.length === 0 ? null : Math.min(...begun.map(({ state }) => state.input.initiatedAt));
  });

/** Tokens and authorisations are no part of a simulated world. */
export const untoldOfExpiry: Real['untoldOfExpiry'] = async () => [];

const openOnes = (intercepts: Iterable<InterceptRecord>): InterceptRecord[] => [...intercepts].filter(({ phase }) => phase === 'OPEN');

export const openRecordIds: Real['openRecordIds'] = (db, settledForMs) => {
  const session = sessionOf(db);
  return session.statement(({ intercepts }) =>
    openOnes(intercepts.values())
      .filter(({ recordedAt }) => recordedAt < session.now - settledForMs)
      .map(({ interceptId }) => interceptId),
  );
};

export const openRecordCount: Real['openRecordCount'] = (db) =>
  sessionOf(db).statement(({ intercepts }) => openOnes(intercepts.values()).length);

export const missingRuns: Real['missingRuns'] = (db) =>
  sessionOf(db).statement(({ intercepts }) =>
    openOnes(intercepts.values())
      .filter(({ runMissingSince }) => runMissingSince !== null)
      .map(({ interceptId }) => interceptId),
  );

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
        ({ phase, state }) =>
          phase === 'OPEN' &&
          state.refundStatus === refundStatus &&
          (refundStatus === 'REFUNDING' || state.interceptStatus !== 'REJECTED_BY_CARRIER') &&
          (refundStatus !== 'REJECTED' || typeof state.rejectionTakenAt === 'number'),
      )
      .map((record) => ({ record, check: refundChecks.get(record.state.input.refundId) }))
      .map(({ record, check }) => ({ record, checks: check?.checks ?? 0, lastCheckedAt: check?.lastCheckedAt ?? null }))
      .filter(({ record, lastCheckedAt }) => (lastCheckedAt ?? record.state.updatedAt) <= session.now - uncheckedForMs)
      .slice(0, limit),
  );
};

export const noteRefundChecked: Real['noteRefundChecked'] = (db, refundId, at, found) =>
  sessionOf(db).statement(({ refundChecks }) => {
    refundChecks.set(refundId, { checks: (refundChecks.get(refundId)?.checks ?? 0) + 1, lastCheckedAt: at, found });
  });
