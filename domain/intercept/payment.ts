import type { Fen } from '../money.ts';
import type { PlatformRefund } from '../refund.ts';
import { readPlatformStatus } from './refund-axis.ts';

/** Whether a refund, as just read, may be paid: by its status, and by the amount somebody agreed to (Q12). */
export type PaymentJudgement = 'PAY' | 'AMOUNT_CHANGED' | 'NOT_PAYABLE';

/** `agreedFen` is the amount the merchant named; null means at most `maxFen`, the amount at initiation. */
export function judgePayment(refund: PlatformRefund, agreedFen: Fen | null, maxFen: Fen): PaymentJudgement {
  if (readPlatformStatus(refund) !== 'OPEN') return 'NOT_PAYABLE';
  const agreed = agreedFen === null ? refund.refundFeeFen <= maxFen : refund.refundFeeFen === agreedFen;
  return agreed ? 'PAY' : 'AMOUNT_CHANGED';
}
