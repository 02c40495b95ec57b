import type * as real from '../../../store/payment-calls.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

export const notePaymentCall: Real['notePaymentCall'] = (db, call) => {
  const session = sessionOf(db);
  return session.statement(({ calls }) => {
    if (calls.has(call.callKey)) return false;
    calls.set(call.callKey, { ...call, sentAt: session.now, answer: null, answeredAt: null, refusal: null });
    return true;
  });
};

export const notePaymentAnswer: Real['notePaymentAnswer'] = (db, callKey, answer, refusal) => {
  const session = sessionOf(db);
  return session.statement(({ calls }) => {
    const call = calls.get(callKey);
    if (call === undefined || call.answer !== null) return false;
    calls.set(callKey, { ...call, answer, answeredAt: session.now, refusal: refusal ?? null });
    return true;
  });
};

export const paymentCallsOf: Real['paymentCallsOf'] = (db, refundId) =>
  sessionOf(db).statement(({ calls }) => [...calls.values()].filter((call) => call.refundId === refundId));

export const recentPaymentCalls: Real['recentPaymentCalls'] = (db, refundIds, withinMs) => {
  const session = sessionOf(db);
  return session.statement(({ calls }) => {
    const recent = [...calls.values()].filter((call) => refundIds.includes(call.refundId) && call.sentAt > session.now - withinMs);
    return new Map(recent.map((call) => [call.refundId, call]));
  });
};
