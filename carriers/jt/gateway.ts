import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierCall, CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asRecord, member, readJson, textOf } from '../payload.ts';
import { JT_CODES } from './codes.ts';
import { signJt } from './signature.ts';

/** J&T's open platform (open.jtexpress.com.cn) and our account there. */
export interface JtAccount {
  baseUrl: string;
  apiAccount: string;
  privateKey: string;
}

/** A signed call: one form field `bizContent`, the signature in the headers, `timestamp` in epoch ms. */
export function jtCall(account: JtAccount, path: string, bizContent: string, timestampMs: number): CarrierCall {
  return {
    url: `${account.baseUrl}/webopenplatformapi/api/${path}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      apiAccount: account.apiAccount,
      digest: signJt(bizContent, account.privateKey),
      timestamp: String(timestampMs),
    },
    body: new URLSearchParams({ bizContent }).toString(),
  };
}

/** What every J&T answer says first. `FAILED` is no verdict: the same call may be made again. */
export type JtVerdict =
  | { kind: 'SUCCESS'; data: unknown }
  | { kind: 'REFUSED'; code: string; message: string }
  | (CarrierReply & { kind: 'FAILED' });

/** Reads `{code, msg, data}`: code 1 is success, every other a refusal unless its table says that it is no verdict. */
export function readJtVerdict(reply: CarrierReply): JtVerdict {
  if (reply.kind === 'FAILED') return reply;
  const answer = asRecord(readJson(reply.text));
  const code = textOf(member(answer, 'code'));
  const isSuccess = code === '1';
  if (code === '' || (isSuccess && !isOkStatus(reply.status))) {
    return unreadableAnswer(reply.status, reply.text);
  }
  if (isSuccess) return { kind: 'SUCCESS', data: member(answer, 'data') ?? null };
  const message = textOf(member(answer, 'msg'));
  return lackOfVerdict(JT_CODES, code, message) ?? { kind: 'REFUSED', code, message };
}
