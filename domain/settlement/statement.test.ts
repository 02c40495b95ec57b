import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, shanghaiMonth } from '../time.ts';
import type { LedgerLine, LineActionName } from './line.ts';
import { sampleLine } from './sample-line.ts';
import { buildStatement, isPlacedIn, type LineWithActions, statementPeriod } from './statement.ts';

const NOVEMBER = shanghaiMonth('2026-11');
const LATER = Date.UTC(2027, 5, 1);
const november = statementPeriod('2026-11', LATER);
const december = statementPeriod('2026-12', LATER);
const whole = (line: LedgerLine, ...actions: { action: LineActionName; at: number }[]): LineWithActions => ({
  line,
  matterAmountFen: line.amountFen,
  actions,
});

describe('which month a line is on', () => {
  test('the Shanghai month begins at 16:00 UTC of the last day before', () => {
    expect(new Date(NOVEMBER.start).toISOString()).toBe('2026-10-31T16:00:00.000Z');
  });

  test.each([
    ['23:59:59.999 of 31 October', NOVEMBER.start - 1, []],
    ['00:00 of 1 November', NOVEMBER.start, ['2026-11']],
    ['23:59:59.999 of 30 November', NOVEMBER.end - 1, ['2026-11']],
    ['00:00 of 1 December', NOVEMBER.end, ['2026-12']],
  ])('%s', (_name, at, months) => {
    const line = sampleLine({ occurredAt: at, recordedAt: at });
    expect([november, december].filter((period) => isPlacedIn(line, period)).map(({ month }) => month)).toEqual(months);
  });

  test('what is recorded a millisecond too late is a late item of the next month', () => {
    const late = whole(sampleLine({ occurredAt: NOVEMBER.end - 1, recordedAt: NOVEMBER.end, amountFen: 350 }));
    const own = whole(sampleLine({ lineId: 'b', occurredAt: NOVEMBER.end, recordedAt: NOVEMBER.end, amountFen: 200 }));
    expect(buildStatement(november, [late, own]).totals).toMatchObject({ lineCount: 0, totalFen: 0 });
    expect(buildStatement(december, [late, own])).toMatchObject({
      totals: { lineCount: 2, feeFen: 200, lateFen: 350, lateCount: 1, totalFen: 550 },
      outlets: [{ lines: [{ late: true }, { late: false }] }],
    });
  });

  test('a month is closed only when nothing recorded in it can still be on its way', () => {
    expect(statementPeriod('2026-11', NOVEMBER.end).closed).toBe(false);
    expect(statementPeriod('2026-11', NOVEMBER.end + 300_000).closed).toBe(true);
    expect(() => statementPeriod('2026-13', LATER)).toThrow('2026-13');
  });
});

test('fees, awards, corrections and lines without a price are summed apart', () => {
  const at = NOVEMBER.start + DAY_MS;
  const line = (lineId: string, over: Partial<LedgerLine>) => whole(sampleLine({ lineId, occurredAt: at, recordedAt: at, ...over }));
  const { totals, outlets } = buildStatement(november, [
    line('fee', {}),
    line('award', { kind: 'CLAIM', amountFen: -9_000 }),
    line('correction', { kind: 'ADJUSTMENT', amountFen: -350, correctsLineId: 'fee' }),
    line('unpriced', { amountFen: null }),
    line('other', { outletCode: '57100', outletName: '杭州示例', amountFen: 300 }),
  ]);
  expect(totals).toEqual({
    lineCount: 5,
    feeFen: 650,
    claimFen: -9_000,
    adjustmentFen: -350,
    lateFen: 0,
    lateCount: 0,
    priceMissingCount: 1,
    totalFen: -8_700,
  });
  expect(outlets.map(({ outletCode, totals: { totalFen } }) => [outletCode, totalFen])).toEqual([
    ['02100', -9_000],
    ['57100', 300],
  ]);
});

const instant = fc.integer({ min: Date.UTC(2026, 8, 1), max: Date.UTC(2027, 2, 1) });
const anyLine = fc
  .record({
    lineId: fc.uuid(),
    outletCode: fc.constantFrom('A', 'B', 'C'),
    carrier: fc.constantFrom('ZTO', 'YTO'),
    kind: fc.constantFrom('FEE' as const, 'CLAIM' as const, 'ADJUSTMENT' as const),
    amountFen: fc.option(fc.integer({ min: -100_000, max: 100_000 })),
    occurredAt: instant,
    lagMs: fc.oneof(fc.constant(0), fc.integer({ min: -2_000, max: 60 * DAY_MS })),
    actions: fc.array(fc.record({ action: fc.constantFrom<LineActionName>('CONFIRM', 'DISPUTE', 'SETTLE', 'WAIVE'), at: instant }), {
      maxLength: 3,
    }),
  })
  .map(
    ({ lagMs, actions, ...line }): LineWithActions => ({
      line: sampleLine({ ...line, recordedAt: line.occurredAt + lagMs }),
      matterAmountFen: line.amountFen,
      actions: actions.sort((a, b) => a.at - b.at),
    }),
  );
const ledger = fc.uniqueArray(anyLine, { maxLength: 40, selector: ({ line }) => line.lineId });
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05'];

describe('for any ledger', () => {
  test('the totals are the sums of the lines, of each outlet and of the whole', () => {
    fc.assert(
      fc.property(ledger, (lines) => {
        const { outlets, totals } = buildStatement(november, lines);
        const sum = (all: { amountFen: number | null }[]) => all.reduce((total, { amountFen }) => total + (amountFen ?? 0), 0);
        const shown = outlets.flatMap((outlet) => outlet.lines);
        expect(totals.totalFen).toBe(sum(shown));
        expect(totals.totalFen).toBe(totals.feeFen + totals.claimFen + totals.adjustmentFen + totals.lateFen);
        expect(totals.lineCount).toBe(shown.length);
        for (const outlet of outlets) expect(outlet.totals.totalFen).toBe(sum(outlet.lines));
      }),
    );
  });

  test('every line is on exactly one month, and all months together come to the ledger', () => {
    fc.assert(
      fc.property(ledger, (lines) => {
        const statements = MONTHS.map((month) => buildStatement(statementPeriod(month, LATER), lines));
        const shown = statements.flatMap(({ outlets }) => outlets.flatMap((outlet) => outlet.lines.map(({ lineId }) => lineId)));
        expect(shown.sort()).toEqual(lines.map(({ line }) => line.lineId).sort());
        const total = statements.reduce((sum, { totals }) => sum + totals.totalFen, 0);
        expect(total).toBe(lines.reduce((sum, { line }) => sum + (line.amountFen ?? 0), 0));
      }),
    );
  });

  test('run again, in any order and with everything that came after the close, it is the same to the byte', () => {
    fc.assert(
      fc.property(ledger, fc.infiniteStream(fc.integer()), (lines, dice) => {
        const knownAtClose = lines
          .filter(({ line }) => line.recordedAt < november.end)
          .map(({ actions, ...one }) => ({ ...one, actions: actions.filter(({ at }) => at < november.end) }));
        const shuffled = lines
          .map((line) => ({ line, place: dice.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ line }) => line);
        const first = JSON.stringify(buildStatement(november, knownAtClose));
        expect(JSON.stringify(buildStatement(november, shuffled))).toBe(first);
      }),
    );
  });
});
