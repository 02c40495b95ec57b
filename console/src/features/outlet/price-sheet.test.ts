import { expect, test } from '@jest/globals';
import type { Outlet } from '../../api/types.ts';
import { decodeSheet, readPriceSheet } from './price-sheet.ts';

const WORDS = { ZTO: '中通快递', YTO: '圆通速递', STO: '申通快递', JT: '极兔速递' } as unknown as Parameters<typeof readPriceSheet>[2];
const OUTLETS = [
  { carrier: 'ZTO', outletCode: '57913', outletName: '义乌国际商贸城网点' },
  { carrier: 'YTO', outletCode: '579057', outletName: '义乌市北苑公司' },
] as unknown as Outlet[];
const read = (sheet: string) => readPriceSheet(sheet, OUTLETS, WORDS);

test('a sheet as it is copied, with its heading, and as CSV', () => {
  const copied = '快递公司\t网点代码\t价格（元）\t生效日期\n中通\t57913\t4.5\t2026/12/1\nyto\t义乌市北苑公司\t¥4\t2026-12-01 08:30\n\n';
  const expected = [
    { carrier: 'ZTO', outletCode: '57913', outletName: '义乌国际商贸城网点', feeFen: 450, effectiveFrom: '2026-11-30T16:00:00.000Z' },
    { carrier: 'YTO', outletCode: '579057', outletName: '义乌市北苑公司', feeFen: 400, effectiveFrom: '2026-12-01T00:30:00.000Z' },
  ];
  expect(read(copied).map(({ price }) => price)).toEqual(expected);
  const csv = '\uFEFF"中通快递","57913","4.50","2026-12-01"\r\nYTO,579057,4元,2026-12-01 08:30:00\r\n';
  expect(read(csv).map(({ price }) => price)).toEqual(expected);
  expect(read('')).toEqual([]);
});

test.each([
  ['中通\t57913\t4.5', 'COLUMNS'],
  ['顺丰\t57913\t4.5\t2026-12-01', 'CARRIER'],
  ['圆通\t57913\t4.5\t2026-12-01', 'OUTLET'],
  ['中通\t57913\t四块五\t2026-12-01', 'AMOUNT'],
  ['中通\t57913\t-4\t2026-12-01', 'AMOUNT'],
  ['中通\t57913\t4.555\t2026-12-01', 'AMOUNT'],
  ['中通\t57913\t10000.01\t2026-12-01', 'AMOUNT'],
  ['中通\t57913\t4.5\t2026-02-30', 'DATE'],
  ['中通\t57913\t4.5\t2026-12-01 25:00', 'DATE'],
  ['中通\t57913\t4.5\t明天', 'DATE'],
])('%j is told apart: %s', (row, fault) => {
  expect(read(row)).toMatchObject([{ line: 1, price: null, fault }]);
});

test('the same outlet and instant twice is told, and the line it stands in', () => {
  const rows = read('快递\t网点\t元\t自\n中通\t57913\t4.5\t2026-12-01\n中通\t57913\t5\t2026/12/1 0:00');
  expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
    [2, null],
    [3, 'TWICE'],
  ]);
});

test('a file of a Chinese spreadsheet is read by its own letters', () => {
  expect(decodeSheet(new Uint8Array([0xd6, 0xd0, 0xcd, 0xa8]).buffer)).toBe('中通');
  expect(decodeSheet(new TextEncoder().encode('中通').buffer)).toBe('中通');
});
