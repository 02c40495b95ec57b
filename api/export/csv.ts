import { Readable } from 'node:stream';
import { type Options, stringify } from 'csv-stringify';
import { toYuanText } from '../../domain/money.ts';
import type { Cell, Column } from './table.ts';

/**
 * CSV for spreadsheets: UTF-8 with BOM, CRLF, every text quoted so that ids keep their digits, amounts as plain numbers
 * in yuan. A text that a spreadsheet would take for a formula (= + - @, tab, CR) is preceded by an apostrophe.
 */
const OPTIONS: Options = {
  bom: true,
  record_delimiter: 'windows',
  quoted_string: true,
  escape_formulas: true,
  // Amounts come as whole fen, other numbers as numbers: neither is quoted, or taken for a formula for its minus.
  cast: { bigint: (fen) => toYuanText(Number(fen)) },
};

/** The rows as CSV, read and written bit by bit; `end` is asked for its rows last. */
export function csvStream<Row>(columns: readonly Column<Row>[], rows: AsyncIterable<Row> | Iterable<Row>, end: () => Cell[][]): Readable {
  async function* records(): AsyncGenerator<(string | number | bigint | null)[]> {
    yield columns.map(({ heading }) => heading);
    for await (const row of rows) yield columns.map(({ cell }) => valueOf(cell(row)));
    for (const cells of end()) yield cells.map(valueOf);
  }
  const writer = stringify(OPTIONS);
  const source = Readable.from(records());
  source.on('error', (error) => writer.destroy(error));
  writer.on('close', () => source.destroy());
  return source.pipe(writer);
}

function valueOf(cell: Cell): string | number | bigint | null {
  if (cell === null || typeof cell === 'string') return cell;
  return 'fen' in cell ? BigInt(cell.fen) : cell.number;
}
