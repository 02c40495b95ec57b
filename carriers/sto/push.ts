import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../../domain/time.ts';
import { isDigest } from '../digest.ts';
import { asList, member, readJson, textOf } from '../payload.ts';
import type { PushReading, PushReply, RawPush } from '../port.ts';
import { signedContent } from '../push-fields.ts';
import { gatherScans } from '../scans.ts';
import { readStoScan, STO_PUSH_WORDS } from './scan.ts';
import { signSto } from './signature.ts';

/** Reads a track push (`STO_TRACE_PLATFORM_PUSH`): field `content` is JSON `{waybillNo, linkCode, trace}`, `data_digest` covers it. */
export function readStoPush(push: RawPush, secret: string, now: EpochMs): PushReading {
  const content = signedContent(push, 'content', (bytes, fields) => isDigest(signSto(bytes, secret), fields.text('data_digest')));
  if (!content) return { kind: 'BAD_SIGNATURE', reply: stoReply(401, '007', '签名校验失败') };
  const reply = stoReply(200, '', '');
  const message = readJson(content.toString('utf8'));
  const waybillNo = textOf(member(message, 'waybillNo'));
  const traces = asList(member(message, 'trace'));
  if (waybillNo === '' || traces.length === 0) {
    return { kind: 'VERIFIED', reply, scans: [], unreadable: 'content is not JSON with waybillNo and trace' };
  }
  return { kind: 'VERIFIED', reply, ...gatherScans(traces.map((trace) => readStoScan(trace, waybillNo, STO_PUSH_WORDS, now))) };
}

/** STO writes its booleans as text; it pushes again when this answer does not come. */
function stoReply(status: number, errorCode: string, errorMsg: string): PushReply {
  const success = String(status === 200);
  const body = { success, errorCode, errorMsg, needRetry: 'false', requestId: randomUUID(), expInfo: '', data: null };
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
