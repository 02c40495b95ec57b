import type { Fen } from '../money.ts';
import { namesAnotherParcel, type PlatformRefund } from '../refund.ts';
import { readPlatformStatus } from './refund-axis.ts';

/** Whether a refund, as just read, may be paid: by its status, by the parcel it is about, and by the amount somebody agreed to (Q12). */
export type PaymentJudgement = 'PAY' | 'AMOUNT_CHANGED' | 'WAYBILL_CHANGED' | 'NOT_PAYABLE';

/** What somebody agreed to. */
export interface PaymentTerms {
  /** The amount the merchant named; null means at most `maxFen`, the amount at initiation. */
  agreedFen: Fen | null;
  maxFen: Fen;
  /** The parcel that was intercepted. */
  waybillNo: string;
  /** The merchant knows that the refund is about another parcel by now, and approved. Absent: nobody does. */
  otherWaybillAgreed?: boolean;
}

export function judgePayment(refund: PlatformRefund, terms: PaymentTerms): PaymentJudgement {
  if (readPlatformStatus(refund) !== 'OPEN') return 'NOT_PAYABLE';
  if (namesAnotherParcel(refund, terms.waybillNo) && terms.otherWaybillAgreed !== true) return 'WAYBILL_CHANGED';
  const agreed = terms.agreedFen === null ? refund.refundFeeFen <= terms.maxFen : refund.refundFeeFen === terms.agreedFen;
  return agreed ? 'PAY' : 'AMOUNT_CHANGED';
}
