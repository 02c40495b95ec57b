import type { Db } from '../store/db.ts';
import { notePaymentAnswer, notePaymentCall, paymentCallsOf } from '../store/payment-calls.ts';
import type { PaymentBook } from './money.ts';

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
