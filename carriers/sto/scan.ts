import type { EpochMs } from '../../domain/time.ts';
import { member, textOf, textOrNull } from '../payload.ts';
import { readScanTime } from '../scan-time.ts';
import type { ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf, type ScanWord, type WordTable, wordTable } from '../words.ts';

/** Words of both channels, retired ones (已取消的类型) included. */
const SHARED: readonly ScanWord[] = [
  { words: ['收件'], event: 'PICKED_UP', sources: ['STO_PUSH', 'OLTS', 'STO_CLIENTS'] },
  { words: ['发件'], event: 'DEPARTED', sources: ['STO_PUSH', 'OLTS', 'STO_CLIENTS'] },
  { words: ['到件'], event: 'ARRIVED', sources: ['STO_PUSH', 'OLTS', 'STO_CLIENTS'] },
  { words: ['派件'], event: 'OUT_FOR_DELIVERY', sources: ['STO_PUSH', 'OLTS', 'STO_CLIENTS'] },
  { words: ['第三方代派'], event: 'OUT_FOR_DELIVERY', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['柜机代收'], event: 'AWAITING_PICKUP', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['驿站代收'], event: 'AWAITING_PICKUP', sources: ['STO_PUSH', 'OLTS', 'STO_CLIENTS'] },
  { words: ['派件入柜', '第三方代收'], event: 'AWAITING_PICKUP', sources: ['STO_PUSH'] },
  { words: ['签收'], event: 'SIGNED', decidedBy: 'SIGNER', sources: ['STO_PUSH', 'OLTS'] },
  // Its readers disagree: into a locker, handed on, signed. Only a sentence that tells of the fetch is a signature.
  { words: ['驿站出库'], event: 'OTHER', decidedBy: 'FETCH', sources: ['OLTS', 'STO_CLIENTS'] },
  // A courier takes it out of the locker, to deliver it again or to return it.
  { words: ['快件取出'], event: 'OTHER', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['问题件'], event: 'PROBLEM', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['退回件'], event: 'RETURNING', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['改地址件'], event: 'REDIRECTED', sources: ['STO_PUSH', 'OLTS'] },
  { words: ['转邮', '转同行'], event: 'OTHER', sources: ['OLTS'] },
  { words: ['留仓件', '代取快递'], event: 'OTHER', sources: ['STO_PUSH'] },
];

/** `scanType` of the track push. */
export const STO_PUSH_WORDS = wordTable(SHARED);

/** `scanType` of the track query: the push's words and one of its own. */
export const STO_QUERY_WORDS = wordTable([
  ...SHARED,
  { words: ['客户签收'], event: 'SIGNED', decidedBy: 'SIGNER', sources: ['STO_CLIENTS'] },
]);

/** `opOrgType` of a pick-up point, shop or locker (代收点、门店、柜机). */
const AT_SHOP = '3';

/** One scan as STO writes it in pushes and query answers; the words are read with the channel's own table. */
export function readStoScan(record: unknown, waybillNo: string, table: WordTable, now: EpochMs): ScanReading {
  const occurredAt = readScanTime(member(record, 'opTime'), now);
  if (occurredAt === null) return { unreadable: `opTime ${textOf(member(record, 'opTime'))} is no time` };
  const word = textOf(member(record, 'scanType'));
  if (word === '') return { unreadable: 'no scanType' };
  const text = textOf(member(record, 'memo'));
  const event = eventOf(table, word, {
    sentence: text,
    signer: textOf(member(record, 'signoffPeople')),
    atShop: textOf(member(record, 'opOrgType')) === AT_SHOP,
  });
  return {
    carrier: 'STO',
    waybillNo,
    // The problem has a field of its own, so the sentence beside it never makes a loss.
    event: event === 'PROBLEM' ? (troubleIn(textOf(member(record, 'issueName'))) ?? event) : event,
    occurredAt,
    outletCode: textOrNull(member(record, 'opOrgCode')),
    outletName: textOrNull(member(record, 'opOrgName')),
    text,
    raw: record,
  };
}
