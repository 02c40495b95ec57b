import type { EpochMs } from '../../domain/time.ts';
import { lackOfVerdict } from '../answer-codes.ts';
import type { CarrierReply } from '../http.ts';
import { isOkStatus, unreadableAnswer } from '../http.ts';
import { asList, asRecord, isSameWaybill, member, readJson, textOf, textOrNull, truthOf } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { noTrackAnswer } from '../refusal.ts';
import { readScanTime } from '../scan-time.ts';
import { asTrackReading, type ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf } from '../words.ts';
import { readXml } from '../xml.ts';
import { YTO_CODES } from './codes.ts';
import { YTO_QUERY_WORDS } from './words.ts';

export const QUERY_TRACK = 'track_query_adapter';

/** `param` of the track query. */
export function queryTrackParam(waybillNo: string): string {
  return JSON.stringify({ NUMBER: waybillNo });
}

/** YTO's answer for a parcel without a scan, beside the empty map. */
const EMPTY_RESULT = '1001';

/**
 * An array of scans is success. "Nothing found" has another shape: `{map: {YT…: []}, code: "1001", success: "true"}`;
 * scans in such a map are read too. Any other object is a failure.
 */
export function readTrackAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  if (reply.kind === 'FAILED') return noTrackAnswer(reply);
  const answer = readJson(reply.text);
  const records = isOkStatus(reply.status) ? recordsIn(answer, waybillNo) : null;
  if (records) return asTrackReading(records.map((record) => readScan(record, waybillNo, now)));
  const refusal = asRecord(answer) ?? readXml(reply.text)?.members;
  const code = textOf(member(refusal, 'code'));
  const message = textOf(member(refusal, 'reason') ?? member(refusal, 'message'));
  const reason = `${code} ${message}`.trim();
  if (!reason) return noTrackAnswer(unreadableAnswer(reply.status, reply.text));
  const lack = lackOfVerdict(YTO_CODES, code, message);
  return lack ? noTrackAnswer(lack) : { kind: 'UNAVAILABLE', reason };
}

function recordsIn(answer: unknown, waybillNo: string): unknown[] | null {
  if (Array.isArray(answer)) return answer;
  if (truthOf(member(answer, 'success')) === false) return null;
  const map = asRecord(member(answer, 'map'));
  if (map) {
    const own = Object.entries(map).find(([number]) => isSameWaybill(number, waybillNo));
    return own ? asList(own[1]) : [];
  }
  return textOf(member(answer, 'code')) === EMPTY_RESULT ? [] : null;
}

function readScan(record: unknown, waybillNo: string, now: EpochMs): ScanReading {
  const number = textOf(member(record, 'waybill_No')) || waybillNo;
  if (!isSameWaybill(number, waybillNo)) return { unreadable: `a scan of another waybill than ${waybillNo}` };
  const occurredAt = readScanTime(member(record, 'upload_Time'), now);
  if (occurredAt === null) return { unreadable: 'a scan without a readable upload_Time' };
  const text = textOf(member(record, 'processInfo'));
  const event = eventOf(YTO_QUERY_WORDS, textOf(member(record, 'infoContent')), { sentence: text });
  return {
    carrier: 'YTO',
    waybillNo,
    event: event === 'DELIVERY_FAILED' ? (troubleIn(text) ?? event) : event,
    occurredAt,
    // The query names no outlet code, and none is invented.
    outletCode: null,
    outletName: /【([^【】]+)】/.exec(text)?.[1] ?? textOrNull(member(record, 'city')),
    text,
    raw: record,
  };
}
