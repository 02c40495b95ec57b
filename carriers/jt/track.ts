import type { EpochMs } from '../../domain/time.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { asTrackReading } from '../scans.ts';
import { noTrackAnswer } from '../refusal.ts';
import { readJtVerdict } from './gateway.ts';
import { readJtScans } from './scan.ts';

export const QUERY_TRACK = 'logistics/trace';

/** `bizContent` of the track query. */
export function queryTrackContent(waybillNo: string): string {
  return JSON.stringify({ billCodes: waybillNo });
}

/** Answer of the track query, newest scan first on the wire; a waybill absent from `data` has no track. */
export function readTrackAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  const verdict = readJtVerdict(reply);
  if (verdict.kind === 'FAILED') return noTrackAnswer(verdict);
  if (verdict.kind === 'REFUSED') return { kind: 'UNAVAILABLE', reason: `${verdict.code} ${verdict.message}`.trim() };
  const own = asList(verdict.data).filter((parcel) => isSameWaybill(textOf(member(parcel, 'billCode')), waybillNo));
  const details = own.flatMap((parcel) => asList(member(parcel, 'details')));
  return asTrackReading(readJtScans(details, waybillNo, now));
}
