import { type RawBuilder, sql } from 'kysely';
import { streamStatement } from '../../api/settlement/read-statement.ts';
import { statementColumns, totalRows } from '../../api/settlement/statement-table.ts';
import { csvStream } from '../../api/export/csv.ts';
import { statementPeriod } from '../../domain/settlement/statement.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';

const SHOP = '100001';
const MONTH = '2020-05';
const MIB = 2 ** 20;

/** What became of one long statement. */
export interface LongStatement {
  lines: number;
  bytes: number;
  tookMs: number;
  firstByteMs: number;
  /** Most memory this process had above what it had before, and after the first tenth, in MiB. */
  grownMib: number;
  grownAfterTenthMib: number;
}

/** So many lines of one month of one shop, among those of other months. */
export const statementLineRows = (lines: number): RawBuilder<unknown>[] => [
  sql`insert into ledger_lines (line_id, shop_id, carrier, outlet_code, outlet_name, intercept_id, waybill_no, kind, amount_fen, occurred_at, recorded_at)
    select 'long-' || n, ${SHOP}, (array['ZTO', 'YTO', 'STO', 'JT'])[1 + n % 4], 'O' || n % 20, '义乌国际商贸城网点', 'long-' || n, '75' || n, 'FEE', 450,
      timestamptz '2020-05-02' + interval '1 second' * n, timestamptz '2020-05-02' + interval '1 second' * n
    from generate_series(1, ${lines}::integer) n`,
  sql`insert into ledger_standings (line_id, shop_id, status, occurred_at)
    select line_id, shop_id, 'DUE', occurred_at from ledger_lines where intercept_id like 'long-%'`,
  sql`analyze ledger_lines`,
];

/** Writes the statement as the API does, to nobody, and watches how much memory that takes. */
export async function writeLongStatement(db: Db, at: EpochMs): Promise<LongStatement> {
  const period = statementPeriod(MONTH, at);
  const startedAt = performance.now();
  const before = process.memoryUsage().rss;
  const { lines, totals } = streamStatement({ db } as Parameters<typeof streamStatement>[0], { shopId: SHOP }, period);
  const grown: number[] = [];
  let bytes = 0;
  let firstByteMs = 0;
  for await (const chunk of csvStream(statementColumns(period), lines, () => totalRows(totals()))) {
    bytes += (chunk as Buffer).length;
    firstByteMs ||= performance.now() - startedAt;
    grown.push((process.memoryUsage().rss - before) / MIB);
  }
  return {
    lines: totals().lineCount,
    bytes,
    tookMs: performance.now() - startedAt,
    firstByteMs,
    grownMib: Math.max(...grown),
    grownAfterTenthMib: Math.max(...grown.slice(0, Math.ceil(grown.length / 10))),
  };
}
