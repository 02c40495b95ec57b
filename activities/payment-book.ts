import type { Db } from '../store/db.ts';
import { notePaymentAnswer, notePaymentCall, paymentCallsOf } from '../store/payment-calls.ts';
import type { MoneyRequest } from './types.ts';

/** Our own book of payment calls, beside the heartbeat: kept when the database answers, never waited for long. */
export interface PaymentBook {
  /** A call is about to leave. */
  noteCall(request: MoneyRequest, callKey: string, amountFen: number): Promise<void>;
  noteAnswer(callKey: string, answer: string): Promise<void>;
  /** Whether a call for this refund left earlier that may have been applied. */
  mayHavePaid(refundId: string): Promise<boolean>;
}

/** Answers that prove a call moved no money begin so. */
const NOT_APPLIED = 'NOT_APPLIED';

/** Payment calls in PostgreSQL: noted before they leave, answered once; an unanswered one may have been applied. */
export function createPaymentBook(db: Db): PaymentBook {
  return {
    async noteCall(request, callKey, amountFen) {
      const { refundId, interceptId, sequence } = request;
      await notePaymentCall(db, { callKey, refundId, interceptId, sequence, amountFen, sentAt: Date.now() });
    },
    async noteAnswer(callKey, answer) {
      await notePaymentAnswer(db, callKey, answer, Date.now());
    },
    async mayHavePaid(refundId) {
      const calls = await paymentCallsOf(db, refundId);
      return calls.some(({ answer }) => answer === null || !answer.startsWith(NOT_APPLIED));
    },
  };
}

/** The answer as the book keeps it. */
export function bookAnswer(kind: string, mayBeApplied: boolean): string {
  return mayBeApplied ? kind : `${NOT_APPLIED}:${kind}`;
}
