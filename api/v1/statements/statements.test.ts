import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import type { LineKind } from '../../../domain/settlement/line.ts';
import { instant, newId } from '../../../store/values.ts';
import { OTHER_SHOP, openTestApi, type TestApi } from '../../test-api.ts';
import { expectDocumented } from '../../test-contract.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await fill();
});
afterAll(() => api.close());

/** May 2024 in Shanghai: from 16:00 UTC of 30 April to 16:00 UTC of 31 May. */
const START = Date.UTC(2024, 3, 30, 16);
const END = Date.UTC(2024, 4, 31, 16);

interface Given {
  occurredAt: number;
  recordedAt?: number;
  amountFen?: number | null;
  kind?: LineKind;
  outletName?: string;
  outletCode?: string;
  note?: string;
  shopId?: string;
}

async function add({
  occurredAt,
  recordedAt = occurredAt,
  amountFen = 350,
  kind = 'FEE',
  outletName = '一部',
  outletCode = 'A1',
  note,
  shopId = api.shopId,
}: Given): Promise<string> {
  const lineId = newId('line');
  await api.database.kysely
    .insertInto('ledger_lines')
    .values({
      line_id: lineId,
      shop_id: shopId,
      carrier: 'ZTO',
      outlet_code: outletCode,
      outlet_name: outletName,
      intercept_id: `${lineId}-1`,
      waybill_no: '75312345678901',
      kind,
      amount_fen: amountFen,
      occurred_at: instant(occurredAt),
      recorded_at: instant(recordedAt),
      note: note ?? null,
    })
    .execute();
  return lineId;
}

const HOSTILE = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', 'a,"b"\nc'];
const EXPECTED_ROWS = HOSTILE.length + 4;

async function fill(): Promise<void> {
  await add({ occurredAt: START });
  await add({ occurredAt: END - 1, amountFen: null });
  await add({ occurredAt: START + 5, kind: 'CLAIM', amountFen: -12_345, outletCode: 'B2' });
  await add({ occurredAt: START - 1, recordedAt: START + 60_000, amountFen: 200 });
  await add({ occurredAt: END });
  await add({ occurredAt: START - 1 });
  await add({ occurredAt: END - 1, recordedAt: END });
  await add({ occurredAt: START, shopId: OTHER_SHOP.shopId });
  for (const [index, text] of HOSTILE.entries())
    await add({ occurredAt: START + 1_000 + index, amountFen: 1, note: text, outletName: text });
}

const get = (suffix: string, query = 'month=2024-05') => api.call('GET', `/v1/statements${suffix}?${query}`);
async function bytesOf(suffix: string, query = 'month=2024-05'): Promise<Buffer> {
  const { rawPayload } = await api.app.inject({
    method: 'GET',
    url: `/v1/statements${suffix}?${query}`,
    headers: { authorization: `Bearer ${api.key}` },
  });
  return rawPayload;
}

describe('a statement', () => {
  test('holds the lines of the Shanghai month, late ones apart, by outlet', async () => {
    const answer = await get('');
    expect(answer.body).toMatchObject({
      month: '2024-05',
      from: '2024-04-30T16:00:00.000Z',
      to: '2024-05-31T16:00:00.000Z',
      closed: true,
      totals: {
        lineCount: EXPECTED_ROWS,
        feeFen: 358,
        claimFen: -12_345,
        adjustmentFen: 0,
        lateFen: 200,
        lateCount: 1,
        priceMissingCount: 1,
        totalFen: -11_787,
      },
      outlets: [
        { outletCode: 'A1', totals: { totalFen: 558 } },
        { outletCode: 'B2', totals: { totalFen: -12_345 } },
      ],
    });
    await expectDocumented(api, 'getStatement', answer);
    expect((await get('', 'month=2024-05&carrier=ZTO&outletCode=B2')).body.totals.totalFen).toBe(-12_345);
    expect((await get('', 'month=2024-06')).body.totals).toMatchObject({ lineCount: 2, feeFen: 350, lateFen: 350 });
    expect((await get('', 'month=2023-01')).body).toMatchObject({ outlets: [], totals: { lineCount: 0, totalFen: 0 } });
  });

  test.each(['', 'month=2024-13', 'month=2024-5', 'month=1999-01', 'month=2024-05&carrier=X', 'month=2024-05&shopId=1'])(
    '?%s is 400',
    async (query) => {
      for (const suffix of ['', '.csv', '.xlsx']) expect((await get(suffix, query)).status).toBe(400);
    },
  );

  test('run again after lines were acted on and others came late, it is the same to the byte', async () => {
    const before = await Promise.all(['', '.csv', '.xlsx'].map((suffix) => bytesOf(suffix)));
    const { lineId } = (await get('')).body.outlets[0].lines[0];
    expect((await api.call('POST', `/v1/ledger-lines/${lineId}/waive`, { reason: '让利' })).status).toBe(200);
    await add({ occurredAt: START + 77, recordedAt: END + 77 });
    const later = Date.now() + 3_600_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    try {
      const after = await Promise.all(['', '.csv', '.xlsx'].map((suffix) => bytesOf(suffix)));
      expect(after.map((bytes, index) => bytes.equals(before[index] as Buffer))).toEqual([true, true, true]);
    } finally {
      clock.mockRestore();
    }
  });
});

