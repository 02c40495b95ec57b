import writeExcelFile, { type Row as SheetRow } from 'write-excel-file/node';
import type { Cell, Column } from './table.ts';

/** More rows belong into a CSV: a sheet is made in memory. */
export const MAX_SHEET_ROWS = 50_000;

/** One sheet: headings, rows, closing rows. Texts are text cells, so ids keep their digits and nothing is a formula; amounts are numbers in yuan. */
export async function xlsxFile<Row>(sheet: string, columns: readonly Column<Row>[], rows: readonly Row[], end: Cell[][]): Promise<Buffer> {
  const data: SheetRow[] = [
    columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => columns.map(({ cell }) => sheetCell(cell(row)))),
    ...end.map((cells) => cells.map(sheetCell)),
  ];
  return writeExcelFile(data, { sheet, stickyRowsCount: 1, columns: columns.map(({ width = 14 }) => ({ width })) }).toBuffer();
}

function sheetCell(cell: Cell) {
  if (cell === null) return null;
  if (typeof cell === 'string') return { value: cell, type: String };
  return { value: cell.fen / 100, type: Number, format: '0.00' };
}
