import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../../domain/time.ts';
import { isDigest } from '../digest.ts';
import { asList, member, readJson, textOf } from '../payload.ts';
import type { PushReading, PushReply, RawPush } from '../port.ts';
import { signedContent } from '../push-fields.ts';
import { gatherScans, withReturnSigned } from '../scans.ts';
import { readJtScans } from './scan.ts';
import { signJt } from './signature.ts';

/** Reads a track push (`logistics/statusFeedback`): field `bizContent` with one or several `details`, the signature in the header `digest`. */
export function readJtPush(push: RawPush, privateKey: string, now: EpochMs): PushReading {
  const bizContent = signedContent(push, 'bizContent', (bytes) => isDigest(signJt(bytes, privateKey), push.headers['digest']));
  if (!bizContent) return { kind: 'BAD_SIGNATURE', reply: jtReply(401, '145003030', 'headers signature failed', null) };
  const reply = jtReply(200, '1', 'success', 'SUCCESS');
  const message = readJson(bizContent.toString('utf8'));
  const waybillNo = textOf(member(message, 'billCode'));
  const details = asList(member(message, 'details'));
  if (waybillNo === '' || details.length === 0) {
    return { kind: 'VERIFIED', reply, scans: [], unreadable: 'bizContent is not JSON with billCode and details' };
  }
  const { scans, unreadable } = gatherScans(readJtScans(details, waybillNo, now));
  return { kind: 'VERIFIED', reply, scans: withReturnSigned(scans), unreadable };
}

function jtReply(status: number, code: string, msg: string, data: string | null): PushReply {
  const body = JSON.stringify({ code, msg, data, requestId: randomUUID() });
  return { status, contentType: 'application/json; charset=utf-8', body };
}
