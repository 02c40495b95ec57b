import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierCall, CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf, textOrNull, truthOf } from '../payload.ts';
import { readXml } from '../xml.ts';
import { STO_CODES } from './codes.ts';
import { signSto } from './signature.ts';

/** STO's link gateway (open.sto.cn): one URL for every API, the API is named in the form. */
export interface StoAccount {
  gatewayUrl: string;
  fromAppkey: string;
  fromCode: string;
  secret: string;
}

/** A signed call; `to` is the receiving system, both as appkey and code. */
export function stoCall(account: StoAccount, apiName: string, to: string, content: string): CarrierCall {
  const form = new URLSearchParams({
    content,
    data_digest: signSto(content, account.secret),
    api_name: apiName,
    from_appkey: account.fromAppkey,
    from_code: account.fromCode,
    to_appkey: to,
    to_code: to,
  });
  return {
    url: account.gatewayUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: form.toString(),
  };
}

/** What every STO answer says first. `FAILED` is no verdict: the same call may be made again. */
export type StoVerdict =
  | { kind: 'SUCCESS'; data: unknown }
  | { kind: 'REFUSED'; code: string | null; message: string }
  | (CarrierReply & { kind: 'FAILED' });

/**
 * Reads `{success, errorCode, errorMsg, needRetry, data}`; `success` and `needRetry` are booleans or text, and a failing
 * gateway answers the same members in XML. `needRetry` allows a repeat whatever the code.
 */
export function readStoVerdict(reply: CarrierReply): StoVerdict {
  if (reply.kind === 'FAILED') return reply;
  const answer = asRecord(readJson(reply.text)) ?? readXml(reply.text)?.members ?? null;
  const success = truthOf(member(answer, 'success'));
  const code = textOf(member(answer, 'errorCode'));
  if ((success === null && code === '') || (success && !isOkStatus(reply.status))) {
    return unreadableAnswer(reply.status, reply.text);
  }
  if (success) return { kind: 'SUCCESS', data: member(answer, 'data') ?? null };
  const message = textOf(member(answer, 'errorMsg')) || textOf(member(answer, 'expInfo'));
  const lack = lackOfVerdict(STO_CODES, code, message);
  if (lack !== null) return lack;
  if (truthOf(member(answer, 'needRetry'))) return { kind: 'FAILED', sent: true, reason: `${code} ${message}`.trim() || 'needRetry' };
  return { kind: 'REFUSED', code: textOrNull(code), message };
}
