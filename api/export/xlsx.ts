import writeExcelFile, { type Row as SheetRow } from 'write-excel-file/node';
import type { Cell, Column } from './table.ts';

/** More rows belong into a CSV: a sheet is made in memory. */
export const MAX_SHEET_ROWS = 50_000;

/** One sheet: headings, rows, closing rows. Texts are text cells, so ids keep their digits and nothing is a formula; amounts are numbers in yuan. The same content gives the same bytes. */
export async function xlsxFile<Row>(sheet: string, columns: readonly Column<Row>[], rows: readonly Row[], end: Cell[][]): Promise<Buffer> {
  const data: SheetRow[] = [
    columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => columns.map(({ cell }) => sheetCell(cell(row)))),
    ...end.map((cells) => cells.map(sheetCell)),
  ];
  const file = await writeExcelFile(data, { sheet, stickyRowsCount: 1, columns: columns.map(({ width = 14 }) => ({ width })) }).toBuffer();
  return withoutTimes(file);
}

function sheetCell(cell: Cell) {
  if (cell === null) return null;
  if (typeof cell === 'string') return { value: cell, type: String };
  if ('number' in cell) return { value: cell.number, type: Number };
  return { value: cell.fen / 100, type: Number, format: '0.00' };
}

const CENTRAL_HEADER = 0x02014b50;
/** 1 January 1980, the first day a ZIP knows. */
const NO_DATE = 0x0021;

/** The ZIP with the moment of its making taken out of every entry (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
function withoutTimes(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === CENTRAL_HEADER) {
    const local = zip.readUInt32LE(at + 42);
    for (const time of [at + 12, local + 10]) {
      zip.writeUInt16LE(0, time);
      zip.writeUInt16LE(NO_DATE, time + 2);
    }
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
