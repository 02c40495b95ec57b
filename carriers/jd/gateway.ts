import { type EpochMs, toShanghaiText } from '../../domain/time.ts';
import { lackOfVerdict } from '../answer-codes.ts';
import { type CarrierCall, type CarrierReply, isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf, truthOf } from '../payload.ts';
import { JD_CODES } from './codes.ts';
import { PROTOCOL, signJd } from './signature.ts';

/** JD Logistics' open gateway (api.jdl.com) and our application there, as its customer. */
export interface JdAccount {
  baseUrl: string;
  appKey: string;
  appSecret: string;
  accessToken: string;
  customerCode: string;
}

/** The gateway's name of the express APIs (`LOP-DN`). */
const DOMAIN = 'ECAP';
const ALGORITHM = 'md5-salt';

/** A parcel of a merchant who has a contract with JD (B2C); JD checks that the customer code owns the waybill. */
export const B2C = 1;

/** A signed call; JD takes every request in a list of one. Without `lop-tz` JD takes the time for China's. */
export function jdCall(account: JdAccount, path: string, request: object, now: EpochMs): CarrierCall {
  const { appKey, accessToken, appSecret } = account;
  const body = JSON.stringify([request]);
  const timestamp = toShanghaiText(now);
  const query = new URLSearchParams({
    'LOP-DN': DOMAIN,
    app_key: appKey,
    access_token: accessToken,
    timestamp,
    v: PROTOCOL,
    sign: signJd({ appKey, accessToken, path, body, timestamp }, appSecret),
    algorithm: ALGORITHM,
  });
  return { url: `${account.baseUrl}${path}?${query.toString()}`, headers: { 'content-type': 'application/json;charset=utf-8' }, body };
}

/** What every JD answer says first. `FAILED` is no verdict: the same call may be made again. */
export type JdVerdict =
  | { kind: 'SUCCESS'; data: unknown; message: string }
  | { kind: 'REFUSED'; code: string; message: string }
  | (CarrierReply & { kind: 'FAILED' });

/**
 * Reads `{code, success, msg, data}`, as the gateway sends it or in `response.content` as JD's SDK does (YangLiCon/docs `jd.md` has both);
 * 0 is success. `error_response: {code, zh_desc, en_desc}` is the gateway's own: it never speaks of a parcel.
 */
export function readJdVerdict(reply: CarrierReply): JdVerdict {
  if (reply.kind === 'FAILED') return reply;
  const answer = asRecord(readJson(reply.text));
  const gatewayError = asRecord(member(answer, 'error_response'));
  if (gatewayError !== null) return gatewayFault(gatewayError);
  const content = asRecord(member(member(answer, 'response'), 'content')) ?? answer;
  const code = textOf(member(content, 'code'));
  const message = [textOf(member(content, 'msg')), textOf(member(content, 'subMsg'))].filter(Boolean).join(' ');
  const succeeded = code === '0' && truthOf(member(content, 'success')) !== false;
  if (code === '' || (succeeded && !isOkStatus(reply.status))) return unreadableAnswer(reply.status, reply.text);
  if (succeeded) return { kind: 'SUCCESS', data: member(content, 'data') ?? null, message };
  return lackOfVerdict(JD_CODES, code, message) ?? { kind: 'REFUSED', code, message };
}

/** JD gives a token for a time; one that is over or of another application is refused in words alone. */
const OF_THE_TOKEN = /access_?token|令牌/i;

function gatewayFault(error: Record<string, unknown>): CarrierReply & { kind: 'FAILED' } {
  const code = textOf(member(error, 'code'));
  const message = textOf(member(error, 'zh_desc')) || textOf(member(error, 'en_desc'));
  const reason = `${code} ${message}`.trim() || 'error_response';
  if (OF_THE_TOKEN.test(message)) {
    const remedy = 'have the merchant authorise the application again at JD, and set JD_ACCESS_TOKEN';
    return { kind: 'FAILED', sent: false, reason, accessFault: { code, message, remedy } };
  }
  return lackOfVerdict(JD_CODES, code, message) ?? { kind: 'FAILED', sent: true, reason };
}
