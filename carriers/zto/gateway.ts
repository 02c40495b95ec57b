import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierCall, CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf, textOrNull, truthOf } from '../payload.ts';
import { ZTO_CODES } from './codes.ts';
import { signZto } from './signature.ts';

/** ZTO's open platform (open.zto.com) and our account there. */
export interface ZtoAccount {
  baseUrl: string;
  appKey: string;
  appSecret: string;
}

/** A signed call: the path is the API's name, the body the JSON text that was signed. */
export function ztoCall(account: ZtoAccount, api: string, body: string): CarrierCall {
  return {
    url: `${account.baseUrl}/${api}`,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-appKey': account.appKey,
      'x-dataDigest': signZto(body, account.appSecret),
    },
    body,
  };
}

/** What every ZTO answer says first. `FAILED` is no verdict: the same call may be made again. */
export type ZtoVerdict =
  | { kind: 'SUCCESS'; payload: unknown }
  | { kind: 'REFUSED'; code: string | null; message: string }
  | (CarrierReply & { kind: 'FAILED' });

const SUCCESS_CODES = new Set(['SYS000', '0000']);

/**
 * Reads `{status, statusCode, message, data | result}`. `status` may be a boolean or text; older APIs answer in `data`,
 * newer ones in `result`. Gateway errors come with HTTP 200.
 */
export function readZtoVerdict(reply: CarrierReply): ZtoVerdict {
  if (reply.kind === 'FAILED') return reply;
  const answer = asRecord(readJson(reply.text));
  const code = textOf(member(answer, 'statusCode'));
  const status = truthOf(member(answer, 'status')) ?? (code === '' ? null : SUCCESS_CODES.has(code));
  if (status === null || (status && !isOkStatus(reply.status))) return unreadableAnswer(reply.status, reply.text);
  if (status) return { kind: 'SUCCESS', payload: member(answer, 'data') ?? member(answer, 'result') ?? null };
  const message = textOf(member(answer, 'message')) || textOf(member(answer, 'messag'));
  return lackOfVerdict(ZTO_CODES, code, message) ?? { kind: 'REFUSED', code: textOrNull(code), message };
}
