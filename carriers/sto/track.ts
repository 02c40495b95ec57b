import type { EpochMs } from '../../domain/time.ts';
import type { CarrierReply } from '../http.ts';
import { asList, asRecord, isSameWaybill, textOf } from '../payload.ts';
import type { TrackReading } from '../port.ts';
import { asTrackReading } from '../scans.ts';
import { noTrackAnswer } from '../refusal.ts';
import { readStoVerdict } from './gateway.ts';
import { readStoScan, STO_QUERY_WORDS } from './scan.ts';

export const QUERY_TRACK = 'STO_TRACE_QUERY_COMMON';
/** STO's system for track queries. */
export const TRACE_QUERY = 'sto_trace_query';

/** `content` of the track query, oldest scan first. */
export function queryTrackContent(waybillNo: string): string {
  return JSON.stringify({ order: 'asc', waybillNoList: [waybillNo] });
}

/** Answer of the track query: `data` maps waybill to scans; a missing or empty list is "no track". */
export function readTrackAnswer(reply: CarrierReply, waybillNo: string, now: EpochMs): TrackReading {
  const verdict = readStoVerdict(reply);
  if (verdict.kind === 'FAILED') return noTrackAnswer(verdict);
  if (verdict.kind === 'REFUSED') return { kind: 'UNAVAILABLE', reason: `${verdict.code ?? ''} ${verdict.message}`.trim() };
  const own = Object.entries(asRecord(verdict.data) ?? {}).find(([number]) => isSameWaybill(number, waybillNo));
  return asTrackReading(
    asList(own?.[1]).map((record) => {
      const number = textOf(asRecord(record)?.['waybillNo']) || waybillNo;
      if (!isSameWaybill(number, waybillNo)) return { unreadable: `a scan of another waybill than ${waybillNo}` };
      return readStoScan(record, waybillNo, STO_QUERY_WORDS, now);
    }),
  );
}
