import type { EpochMs } from '../../domain/time.ts';
import type { CarrierReply } from '../http.ts';
import { asList, isSameWaybill, member, textOf, textOrNull } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { noTrackAnswer } from '../refusal.ts';
import { readScanTime } from '../scan-time.ts';
import { asTrackReading, type ScanReading } from '../scans.ts';
import { eventOf } from '../words.ts';
import { B2C, readJdVerdict } from './gateway.ts';
import { RELABELLED, reverseWaybillIn } from './reverse.ts';
import { JD_WORDS } from './words.ts';

/** 订单轨迹查询 (api-doc 267/1039): the whole trace of a waybill of this customer. */
export const QUERY_TRACE = '/ecap/v1/orders/trace/query';

/** The request of the trace query. */
export function traceRequest(waybillNo: string, customerCode: string): object {
  return { waybillCode: waybillNo, orderOrigin: B2C, customerCode };
}

/** Answer of the trace query: `data.traceDetails`, missing or empty where there is no track. */
export function readTraceAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  const verdict = readJdVerdict(reply);
  if (verdict.kind === 'FAILED') return noTrackAnswer(verdict);
  if (verdict.kind === 'REFUSED') return { kind: 'UNAVAILABLE', reason: `${verdict.code} ${verdict.message}`.trim() };
  return asTrackReading(
    asList(member(verdict.data, 'traceDetails')).map((detail) => {
      const number = textOf(member(detail, 'waybillCode')) || waybillNo;
      if (!isSameWaybill(number, waybillNo)) return { unreadable: `a scan of another waybill than ${waybillNo}` };
      return readJdScan(detail, waybillNo, now);
    }),
  );
}

/** One entry of `traceDetails`. */
export function readJdScan(detail: unknown, waybillNo: string, now: EpochMs): ScanReading {
  const occurredAt = readScanTime(member(detail, 'operationTime'), now);
  if (occurredAt === null) return { unreadable: `operationTime ${textOf(member(detail, 'operationTime'))} is no time` };
  const state = textOf(member(detail, 'state'));
  if (state === '') return { unreadable: 'no state' };
  const text = textOf(member(detail, 'operationRemark')) || textOf(member(detail, 'operationTitle'));
  const isOtherLabel = state === RELABELLED && reverseWaybillIn(text) === null;
  return {
    carrier: 'JD',
    waybillNo,
    event: isOtherLabel ? 'OTHER' : eventOf(JD_WORDS, state, { sentence: text }),
    occurredAt,
    outletCode: textOrNull(member(detail, 'operateSiteId')),
    outletName: textOrNull(member(detail, 'operateSite')),
    text,
    raw: detail,
  };
}

/** The waybill under which a parcel goes back, by the last label that told one; null while it travels under its own. */
export function reverseWaybillOf(track: TrackReading): string | null {
  if (track.kind !== 'SCANS') return null;
  return reverseWaybillIn(track.scans.findLast(({ event }) => event === 'RETURNING')?.text ?? '');
}

/**
 * A track with the way back that goes on under another waybill, all of it under the number that was asked for. A way back that cannot be
 * told now leaves what is known: it is asked for again.
 */
export function withWayBack(track: TrackReading, wayBack: TrackReading): TrackReading {
  if (track.kind !== 'SCANS' || wayBack.kind !== 'SCANS') return track;
  const [{ waybillNo } = { waybillNo: '' }] = track.scans;
  // A pick-up under the new label is no second pick-up of the parcel.
  const back = wayBack.scans.filter(({ event }) => event !== 'PICKED_UP').map((scan) => ({ ...scan, waybillNo }));
  return asTrackReading([...track.scans, ...back]);
}
