import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, textOrNull } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { readScanTime } from '../scan-time.ts';
import { noTrackAnswer } from '../refusal.ts';
import { asTrackReading, type ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf, wordTable } from '../words.ts';
import { readZtoVerdict } from './gateway.ts';
import { returnKind } from './return-kind.ts';

export const QUERY_TRACK = 'zto.merchant.waybill.track.query';

/** Body of the track query. `mobilePhone`: the last four digits of a party's phone, asked for unless our account is bound (E413). */
export function queryTrackBody(waybillNo: string, phoneTail?: string | null): string {
  return JSON.stringify({ billCode: waybillNo, mobilePhone: phoneTail ?? undefined });
}

/**
 * `scanType` of the track **query**, in its three sets. Never shared with the push: ARRIVAL and
 * DEPARTURE are hub scans there and locker scans here, and a shared table would make a parcel that already lies in a
 * locker look interceptable.
 */
export const ZTO_QUERY_WORDS = wordTable([
  { words: ['收件', '1'], event: 'PICKED_UP', sources: ['OLTS'] },
  { words: ['发件', '2'], event: 'DEPARTED', sources: ['OLTS'] },
  { words: ['到件', '3'], event: 'ARRIVED', sources: ['OLTS'] },
  { words: ['派件', '4'], event: 'OUT_FOR_DELIVERY', sources: ['OLTS'] },
  { words: ['DELIVERY'], zh: '上门派送', event: 'OUT_FOR_DELIVERY', sources: ['OLTS'] },
  { words: ['ARRIVAL'], zh: '派件入三方自提柜', event: 'AWAITING_PICKUP', sources: ['OLTS'] },
  { words: ['44'], zh: '第三方进站', event: 'AWAITING_PICKUP', sources: ['OLTS'] },
  { words: ['签收', '5'], event: 'SIGNED', decidedBy: 'SIGNER', sources: ['OLTS', 'ZTO_VEIL'] },
  // As the push's HANDOVERSCAN_SIGNED 第三方妥投: signed by the shop, unless the sentence tells of the fetch.
  { words: ['第三方签收', '7'], event: 'AWAITING_PICKUP', decidedBy: 'FETCH', sources: ['OLTS', 'ZTO_VEIL'] },
  { words: ['SIGNED'], zh: '派件出三方自提柜', event: 'SIGNED', sources: ['OLTS'] },
  { words: ['DEPARTURE'], zh: '派件异常出站', event: 'OTHER', sources: ['OLTS'] },
  { words: ['45'], zh: '第三方出站', event: 'OTHER', decidedBy: 'FETCH', sources: ['OLTS'] },
  { words: ['问题件'], event: 'PROBLEM', sources: ['OLTS'] },
  { words: ['退件', '8'], event: 'RETURNING', sources: ['OLTS'] },
  { words: ['退件签收'], event: 'RETURN_SIGNED', sources: ['ZTO_VEIL', 'ZTO_EVENTS'] },
  { words: ['转单', '9'], event: 'OTHER', sources: ['OLTS'] },
  { words: ['事件'], event: 'OTHER', sources: ['OLTS'] },
  { words: ['安检'], event: 'OTHER', sources: ['OLTS'] },
]);

/** On these scans `scanSite.code` names a locker, not an outlet of ZTO. */
const LOCKER_WORDS = new Set(['ARRIVAL', 'DEPARTURE', 'SIGNED', '44', '45']);

/** Answer of the track query: an empty or absent list is "no track", `status:false` the lack of an answer. */
export function readTrackAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  const verdict = readZtoVerdict(reply);
  if (verdict.kind === 'FAILED') return noTrackAnswer(verdict);
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
    event: refine(eventOf(ZTO_QUERY_WORDS, word, { sentence: text, signer: textOf(member(record, 'signMan')) }), record, text),
    occurredAt,
    outletCode: LOCKER_WORDS.has(word) ? null : textOrNull(member(site, 'code')),
    outletName: textOrNull(member(site, 'name')),
    text,
    raw: record,
  };
}

function refine(event: TrackEvent, record: unknown, text: string): TrackEvent {
  if (event === 'PROBLEM') return troubleIn(text) ?? event;
  if (event === 'RETURNING') return returnKind(textOf(member(record, 'returnUpdateType')), textOf(member(record, 'returnType')), text);
  return event;
}
