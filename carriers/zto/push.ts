import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { isDigest } from '../digest.ts';
import { asList, member, readJson, textOf, textOrNull } from '../payload.ts';
import type { PushReading, PushReply, RawPush } from '../port.ts';
import { signedContent } from '../push-fields.ts';
import { readScanTime } from '../scan-time.ts';
import { eventOf, gatherScans, type ScanReading, troubleIn } from '../scans.ts';
import { returnKind } from './return-kind.ts';
import { signZto } from './signature.ts';

/** `action` of the track **push**; the query has a table of its own. */
export const ZTO_PUSH_EVENTS: ReadonlyMap<string, TrackEvent> = new Map<string, TrackEvent>([
  ['GOT', 'PICKED_UP'],
  ['DEPARTURE', 'DEPARTED'],
  ['ARRIVAL', 'ARRIVED'],
  ['DISPATCH', 'OUT_FOR_DELIVERY'],
  ['INBOUND', 'AWAITING_PICKUP'],
  ['SIGNED', 'SIGNED'],
  ['HANDOVERSCAN_SIGNED', 'SIGNED'],
  ['DEPARTURE_SIGNED', 'SIGNED'],
  ['PROBLEM', 'PROBLEM'],
  ['RETURN_SCAN', 'RETURNING'],
  ['RETURN_SIGNED', 'RETURN_SIGNED'],
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
  return {
    carrier: 'ZTO',
    waybillNo,
    event: refine(eventOf(ZTO_PUSH_EVENTS, action), record),
    occurredAt,
    outletCode: textOrNull(member(record, 'facilityCode')),
    outletName: textOrNull(member(record, 'facilityName')),
    text: textOf(member(record, 'desc')),
    raw: record,
  };
}

function refine(event: TrackEvent, record: unknown): TrackEvent {
  const field = (name: string) => textOf(member(record, name));
  if (event === 'PROBLEM') return troubleIn(['desc', 'remark', 'remark1', 'remark2', 'problemCode'].map(field).join('\n')) ?? event;
  if (event === 'RETURNING') return returnKind(field('returnType'), field('returnUpdateType'));
  return event;
}

const RECEIVED: PushReply = jsonReply(200, { status: true, message: '成功', result: 'success', statusCode: '0000' });
const REFUSAL: PushReply = jsonReply(401, { status: false, message: '签名校验失败', result: null, statusCode: 'S211' });

function jsonReply(status: number, body: unknown): PushReply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
