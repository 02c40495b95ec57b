import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { member, textOf, textOrNull } from '../payload.ts';
import { readScanTime } from '../scan-time.ts';
import { eventOf, type ScanReading, troubleIn } from '../scans.ts';

/**
 * `scanType` of the track push, retired words included. 快件取出 is taken out of a locker to be
 * delivered again *or* returned, so it decides nothing.
 */
export const STO_PUSH_EVENTS: ReadonlyMap<string, TrackEvent> = new Map<string, TrackEvent>([
  ['收件', 'PICKED_UP'],
  ['发件', 'DEPARTED'],
  ['到件', 'ARRIVED'],
  ['派件', 'OUT_FOR_DELIVERY'],
  ['第三方代派', 'OUT_FOR_DELIVERY'],
  ['柜机代收', 'AWAITING_PICKUP'],
  ['驿站代收', 'AWAITING_PICKUP'],
  ['派件入柜', 'AWAITING_PICKUP'],
  ['第三方代收', 'AWAITING_PICKUP'],
  ['签收', 'SIGNED'],
  ['驿站出库', 'SIGNED'],
  ['问题件', 'PROBLEM'],
  ['退回件', 'RETURNING'],
  ['改地址件', 'REDIRECTED'],
  ['快件取出', 'OTHER'],
  ['转邮', 'OTHER'],
  ['转同行', 'OTHER'],
  ['留仓件', 'OTHER'],
  ['代取快递', 'OTHER'],
]);

/** One scan as STO writes it in pushes and query answers; the words are read with the channel's own table. */
export function readStoScan(record: unknown, waybillNo: string, events: ReadonlyMap<string, TrackEvent>, now: EpochMs): ScanReading {
  const occurredAt = readScanTime(member(record, 'opTime'), now);
  if (occurredAt === null) return { unreadable: `opTime ${textOf(member(record, 'opTime'))} is no time` };
  const word = textOf(member(record, 'scanType'));
  if (word === '') return { unreadable: 'no scanType' };
  const event = eventOf(events, word);
  const text = textOf(member(record, 'memo'));
  return {
    carrier: 'STO',
    waybillNo,
    event: event === 'PROBLEM' ? (troubleIn(`${textOf(member(record, 'issueName'))}\n${text}`) ?? event) : event,
    occurredAt,
    outletCode: textOrNull(member(record, 'opOrgCode')),
    outletName: textOrNull(member(record, 'opOrgName')),
    text,
    raw: record,
  };
}
