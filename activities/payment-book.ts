import type { ForeignReason } from '../domain/intercept/state.ts';
import type { PlatformAnswer } from '../platforms/port.ts';
import type { Db } from '../store/db.ts';
import { notePaymentAnswer, notePaymentCall, paymentCallsOf } from '../store/payment-calls.ts';
import type { MoneyRequest } from './types.ts';

/** Our own book of payment calls, beside the heartbeat: kept when the database answers, never waited for long. */
export interface PaymentBook {
  /** A call is about to leave. */
  noteCall(request: MoneyRequest, callKey: string, amountFen: number): Promise<void>;
  noteAnswer(callKey: string, answer: PlatformAnswer, mayBeApplied: boolean): Promise<void>;
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
      await notePaymentCall(db, { callKey, refundId, interceptId, sequence, amountFen });
    },
    async noteAnswer(callKey, answer, mayBeApplied) {
      await notePaymentAnswer(db, callKey, mayBeApplied ? answer.kind : `${NOT_APPLIED}:${answer.kind}`, refusalOf(answer));
    },
    async mayHavePaid(refundId) {
      const calls = await paymentCallsOf(db, refundId);
      return calls.some(({ answer }) => answer === null || !answer.startsWith(NOT_APPLIED));
    },
  };
}

function refusalOf(answer: PlatformAnswer): ForeignReason | null {
  return answer.kind === 'DONE' || answer.kind === 'UNKNOWN' ? null : { code: answer.code, message: answer.message };
}
