import type { CarrierReply } from '../http.ts';
import { unreadableAnswer } from '../http.ts';
import { member, textOf } from '../payload.ts';
import type { InterceptAnswer, InterceptRequest } from '../port.ts';
import { noAnswer, refusalInWords } from '../refusal.ts';
import { CANCEL_FAILED, INTERCEPT_FAILED, JD_CODES } from './codes.ts';
import { B2C, readJdVerdict } from './gateway.ts';

/**
 * 订单取消 (api-doc 267/846): before the pick-up the order is cancelled; after it JD begins an intercept, and once that succeeds the
 * parcel goes back (逆向) to its sender. JD's call has no other destination.
 */
export const CANCEL_ORDER = '/ecap/v1/orders/cancel';

/** Most characters of `cancelReason`. */
const LONGEST_REASON = 30;
/** `cancelReasonCode`: the user asks for it (用户发起取消). */
const BY_THE_USER = '1';
/** `cancelType` of a B2C order. */
const CANCEL_B2C = 1;

/**
 * The request. JD takes no request id of ours. `subscribeIntercept` is left out: it asks for a push of the intercept's state, and how
 * JD signs its pushes is not public.
 */
export function cancelRequest(request: InterceptRequest, customerCode: string): object {
  return {
    waybillCode: request.waybillNo,
    orderOrigin: B2C,
    customerCode,
    cancelReason: request.reason.slice(0, LONGEST_REASON).toWellFormed(),
    cancelReasonCode: BY_THE_USER,
    cancelType: CANCEL_B2C,
  };
}

/** `resultType` of a call that succeeded: 0 取消成功, 1 拦截成功, 4 拦截中. None turns a parcel round: the track tells that. */
const ACCEPTED = ['0', '1', '4'];
/** As for others, by the name of its code. */
const REFUSED: Readonly<Record<string, string>> = { 2: CANCEL_FAILED, 3: INTERCEPT_FAILED };

/** An answer without `resultType` is accepted: four public clients look at `success` alone. One that is none of these tells nothing. */
export function readInterceptAnswer(reply: CarrierReply): InterceptAnswer {
  const verdict = readJdVerdict(reply);
  if (verdict.kind === 'FAILED') return noAnswer(verdict);
  if (verdict.kind === 'REFUSED') return refusal(verdict.code, verdict.message);
  const resultType = textOf(member(verdict.data, 'resultType'));
  if (resultType === '' || ACCEPTED.includes(resultType)) return { kind: 'ACCEPTED', reference: null };
  const code = Object.hasOwn(REFUSED, resultType) ? REFUSED[resultType] : undefined;
  if (code === undefined) return noAnswer(unreadableAnswer(200, `resultType ${resultType}`));
  return refusal(code, JD_CODES.get(code)?.words ?? verdict.message);
}

/**
 * 已取消 may be what became of our own earlier request: JD's call for an intercept is the one that cancels, and the older interface
 * (jingdong.ldop.receive.order.intercept) answers a second one with 108, cancelled already.
 */
function refusal(code: string, message: string): InterceptAnswer {
  const answer = refusalInWords(code, message);
  return answer.kind === 'REFUSED' && /已(?:经|被)*取消/.test(message) ? { ...answer, perhapsOurs: true } : answer;
}
