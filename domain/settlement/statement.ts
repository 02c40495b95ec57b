import { asFen, type Fen } from '../money.ts';
import { type EpochMs, MINUTE_MS, shanghaiMonth } from '../time.ts';
import { type LedgerLine, type LineActionName, type LineStatus, lineStatus } from './line.ts';

/** A month is closed this long after its end: nothing that was recorded in it can still be on its way into the database. */
const CLOSING_MARGIN_MS = 5 * MINUTE_MS;

/** A month on the Shanghai clock, half-open, and whether it is closed. */
export interface StatementPeriod {
  month: string;
  start: EpochMs;
  end: EpochMs;
  closed: boolean;
}

/** The period of `YYYY-MM`, as seen at `now`. Throws on another text. */
export function statementPeriod(month: string, now: EpochMs): StatementPeriod {
  const { start, end } = shanghaiMonth(month);
  return { month, start, end, closed: now >= end + CLOSING_MARGIN_MS };
}

/**
 * The instant that places a line: when it had both happened and been recorded. Both are fixed for ever, so a line is on
 * exactly one month's statement and a closed month never changes; what is recorded after its month's end is a late item
 * of the month it was recorded in.
 */
export function placedAt({ occurredAt, recordedAt }: Pick<LedgerLine, 'occurredAt' | 'recordedAt'>): EpochMs {
  return Math.max(occurredAt, recordedAt);
}

export function isPlacedIn(
  line: Pick<LedgerLine, 'occurredAt' | 'recordedAt'>,
  { start, end }: Pick<StatementPeriod, 'start' | 'end'>,
): boolean {
  const at = placedAt(line);
  return at >= start && at < end;
}

/** A line as a statement shows it. */
export interface StatementLine extends LedgerLine {
  /** Happened in an earlier month and is carried over as an adjustment of this one. */
  late: boolean;
  /** As it stood at the end of the month; of the present month, as it stands. */
  status: LineStatus;
}

/** A line and what was done about it (or about the line it corrects), in order. */
export interface LineWithActions {
  line: LedgerLine;
  /** Amount of the line whose status this one has: its own, or the corrected line's. */
  matterAmountFen: Fen | null;
  actions: readonly { action: LineActionName; at: EpochMs }[];
}

/** The line on the statement of a period it is placed in. */
export function statementLine({ line, matterAmountFen, actions }: LineWithActions, period: StatementPeriod): StatementLine {
  const known = period.closed ? actions.filter(({ at }) => at < period.end) : actions;
  return { ...line, late: line.occurredAt < period.start, status: lineStatus(matterAmountFen, known.at(-1)?.action ?? null) };
}

/** Sums of a statement. `totalFen` = fees + awards + corrections + late items = Σ of every line's amount. */
export interface StatementTotals {
  lineCount: number;
  /** Fees that happened in the month. */
  feeFen: Fen;
  /** Awards that happened in the month; negative. */
  claimFen: Fen;
  /** Corrections made in the month of lines of the month. */
  adjustmentFen: Fen;
  /** Everything carried over from earlier months. */
  lateFen: Fen;
  lateCount: number;
  /** Lines without an amount. */
  priceMissingCount: number;
  /** What the shop owes the outlet; negative: what it gets. */
  totalFen: Fen;
}

export function noTotals(): StatementTotals {
  return { lineCount: 0, feeFen: 0, claimFen: 0, adjustmentFen: 0, lateFen: 0, lateCount: 0, priceMissingCount: 0, totalFen: 0 };
}

const TOTAL_OF = { FEE: 'feeFen', CLAIM: 'claimFen', ADJUSTMENT: 'adjustmentFen' } as const;

/** The totals with one line more. Throws when a sum is beyond what a number holds exactly. */
export function addLine(totals: StatementTotals, line: Pick<StatementLine, 'kind' | 'amountFen' | 'late' | 'status'>): StatementTotals {
  const amountFen = line.amountFen ?? 0;
  const sum = line.late ? 'lateFen' : TOTAL_OF[line.kind];
  return {
    ...totals,
    lineCount: totals.lineCount + 1,
    [sum]: asFen(totals[sum] + amountFen),
    lateCount: totals.lateCount + (line.late ? 1 : 0),
    priceMissingCount: totals.priceMissingCount + (line.status === 'PRICE_MISSING' ? 1 : 0),
    totalFen: asFen(totals.totalFen + amountFen),
  };
}

/** The statement of one outlet. */
export interface OutletStatement {
  carrier: string;
  outletCode: string;
  outletName: string;
  totals: StatementTotals;
  lines: StatementLine[];
}

export interface Statement {
  period: StatementPeriod;
  outlets: OutletStatement[];
  totals: StatementTotals;
}

/** Orders a statement: by outlet, then by when it happened, then by id. */
export function byOutletAndTime(a: LedgerLine, b: LedgerLine): number {
  return compare(a.carrier, b.carrier) || compare(a.outletCode, b.outletCode) || a.occurredAt - b.occurredAt || compare(a.lineId, b.lineId);
}

/**
 * The statement of a period from any lines of the ledger, in any order: those placed elsewhere are left out. The same
 * lines give the same statement, and of a closed month no later line or action changes it.
 */
export function buildStatement(period: StatementPeriod, lines: readonly LineWithActions[]): Statement {
  const shown = lines
    .filter(({ line }) => isPlacedIn(line, period))
    .map((one) => statementLine(one, period))
    .sort(byOutletAndTime);
  const outlets: OutletStatement[] = [];
  let totals = noTotals();
  for (const line of shown) {
    let outlet = outlets.at(-1);
    if (outlet === undefined || outlet.carrier !== line.carrier || outlet.outletCode !== line.outletCode) {
      outlet = { carrier: line.carrier, outletCode: line.outletCode, outletName: line.outletName, totals: noTotals(), lines: [] };
      outlets.push(outlet);
    }
    outlet.outletName = line.outletName;
    outlet.lines.push(line);
    outlet.totals = addLine(outlet.totals, line);
    totals = addLine(totals, line);
  }
  return { period, outlets, totals };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
