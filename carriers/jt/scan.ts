import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { member, textOf, textOrNull } from '../payload.ts';
import { readScanTime } from '../scan-time.ts';
import type { ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf } from '../words.ts';
import { JT_PROBLEMS, JT_WORDS } from './words.ts';

const REVOKED = '退件撤销';

/**
 * The entries of one push or answer. A return that is revoked (退件撤销) later in the same list is none: it must not pay
 * now. What was told earlier stays as it was told.
 */
export function readJtScans(details: readonly unknown[], waybillNo: string, now: EpochMs): ScanReading[] {
  const readings = details.map((detail) => readJtScan(detail, waybillNo, now));
  const revokedAt = readings.flatMap((reading) =>
    'event' in reading && textOf(member(reading.raw, 'scanType')) === REVOKED ? [reading.occurredAt] : [],
  );
  return readings.map((reading) =>
    'event' in reading && reading.event === 'RETURNING' && revokedAt.some((at) => at >= reading.occurredAt)
      ? { ...reading, event: 'PROBLEM' }
      : reading,
  );
}

/** The scan that has a `problemType`. */
const PROBLEM_SCAN = new Set(['问题件扫描', '11']);

/** One entry of `details`, the same in pushes and query answers. */
export function readJtScan(record: unknown, waybillNo: string, now: EpochMs): ScanReading {
  const occurredAt = readScanTime(member(record, 'scanTime'), now);
  if (occurredAt === null) return { unreadable: `scanTime ${textOf(member(record, 'scanTime'))} is no time` };
  const word = textOf(member(record, 'scanType'));
  if (word === '') return { unreadable: 'no scanType' };
  const text = textOf(member(record, 'desc'));
  const event = eventOf(JT_WORDS, word, { sentence: text });
  return {
    carrier: 'JT',
    waybillNo,
    event: PROBLEM_SCAN.has(word) ? problemOf(textOf(member(record, 'problemType'))) : event,
    occurredAt,
    outletCode: textOrNull(member(record, 'scanNetworkId')),
    outletName: textOrNull(member(record, 'scanNetworkName')),
    text,
    raw: record,
  };
}

/**
 * What a problem is, by the code or the name in its field; `A4`, `退回件-网点` and `A4、退回件-网点` are the same. The
 * sentence beside it never makes a loss.
 */
function problemOf(problemType: string): TrackEvent {
  const told = problemType.normalize('NFKC').replaceAll(/[–—−]/g, '-');
  const row = JT_PROBLEMS.get(/^A\d+/i.exec(told)?.[0].toUpperCase() ?? told);
  return row?.event ?? troubleIn(told) ?? 'PROBLEM';
}
