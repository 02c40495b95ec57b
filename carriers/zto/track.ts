import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, textOrNull } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { readScanTime } from '../scan-time.ts';
import { asTrackReading, eventOf, type ScanReading, troubleIn } from '../scans.ts';
import { readZtoVerdict } from './gateway.ts';
import { returnKind } from './return-kind.ts';

export const QUERY_TRACK = 'zto.merchant.waybill.track.query';

/** Body of the track query. */
export function queryTrackBody(waybillNo: string): string {
  return JSON.stringify({ billCode: waybillNo });
}

/**
 * `scanType` of the track **query**, in its three sets. Never shared with the push: ARRIVAL and
 * DEPARTURE are hub scans there and locker scans here, and a shared table would make a parcel that already lies in a
 * locker look interceptable.
 */
export const ZTO_QUERY_EVENTS: ReadonlyMap<string, TrackEvent> = new Map<string, TrackEvent>([
  ['收件', 'PICKED_UP'],
  ['1', 'PICKED_UP'],
  ['发件', 'DEPARTED'],
  ['2', 'DEPARTED'],
  ['到件', 'ARRIVED'],
  ['3', 'ARRIVED'],
  ['派件', 'OUT_FOR_DELIVERY'],
  ['4', 'OUT_FOR_DELIVERY'],
  ['DELIVERY', 'OUT_FOR_DELIVERY'],
  ['ARRIVAL', 'AWAITING_PICKUP'],
  ['44', 'AWAITING_PICKUP'],
  ['签收', 'SIGNED'],
  ['5', 'SIGNED'],
  ['第三方签收', 'SIGNED'],
  ['7', 'SIGNED'],
  ['SIGNED', 'SIGNED'],
  ['DEPARTURE', 'OTHER'],
  ['45', 'OTHER'],
  ['问题件', 'PROBLEM'],
  ['退件', 'RETURNING'],
  ['8', 'RETURNING'],
  ['退件签收', 'RETURN_SIGNED'],
  ['转单', 'OTHER'],
  ['9', 'OTHER'],
  ['事件', 'OTHER'],
  ['安检', 'OTHER'],
]);

/** On these scans `scanSite.code` names a locker, not an outlet of ZTO. */
const LOCKER_WORDS = new Set(['ARRIVAL', 'DEPARTURE', 'SIGNED', '44', '45']);

/** Answer of the track query: an empty or absent list is "no track", `status:false` the lack of an answer. */
export function readTrackAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return { kind: 'UNAVAILABLE', reason: verdict.reason };
  if (verdict.kind === 'REFUSED') return { kind: 'UNAVAILABLE', reason: `${verdict.code ?? ''} ${verdict.message}`.trim() };
  return asTrackReading(asList(verdict.payload).map((record) => readScan(record, waybillNo, now)));
}

function readScan(record: unknown, waybillNo: string, now: EpochMs): ScanReading {
  const billCode = textOf(member(record, 'billCode')) || waybillNo;
  if (!isSameWaybill(billCode, waybillNo)) return { unreadable: `a scan of another waybill than ${waybillNo}` };
  const occurredAt = readScanTime(member(record, 'scanDate'), now);
  if (occurredAt === null) return { unreadable: 'a scan without a readable scanDate' };
  const word = textOf(member(record, 'scanType'));
  const text = textOf(member(record, 'desc'));
  const site = member(record, 'scanSite');
  return {
    carrier: 'ZTO',
    waybillNo,
    event: refine(eventOf(ZTO_QUERY_EVENTS, word), record, text),
    occurredAt,
    outletCode: LOCKER_WORDS.has(word) ? null : textOrNull(member(site, 'code')),
    outletName: textOrNull(member(site, 'name')),
    text,
    raw: record,
  };
}

function refine(event: TrackEvent, record: unknown, text: string): TrackEvent {
  if (event === 'PROBLEM') return troubleIn(text) ?? event;
  if (event === 'RETURNING') return returnKind(textOf(member(record, 'returnType')), textOf(member(record, 'returnUpdateType')));
  return event;
}
