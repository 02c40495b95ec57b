import { REFUSALS_TO_RING, type UnconfirmedCause } from '../../../domain/intercept/unconfirmed.ts';
import type { InterceptRecord } from '../../../store/intercept-row.ts';
import type { PaymentCall } from '../../../store/payment-calls.ts';
import type * as real from '../../../store/unconfirmed-refunds.ts';
import { sessionOf, type Tables } from './tables.ts';

type Real = typeof real;

const CLOCKS_APART_MS = 60_000;
const REFUSED = 'NOT_APPLIED:REFUSED';

export const untoldUnconfirmed: Real['untoldUnconfirmed'] = (db, afterMs, limit) => {
  const session = sessionOf(db);
  return session.statement((tables) => {
    const { now } = session;
    return [...tables.intercepts.values()]
      .flatMap((record) => {
        const dueAt = dueOf(record, now, afterMs);
        return dueAt === null ? [] : [lateOf(tables, record, dueAt, now)];
      })
      .filter(({ dueAt, isAhead, isRefusedAgain, eventKey }) => {
        const isLate = isAhead || dueAt <= now - afterMs || isRefusedAgain;
        return isLate && !tables.notices.has(eventKey);
      })
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit);
  });
};

function dueOf({ phase, state }: InterceptRecord, now: number, afterMs: number): number | null {
  const { refundStatus, refundCause, input } = state;
  const hour = input.initiatedAt + input.durations.autoRefundAfterMs;
  if (phase === 'OPEN' && refundStatus === 'REFUNDING')
    return refundCause === 'DEADLINE_PASSED' ? hour : (state.refundDecidedAt ?? state.updatedAt);
  const isArmed =
    phase !== 'ENDED' && refundStatus === 'OPEN' && state.automaticRefund === 'ARMED' && state.interceptStatus !== 'REJECTED_BY_CARRIER';
  return isArmed && hour <= now - afterMs ? hour : null;
}

function lateOf(tables: Tables, record: InterceptRecord, dueAt: number, now: number) {
  const { interceptId, state } = record;
  const { refundId } = state.input;
  const calls = [...tables.calls.values()].filter((call) => call.refundId === refundId).sort((a, b) => b.sentAt - a.sentAt);
  const call = calls.find((one) => one.interceptId === interceptId && one.sequence === state.commandCount);
  const isAhead = dueAt > now + CLOCKS_APART_MS;
  const cause = causeOf(tables, record, { dueAt, isAhead, call });
  const latest = calls.slice(0, REFUSALS_TO_RING);
  return {
    record,
    dueAt,
    cause,
    refusal: call?.refusal ?? null,
    eventKey: `unconfirmed:${interceptId}:${dueAt}${cause === 'REFUSED' ? ':refused' : ''}`,
    isAhead,
    isRefusedAgain: cause === 'REFUSED' && latest.length === REFUSALS_TO_RING && latest.every(({ answer }) => answer === REFUSED),
  };
}

function causeOf(
  { refundChecks }: Tables,
  { state }: InterceptRecord,
  { dueAt, isAhead, call }: { dueAt: number; isAhead: boolean; call: PaymentCall | undefined },
): UnconfirmedCause {
  const look = refundChecks.get(state.input.refundId);
  const found = look !== undefined && look.lastCheckedAt >= dueAt ? look.found : null;
  if (isAhead) return 'CLOCKS_DISAGREE';
  if (state.refundStatus === 'OPEN') return 'NOT_SENT';
  if (call?.answer === REFUSED) return 'REFUSED';
  if (call?.answer === 'DONE' || found === 'PAYING' || found === 'PAID') return 'TAKEN';
  if (found === 'UNAUTHORISED') return 'UNAUTHORISED';
  return found === 'SILENT' || call !== undefined ? 'SILENT' : 'NOT_SENT';
}

export const ringUnconfirmed: Real['ringUnconfirmed'] = (db, { record, eventKey }, { notice, at }) => {
  const { interceptId } = record;
  return sessionOf(db).statement((tables) => {
    const stored = tables.intercepts.get(interceptId);
    if (stored && !stored.state.notices.includes(notice))
      tables.intercepts.set(interceptId, { ...stored, state: { ...stored.state, notices: [...stored.state.notices, notice] } });
    if (!tables.notices.has(eventKey)) tables.notices.set(eventKey, { interceptId, kind: 'NOTICE', code: notice, at });
    tables.onChange('CASE');
  });
};
