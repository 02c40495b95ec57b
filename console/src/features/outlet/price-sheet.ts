import Papa from 'papaparse';
import type { Carrier, Outlet } from '../../api/types.ts';
import { parseYuan, shanghaiInstant } from '../../ui/format.ts';

/** What can be wrong with a row of a sheet of prices. */
export const ROW_FAULTS = ['COLUMNS', 'CARRIER', 'OUTLET', 'AMOUNT', 'DATE', 'TWICE'] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

export interface SheetPrice {
  carrier: Carrier;
  outletCode: string;
  outletName: string;
  feeFen: number;
  /** RFC 3339; a day begins in Shanghai. */
  effectiveFrom: string;
}

/** A row as it came, with the price it stands for or what is wrong with it. */
export interface SheetRow {
  line: number;
  cells: string[];
  price: SheetPrice | null;
  fault: RowFault | null;
}

/** Sent one by one: more would take minutes. */
export const MAX_ROWS = 500;
/** The API takes no higher fee. */
const MAX_FEE_FEN = 1_000_000;

/**
 * The rows of a sheet: carrier, outlet (code or name), yuan, the day or instant from which on; as copied from a spreadsheet (tabs) or as CSV.
 * A first row in which neither carrier nor amount can be read is its heading.
 */
export function readPriceSheet(sheet: string, outlets: readonly Outlet[], carrierWords: Readonly<Record<Carrier, string>>): SheetRow[] {
  const { data } = Papa.parse<string[]>(sheet.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy', delimitersToGuess: ['\t', ',', ';'] });
  const seen = new Set<string>();
  const rows = data.map((row, index): SheetRow => {
    const cells = row.map((cell) => cell.trim());
    const read = readRow(cells, outlets, carrierWords);
    if (typeof read === 'string') return { line: index + 1, cells, price: null, fault: read };
    const key = `${read.carrier} ${read.outletCode} ${read.effectiveFrom}`;
    if (seen.has(key)) return { line: index + 1, cells, price: null, fault: 'TWICE' };
    seen.add(key);
    return { line: index + 1, cells, price: read, fault: null };
  });
  const [first] = rows;
  const isHeading = first?.fault === 'CARRIER' && parseYuan(first.cells[2] ?? '') === null;
  return isHeading ? rows.slice(1) : rows;
}

function readRow(cells: string[], outlets: readonly Outlet[], carrierWords: Readonly<Record<Carrier, string>>): SheetPrice | RowFault {
  const [carrierCell = '', outletCell = '', yuan = '', from = ''] = cells;
  if (cells.length < 4) return 'COLUMNS';
  const carrier = carrierOf(carrierCell, carrierWords);
  if (carrier === null) return 'CARRIER';
  const outlet = outlets.find((one) => one.carrier === carrier && [one.outletCode, one.outletName].includes(outletCell));
  if (outlet === undefined) return 'OUTLET';
  const feeFen = parseYuan(yuan.replace(/\D+$/, ''));
  if (feeFen === null || feeFen > MAX_FEE_FEN) return 'AMOUNT';
  const effectiveFrom = instantOf(from);
  if (effectiveFrom === null) return 'DATE';
  return { carrier, outletCode: outlet.outletCode, outletName: outlet.outletName, feeFen, effectiveFrom };
}

/** By code, or by the beginning of its name, as people call it. */
function carrierOf(cell: string, carrierWords: Readonly<Record<Carrier, string>>): Carrier | null {
  if (cell.length < 2) return null;
  const found = Object.entries(carrierWords).find(([code, word]) => code === cell.toUpperCase() || word.startsWith(cell));
  return found === undefined ? null : (found[0] as Carrier);
}

/** `2026-12-01`, `2026/12/1`, each with or without a time. */
function instantOf(cell: string): string | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(cell);
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00'] = match;
  const [mm, dd, hh] = [month, day, hour].map((part) => part.padStart(2, '0'));
  // There is no 30th of February, whatever `Date` makes of it.
  if (new Date(`${year}-${mm}-${dd}T00:00:00Z`).getUTCDate() !== Number(day)) return null;
  const wall = `${year}-${mm}-${dd} ${hh}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`${wall.replace(' ', 'T')}Z`)) ? null : shanghaiInstant(wall);
}

/** A file's text: UTF-8, else what Chinese spreadsheets write. */
export function decodeSheet(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
