import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf, textOrNull, truthOf } from '../payload.ts';
import type { InterceptAnswer, InterceptRequest } from '../port.ts';
import { noAnswer, refusalInWords } from '../refusal.ts';
import { readXml } from '../xml.ts';
import { YTO_CODES } from './codes.ts';

export const REPORT_WANTED = 'wanted_report_adapter';

/** YTO refuses an empty `wantedDesc`. */
const DEFAULT_REASON = '买家申请仅退款，拦截退回';

/** `param` of the intercept (拦截退回). YTO takes no request id: a repeat is answered "already there". */
export function reportWantedParam(request: InterceptRequest): string {
  return JSON.stringify({ waybillNo: request.waybillNo, wantedDesc: request.reason.trim() || DEFAULT_REASON });
}

/**
 * `{statusCode: 0}` accepted; `statusCode` 1 refused, also with the text for "already there"; gateway refusals are
 * `{success: false, code, reason}`, also without `success`, and, from the older gateway, XML of the same members.
 */
export function readInterceptAnswer(reply: CarrierReply): InterceptAnswer {
  if (reply.kind === 'FAILED') return noAnswer(reply);
  const answer = asRecord(readJson(reply.text)) ?? readXml(reply.text)?.members ?? null;
  const statusCode = textOf(member(answer, 'statusCode'));
  const accepted = statusCode === '' ? truthOf(member(answer, 'success')) : Number(statusCode) === 0;
  if (accepted && isOkStatus(reply.status)) return { kind: 'ACCEPTED', reference: null };
  const message = ['statusMessage', 'reason', 'message'].map((name) => textOf(member(answer, name))).find((text) => text !== '') ?? '';
  const gatewayCode = textOf(member(answer, 'code'));
  const lack = accepted ? null : lackOfVerdict(YTO_CODES, gatewayCode, message);
  if (lack !== null || accepted !== false) return noAnswer(lack ?? unreadableAnswer(reply.status, reply.text));
  return refusalInWords(textOrNull(statusCode) ?? textOrNull(gatewayCode), message);
}
