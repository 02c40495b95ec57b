import type { CarrierReply } from '../http.ts';
import type { InterceptAnswer, InterceptRequest } from '../port.ts';
import { noAnswer, refusalInWords } from '../refusal.ts';
import { readJtVerdict } from './gateway.ts';

export const CREATE_INTERCEPT = 'waybill/intercept';

/** `applyTypeCode` 4 return (退回); 5 would change the address. */
const RETURN = 4;

/** `bizContent` of the intercept. J&T takes neither a request id nor a reason. */
export function createInterceptContent(request: InterceptRequest): string {
  return JSON.stringify({ mailNo: request.waybillNo, applyTypeCode: RETURN });
}

/** J&T publishes no intercept codes for China, so "already there" is known by its words. */
export function readInterceptAnswer(reply: CarrierReply): InterceptAnswer {
  const verdict = readJtVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'SUCCESS') return { kind: 'ACCEPTED', reference: null };
  return refusalInWords(verdict.code, verdict.message);
}
