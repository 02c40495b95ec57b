import type { Fen } from '../../domain/money.ts';

/** A cell of an export: text (ids too: digits are no number), an amount, another number, or nothing. */
export type Cell = string | { fen: Fen } | { number: number } | null;

/** A column of an export: its heading and what a row shows in it. */
export interface Column<Row> {
  heading: string;
  cell(row: Row): Cell;
  /** Width on a sheet, in characters. */
  width?: number;
}
