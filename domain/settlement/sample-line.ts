import type { LedgerLine } from './line.ts';

/** A line for tests of settlement. */
export function sampleLine(changes: Partial<LedgerLine> = {}): LedgerLine {
  const occurredAt = changes.occurredAt ?? Date.UTC(2026, 10, 10, 4);
  return {
    lineId: '9007199254740993001-1-fee',
    carrier: 'ZTO',
    outletCode: '02100',
    outletName: '上海示例',
    interceptId: '9007199254740993001-1',
    waybillNo: '73100000000001',
    claimId: null,
    correctsLineId: null,
    kind: 'FEE',
    amountFen: 350,
    occurredAt,
    recordedAt: occurredAt,
    note: null,
    ...changes,
  };
}
