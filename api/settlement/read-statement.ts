import type { LedgerLine } from '../../domain/settlement/line.ts';
import {
  addLine,
  buildStatement,
  noTotals,
  type Statement,
  type StatementLine,
  statementLine,
  type StatementPeriod,
  type StatementTotals,
  statementPeriod,
} from '../../domain/settlement/statement.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { now } from '../../store/db.ts';
import { type StatementFilter, statementLines } from '../../store/statement-lines.ts';
import type { AppDeps } from '../deps.ts';
import { MAX_SHEET_ROWS } from '../export/xlsx.ts';
import { problem } from '../problems/problem.ts';

const LINES_A_READ = 2_000;

/** The period of a month at PostgreSQL's present time. */
export async function readPeriod(deps: AppDeps, month: string): Promise<StatementPeriod> {
  return statementPeriod(month, await now(deps.db));
}

/** A whole statement; a problem that names the CSV when it is longer than 50,000 lines. */
export async function readStatement(deps: AppDeps, filter: StatementFilter, period: StatementPeriod): Promise<Statement> {
  const lines = await statementLines(deps.db, filter, period, null, MAX_SHEET_ROWS + 1);
  if (lines.length > MAX_SHEET_ROWS) throw problem('STATEMENT_TOO_LONG', { params: { limit: MAX_SHEET_ROWS } });
  return buildStatement(period, lines);
}

/** The lines of a statement of any length, in its order, with the totals of what has been read so far. */
export function streamStatement(
  deps: AppDeps,
  filter: StatementFilter,
  period: StatementPeriod,
): { lines: AsyncIterable<StatementLine>; totals(): StatementTotals } {
  let totals = noTotals();
  async function* lines(): AsyncGenerator<StatementLine> {
    let after: LedgerLine | null = null;
    for (;;) {
      const page = await statementLines(deps.db, filter, period, after, LINES_A_READ);
      for (const one of page) {
        const line = statementLine(one, period);
        totals = addLine(totals, line);
        yield line;
      }
      after = page.at(-1)?.line ?? null;
      if (page.length < LINES_A_READ) return;
    }
  }
  return { lines: lines(), totals: () => totals };
}

/** A statement on the wire. */
export function viewStatement({ period, outlets, totals }: Statement) {
  return {
    month: period.month,
    from: toRfc3339(period.start),
    to: toRfc3339(period.end),
    closed: period.closed,
    totals,
    outlets: outlets.map(({ lines, ...outlet }) => ({ ...outlet, lines: lines.map(viewStatementLine) })),
  };
}

function viewStatementLine({
  lineId,
  interceptId,
  waybillNo,
  claimId,
  correctsLineId,
  kind,
  amountFen,
  status,
  late,
  occurredAt,
  recordedAt,
  note,
}: StatementLine) {
  return {
    lineId,
    interceptId,
    waybillNo,
    claimId,
    correctsLineId,
    kind,
    amountFen,
    status,
    late,
    occurredAt: toRfc3339(occurredAt),
    recordedAt: toRfc3339(recordedAt),
    note,
  };
}
