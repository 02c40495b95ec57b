import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { member, textOf, textOrNull } from '../payload.ts';
import { readScanTime } from '../scan-time.ts';
import { eventOf, type ScanReading, troubleIn } from '../scans.ts';

/**
 * `scanType` in pushes and query answers. On the wire it is the Chinese name;
 * the numbers are list positions and are read too. 出仓扫描 is *out for delivery*, not out of a hub; 出库扫描 is disputed, so
 * it decides nothing and 快件签收 is waited for.
 */
export const JT_EVENTS: ReadonlyMap<string, TrackEvent> = new Map<string, TrackEvent>([
  ['快件揽收', 'PICKED_UP'],
  ['1', 'PICKED_UP'],
  ['入仓扫描', 'ARRIVED'],
  ['2', 'ARRIVED'],
  ['发件扫描', 'DEPARTED'],
  ['3', 'DEPARTED'],
  ['到件扫描', 'ARRIVED'],
  ['4', 'ARRIVED'],
  ['出仓扫描', 'OUT_FOR_DELIVERY'],
  ['5', 'OUT_FOR_DELIVERY'],
  ['派件扫描', 'OUT_FOR_DELIVERY'],
  ['入库扫描', 'AWAITING_PICKUP'],
  ['6', 'AWAITING_PICKUP'],
  ['代理点收入扫描', 'AWAITING_PICKUP'],
  ['7', 'AWAITING_PICKUP'],
  ['快件取出扫描', 'OUT_FOR_DELIVERY'],
  ['8', 'OUT_FOR_DELIVERY'],
  ['出库扫描', 'OTHER'],
  ['9', 'OTHER'],
  ['快件签收', 'SIGNED'],
  ['10', 'SIGNED'],
  ['问题件扫描', 'PROBLEM'],
  ['11', 'PROBLEM'],
  ['安检扫描', 'OTHER'],
  ['安检', 'OTHER'],
  ['12', 'OTHER'],
  ['其他扫描', 'OTHER'],
  ['其他', 'OTHER'],
  ['13', 'OTHER'],
  ['退件扫描', 'RETURNING'],
  ['14', 'RETURNING'],
  ['退件登记', 'RETURNING'],
  ['退件签收', 'RETURN_SIGNED'],
  ['拦截件登记', 'OTHER'],
  ['拦截件扫描', 'OTHER'],
]);

/** `problemType` that says more than "problem", as code or as name. */
export const JT_PROBLEMS: ReadonlyMap<string, TrackEvent> = new Map<string, TrackEvent>([
  ['A3', 'REDIRECTED'],
  ['A4', 'RETURNING'],
  ['退回件-网点', 'RETURNING'],
  ['A25', 'RETURNING'],
  ['退回件-中心', 'RETURNING'],
  ['A9', 'DELIVERY_FAILED'],
  ['A10', 'DELIVERY_FAILED'],
  ['A11', 'DELIVERY_FAILED'],
]);

/** One entry of `details`, the same in pushes and query answers. */
export function readJtScan(record: unknown, waybillNo: string, now: EpochMs): ScanReading {
  const occurredAt = readScanTime(member(record, 'scanTime'), now);
  if (occurredAt === null) return { unreadable: `scanTime ${textOf(member(record, 'scanTime'))} is no time` };
  const word = textOf(member(record, 'scanType'));
  if (word === '') return { unreadable: 'no scanType' };
  const event = eventOf(JT_EVENTS, word);
  const text = textOf(member(record, 'desc'));
  return {
    carrier: 'JT',
    waybillNo,
    event: event === 'PROBLEM' ? problemOf(textOf(member(record, 'problemType')), text) : event,
    occurredAt,
    outletCode: textOrNull(member(record, 'scanNetworkId')),
    outletName: textOrNull(member(record, 'scanNetworkName')),
    text,
    raw: record,
  };
}

function problemOf(problemType: string, text: string): TrackEvent {
  return JT_PROBLEMS.get(problemType) ?? troubleIn(`${problemType}\n${text}`) ?? 'PROBLEM';
}
