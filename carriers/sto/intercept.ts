import type { CarrierReply } from '../http.ts';
import type { InterceptAnswer, InterceptRequest } from '../port.ts';
import { noAnswer, refusalInWords } from '../refusal.ts';
import { readStoVerdict } from './gateway.ts';

export const CREATE_INTERCEPT = 'INTERCEPT_CREATE_STANDARD';
/** STO's system for intercepts and returns. */
export const REVERSE_CENTER = 'reverse-center';

/** `content` of the intercept; `DEFAULT` is the return to the sender. STO takes neither a request id nor a reason. */
export function createInterceptContent(request: InterceptRequest): string {
  return JSON.stringify({ waybillNo: request.waybillNo, interceptForAct: 'DEFAULT' });
}

/** STO publishes no intercept codes, so "already there" is known by its words. */
export function readInterceptAnswer(reply: CarrierReply): InterceptAnswer {
  const verdict = readStoVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'SUCCESS') return { kind: 'ACCEPTED', reference: null };
  return refusalInWords(verdict.code, verdict.message);
}
