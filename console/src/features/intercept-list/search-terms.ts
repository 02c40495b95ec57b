import type { InterceptsQuery, Refund } from '../../api/types.ts';

/** So many numbers are looked up at once: up to three questions each stay within the service's burst. */
export const MAX_TERMS = 20;

/** The numbers somebody typed or pasted, each once, in their order; new lines, spaces, commas and semicolons separate, Chinese ones too. */
export function splitTerms(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;，；、]+/).filter((term) => term !== ''))];
}

/** What a number may be, as questions to the API: a refund, an order, a waybill, the end of the buyer's phone. None for what can be neither. */
export function questionsFor(term: string): InterceptsQuery[] {
  const questions: InterceptsQuery[] = [];
  if (/^\d{1,19}$/.test(term)) questions.push({ refundId: term }, { orderId: term });
  if (/^[A-Za-z0-9]{6,40}$/.test(term)) questions.push({ waybillNo: term });
  if (/^\d{4}$/.test(term)) questions.push({ phoneTail: term });
  return questions;
}

/** Whether a number is the refund, the order or the waybill of something. */
export function isNumberOf(term: string, of: Pick<Refund, 'refundId' | 'orderId' | 'waybillNo'>): boolean {
  return of.refundId === term || of.orderId === term || of.waybillNo === term;
}