describe('as CSV', () => {
  test('opens in a spreadsheet with ids as text, amounts as numbers, and no formula', async () => {
    const answer = await get('.csv');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename=".*2024-05\.csv"/),
    });
    expect(answer.text.startsWith('\ufeff"账单月份","快递"')).toBe(true);
    const records = readCsv(answer.text);
    expect(records).toHaveLength(1 + EXPECTED_ROWS + 5);
    for (const cell of records.flat()) if (!/^-?\d+\.\d\d$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    expect(answer.text).toContain('"75312345678901",3.50,');
    expect(answer.text).toContain('"75312345678901",-123.45,');
    expect(records.filter((record) => record[3] === "'=1+1")).toHaveLength(1);
    expect(records.find((record) => record[15]?.startsWith('a,"b"\nc'))).toBeDefined();
    expect(records.at(-1)?.slice(0, 9)).toEqual(['合计', '', '', '', '', '', '', '-117.87', `共 ${EXPECTED_ROWS} 条，1 条缺少价格`]);
  });

  test('is whole however long', async () => {
    const at = Date.UTC(2022, 1, 10);
    const rows = Array.from({ length: 4_500 }, (_, index) => ({
      line_id: `long-${String(index).padStart(5, '0')}`,
      shop_id: api.shopId,
      carrier: 'STO',
      outlet_code: 'L',
      outlet_name: '长',
      intercept_id: 'i',
      waybill_no: 'w',
      kind: 'FEE' as const,
      amount_fen: 1,
      occurred_at: instant(at + (index % 7)),
      recorded_at: instant(at + 10),
    }));
    // One fee an intercept: these are corrections for the database.
    await api.database.kysely
      .insertInto('ledger_lines')
      .values(rows.map((row) => ({ ...row, kind: 'ADJUSTMENT' as const })))
      .execute();
    const records = readCsv((await get('.csv', 'month=2022-02')).text);
    expect(new Set(records.map((record) => record[13])).size).toBe(4_500 + 2);
    expect(records.at(-1)?.[7]).toBe('45.00');
  });
});

describe('as sheet', () => {
  test('another library reads the same lines and totals, texts as texts', async () => {
    const [first] = await readXlsxFile(await bytesOf('.xlsx'));
    const rows = first?.data ?? [];
    expect(rows).toHaveLength(1 + EXPECTED_ROWS + 5);
    expect(rows[0]?.slice(0, 3)).toEqual(['账单月份', '快递', '网点代码']);
    const own = rows.slice(1, 1 + EXPECTED_ROWS);
    expect(own.every((row) => row[6] === '75312345678901')).toBe(true);
    expect(own.map((row) => row[7]).filter((amount) => amount === 3.5 || amount === -123.45)).toHaveLength(2);
    expect(own.map((row) => row[15])).toEqual(expect.arrayContaining(['=1+1', '@SUM(A1)']));
    expect(rows.at(-1)?.[7]).toBe(-117.87);
  });

  test('more than 50,000 lines belong into a CSV', async () => {
    const at = instant(Date.UTC(2021, 5, 10));
    for (let start = 0; start < 50_001; start += 5_000) {
      const rows = Array.from({ length: Math.min(5_000, 50_001 - start) }, (_, index) => ({
        line_id: `many-${start + index}`,
        shop_id: OTHER_SHOP.shopId,
        carrier: 'STO',
        outlet_code: 'M',
        outlet_name: '多',
        intercept_id: 'i',
        waybill_no: 'w',
        kind: 'ADJUSTMENT' as const,
        amount_fen: 1,
        occurred_at: at,
        recorded_at: at,
      }));
      await api.database.kysely.insertInto('ledger_lines').values(rows).execute();
    }
    const headers = { authorization: `Bearer ${await api.newKey(['intercepts:read'], OTHER_SHOP.shopId)}` };
    const answer = await api.call('GET', '/v1/statements.xlsx?month=2021-06', undefined, headers);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'STATEMENT_TOO_LONG', detail: expect.stringContaining('/v1/statements.csv') },
    });
    expect((await api.call('GET', '/v1/statements?month=2021-06', undefined, headers)).status).toBe(422);
  });
});

/** Records of a CSV with quoted fields (RFC 4180). */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/gy;
  let record: string[] = [];
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text) ?? [];
    record.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
