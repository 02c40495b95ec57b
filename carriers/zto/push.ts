import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { isDigest } from '../digest.ts';
import { asList, member, readJson, textOf, textOrNull } from '../payload.ts';
import type { PushReading, PushReply, RawPush } from '../port.ts';
import { signedContent } from '../push-fields.ts';
import { readScanTime } from '../scan-time.ts';
import { gatherScans, type ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf, wordTable } from '../words.ts';
import { returnKind } from './return-kind.ts';
import { signZto } from './signature.ts';

/** `action` of the track **push**; the query has a table of its own. */
export const ZTO_PUSH_WORDS = wordTable([
  { words: ['GOT'], zh: '收件', event: 'PICKED_UP', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['DEPARTURE'], zh: '发件', event: 'DEPARTED', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['ARRIVAL'], zh: '到件', event: 'ARRIVED', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['DISPATCH'], zh: '派件', event: 'OUT_FOR_DELIVERY', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['INBOUND'], zh: '入站', event: 'AWAITING_PICKUP', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  // ZTO's sentence is 已投递【店】, pushed with INBOUND's instant: put into the shop. The fetch is a push of its own.
  { words: ['HANDOVERSCAN_SIGNED'], zh: '第三方妥投', event: 'AWAITING_PICKUP', decidedBy: 'FETCH', sources: ['ZTO_LOG', 'ZTO_IBOXS'] },
  { words: ['DEPARTURE_SIGNED'], zh: '出站签收', event: 'SIGNED', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['SIGNED'], zh: '签收', event: 'SIGNED', decidedBy: 'SIGNER', sources: ['ZTO_EVENTS', 'ZTO_LOG'] },
  { words: ['PROBLEM'], zh: '问题件', event: 'PROBLEM', sources: ['ZTO_EVENTS'] },
  { words: ['RETURN_SCAN'], zh: '退件', event: 'RETURNING', sources: ['ZTO_EVENTS', 'ZTO_IBOXS'] },
  { words: ['RETURN_SIGNED'], zh: '退件签收', event: 'RETURN_SIGNED', sources: ['ZTO_EVENTS'] },
]);

/** Reads a track push: fields `data` (JSON), `data_digest`, `msg_type`, `company_id`; the digest covers `data`. */
export function readZtoPush(push: RawPush, appSecret: string, now: EpochMs): PushReading {
  const data = signedContent(push, 'data', (bytes, fields) => isDigest(signZto(bytes, appSecret), fields.text('data_digest')));
  if (!data) return { kind: 'BAD_SIGNATURE', reply: REFUSAL };
  const content = readJson(data.toString('utf8'));
  const records = asList(content);
  if (records.length === 0) return { kind: 'VERIFIED', reply: RECEIVED, scans: [], unreadable: 'data is not a JSON object' };
  return { kind: 'VERIFIED', reply: RECEIVED, ...gatherScans(records.map((record) => readScan(record, now))) };
}

function readScan(record: unknown, now: EpochMs): ScanReading {
  const waybillNo = textOf(member(record, 'billCode'));
  if (waybillNo === '') return { unreadable: 'no billCode' };
  const occurredAt = readScanTime(member(record, 'actionTime'), now);
  if (occurredAt === null) return { unreadable: `actionTime ${textOf(member(record, 'actionTime'))} is no time` };
  const action = textOf(member(record, 'action'));
  if (action === '') return { unreadable: 'no action' };
  const sentence = textOf(member(record, 'desc'));
  return {
    carrier: 'ZTO',
    waybillNo,
    event: refine(eventOf(ZTO_PUSH_WORDS, action, { sentence, signer: textOf(member(record, 'expressSigner')) }), record),
    occurredAt,
    outletCode: textOrNull(member(record, 'facilityCode')),
    outletName: textOrNull(member(record, 'facilityName')),
    text: sentence,
    raw: record,
  };
}

/** The field `problemCode` names the problem; its codes are not published, so only one that says it in words is understood. */
function refine(event: TrackEvent, record: unknown): TrackEvent {
  const field = (name: string) => textOf(member(record, name));
  if (event === 'PROBLEM') return troubleIn(field('problemCode') || ['desc', 'remark', 'remark1', 'remark2'].map(field).join(';')) ?? event;
  if (event === 'RETURNING') return returnKind(field('returnUpdateType'), field('returnType'), field('desc'));
  return event;
}

const RECEIVED: PushReply = jsonReply(200, { status: true, message: '成功', result: 'success', statusCode: '0000' });
const REFUSAL: PushReply = jsonReply(401, { status: false, message: '签名校验失败', result: null, statusCode: 'S211' });

function jsonReply(status: number, body: unknown): PushReply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
