import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { LineActionName, LineWish } from '../domain/settlement/line.ts';
import { buildStatement, byOutletAndTime, statementPeriod } from '../domain/settlement/statement.ts';
import { shanghaiMonth } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { actOnLine, addLine, findLine, listLines } from './ledger.ts';
import { statementLines } from './statement-lines.ts';
import { succeededIntercept } from './test-settlement.ts';
import { addShops, OTHER_SHOP, SHOP, warmUp } from './test-cases.ts';
import { instant, newId } from './values.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'ledger-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const wish = (action: LineActionName, reason: string | null = null, amountFen: number | null = null): LineWish => ({
  action,
  reason,
  amountFen,
});
const act = (lineId: string, action: LineActionName, reason?: string, amountFen?: number) =>
  actOnLine(database.kysely, { shopId: SHOP, lineId, actor: 'clerk' }, wish(action, reason ?? null, amountFen ?? null));
async function feeLine(feeFen: number | null = 300): Promise<string> {
  const { input } = await succeededIntercept(database.kysely, { feeFen });
  return `${input.interceptId}-fee`;
}
const matterOf = async (lineId: string) => {
  const rows = await database.kysely.selectFrom('ledger_lines').select(['line_id', 'amount_fen']).execute();
  return rows.filter(({ line_id }) => line_id.startsWith(lineId)).reduce((sum, { amount_fen }) => sum + (amount_fen ?? 0), 0);
};

describe('a line', () => {
  test('goes from due to confirmed to settled', async () => {
    const lineId = await feeLine();
    expect(await findLine(database.kysely, SHOP, lineId)).toMatchObject({ kind: 'FEE', amountFen: 300, status: 'DUE', lastAction: null });
    expect(await act(lineId, 'SETTLE')).toEqual({ kind: 'REFUSED', refusal: 'LINE_ACTION_NOT_ALLOWED', status: 'DUE' });
    expect(await act(lineId, 'CONFIRM')).toMatchObject({
      kind: 'DONE',
      line: { status: 'CONFIRMED', lastAction: { action: 'CONFIRM', actor: 'clerk' } },
    });
    expect(await act(lineId, 'SETTLE')).toMatchObject({ line: { status: 'SETTLED' } });
    expect(await act(lineId, 'SETTLE')).toMatchObject({ kind: 'DONE', line: { status: 'SETTLED' } });
    expect(await act(lineId, 'WAIVE', '免')).toMatchObject({ kind: 'REFUSED', status: 'SETTLED' });
    expect(await findLine(database.kysely, OTHER_SHOP, lineId)).toBeNull();
    expect(await actOnLine(database.kysely, { shopId: OTHER_SHOP, lineId, actor: 'x' }, wish('CONFIRM'))).toBeNull();
  });

  test('waived comes to nothing by a line of its own, which shares its status', async () => {
    const lineId = await feeLine();
    expect(await act(lineId, 'WAIVE')).toMatchObject({ refusal: 'REASON_REQUIRED' });
    expect(await act(lineId, 'WAIVE', '网点让利')).toMatchObject({ line: { amountFen: 300, status: 'WAIVED' } });
    expect(await findLine(database.kysely, SHOP, `${lineId}-c1`)).toMatchObject({
      kind: 'ADJUSTMENT',
      amountFen: -300,
      correctsLineId: lineId,
      status: 'WAIVED',
      note: '网点让利',
    });
    expect(await act(`${lineId}-c1`, 'CONFIRM')).toMatchObject({ refusal: 'LINE_IS_A_CORRECTION' });
    expect(await matterOf(lineId)).toBe(0);
  });

  test('without a price gets one, and another after a dispute', async () => {
    const lineId = await feeLine(null);
    expect(await findLine(database.kysely, SHOP, lineId)).toMatchObject({ amountFen: null, status: 'PRICE_MISSING' });
    expect(await act(lineId, 'CONFIRM')).toMatchObject({ kind: 'REFUSED', status: 'PRICE_MISSING' });
    expect(await act(lineId, 'PRICE', undefined, 350)).toMatchObject({
      line: { amountFen: null, status: 'DUE', lastAction: { amountFen: 350 } },
    });
    expect(await act(lineId, 'DISPUTE', '约定为 3 元')).toMatchObject({ line: { status: 'DISPUTED' } });
    await act(lineId, 'PRICE', '改为 3 元', 300);
    expect(await findLine(database.kysely, SHOP, `${lineId}-c2`)).toMatchObject({ amountFen: -50, status: 'DUE' });
    expect(await matterOf(lineId)).toBe(300);
    expect(await act(lineId, 'CONFIRM')).toMatchObject({ line: { status: 'CONFIRMED' } });
  });

  test('ten at once do it once', async () => {
    const lineId = await feeLine();
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(lineId, 'WAIVE', '让利')));
    expect(answers.every((answer) => answer?.kind === 'DONE')).toBe(true);
    expect(await matterOf(lineId)).toBe(0);
    const actions = await database.kysely.selectFrom('ledger_actions').select('action').where('line_id', '=', lineId).execute();
    expect(actions).toHaveLength(1);
  });
});

test('lines are listed by every filter, newest first', async () => {
  const lineId = await feeLine();
  const line = await findLine(database.kysely, SHOP, lineId);
  const list = async (filter: object) =>
    (await listLines(database.kysely, { shopId: SHOP, waybillNo: line?.waybillNo, ...filter }, { limit: 5, after: null })).items.map(
      (one) => one.lineId,
    );
  expect(await list({ status: 'DUE', kind: 'FEE', carrier: 'ZTO', outletCode: 'O1', interceptId: line?.interceptId })).toEqual([lineId]);
  expect(await list({ status: 'PRICE_MISSING' })).toEqual([]);
  expect(await list({ claimId: 'none' })).toEqual([]);
  expect(await list({ occurredFrom: (line?.occurredAt ?? 0) + 1 })).toEqual([]);
  await act(lineId, 'WAIVE', 'r');
  expect((await list({ status: 'WAIVED' })).sort()).toEqual([lineId, `${lineId}-c1`]);
  expect(await list({ status: 'DUE' })).toEqual([]);
  const first = await listLines(database.kysely, { shopId: SHOP }, { limit: 1, after: null });
  const second = await listLines(database.kysely, { shopId: SHOP }, { limit: 1, after: first.nextCursor });
  expect(second.items[0]?.occurredAt).toBeLessThanOrEqual(first.items[0]?.occurredAt ?? 0);
  expect(second.items[0]?.lineId).not.toBe(first.items[0]?.lineId);
});

describe('lines of a month', () => {
  const { start, end } = shanghaiMonth('2020-05');
  const later = Date.UTC(2020, 7, 1);
  const period = statementPeriod('2020-05', later);
  /** A line as it came into the database at `recordedAt`. */
  async function recorded(occurredAt: number, recordedAt: number, over: { outletCode?: string; carrier?: string } = {}): Promise<string> {
    const lineId = newId('line');
    await database.kysely
      .insertInto('ledger_lines')
      .values({
        line_id: lineId,
        shop_id: OTHER_SHOP,
        carrier: over.carrier ?? 'ZTO',
        outlet_code: over.outletCode ?? 'O1',
        outlet_name: '一部',
        intercept_id: 'i',
        waybill_no: 'w',
        kind: 'ADJUSTMENT',
        amount_fen: 100,
        occurred_at: instant(occurredAt),
        recorded_at: instant(recordedAt),
      })
      .execute();
    return lineId;
  }
  const inMonth = async (month: string, filter: { carrier?: string; outletCode?: string } = {}) =>
    (await statementLines(database.kysely, { shopId: OTHER_SHOP, ...filter }, shanghaiMonth(month), null, 1_000)).map(
      ({ line }) => line.lineId,
    );

  test('to the millisecond of Shanghai midnight, late ones with the month they were recorded in', async () => {
    const last = await recorded(end - 1, end - 1);
    const first = await recorded(start, start);
    const next = await recorded(end, end);
    const late = await recorded(end - 1, end);
    const before = await recorded(start - 1, start - 1);
    expect((await inMonth('2020-05')).sort()).toEqual([first, last].sort());
    expect((await inMonth('2020-06')).sort()).toEqual([late, next].sort());
    expect(await inMonth('2020-04')).toEqual([before]);
  });

  test('in the order of a statement, the same page by page, narrowed by outlet', async () => {
    const own = await recorded(start + 5, start + 5, { carrier: 'YTO', outletCode: 'b' });
    await recorded(start + 5, start + 5, { carrier: 'YTO', outletCode: 'B' });
    const whole = await statementLines(database.kysely, { shopId: OTHER_SHOP }, period, null, 1_000);
    expect(whole.map(({ line }) => line)).toEqual(whole.map(({ line }) => line).sort(byOutletAndTime));
    const paged = [];
    for (let after = null; ; after = paged.at(-1)?.line ?? null) {
      const page = await statementLines(database.kysely, { shopId: OTHER_SHOP }, period, after, 2);
      if (page.length === 0) break;
      paged.push(...page);
    }
    expect(paged).toEqual(whole);
    expect(await inMonth('2020-05', { carrier: 'YTO', outletCode: 'b' })).toEqual([own]);
  });

  test('a closed month stays the same whatever happens afterwards', async () => {
    const run = async () =>
      JSON.stringify(buildStatement(period, await statementLines(database.kysely, { shopId: OTHER_SHOP }, period, null, 1_000)));
    const lineId = await recorded(start + 9, start + 9);
    const before = await run();
    await actOnLine(database.kysely, { shopId: OTHER_SHOP, lineId, actor: 'clerk' }, wish('WAIVE', '让利'));
    await addLine(database.kysely, {
      shopId: OTHER_SHOP,
      lineId: newId('line'),
      carrier: 'ZTO',
      outletCode: 'O1',
      outletName: '一部',
      interceptId: 'i',
      waybillNo: 'w',
      claimId: null,
      correctsLineId: null,
      kind: 'CLAIM',
      amountFen: -1,
      occurredAt: start + 1,
      note: null,
    });
    expect(await run()).toBe(before);
  });
});

test('every line stands where its last action put it, a correction with the line it corrects', async () => {
  const standings = await database.kysely.selectFrom('ledger_standings').select(['line_id', 'shop_id', 'status']).execute();
  const shown = await Promise.all(standings.map(({ shop_id, line_id }) => findLine(database.kysely, shop_id, line_id)));
  expect(standings.map(({ status }) => status)).toEqual(shown.map((line) => line?.status));
  expect(new Set(standings.map(({ status }) => status)).size).toBeGreaterThan(3);
});

test('standings that are reckoned from lines and actions alone, as by the migration of a database that had none, are the same', async () => {
  const migration = await readFile(new URL('./migrations/041_growth.sql', import.meta.url), 'utf8');
  const reckoning = /insert into ledger_standings [^\n]*\n(.*?);/s.exec(migration)?.[1];
  if (reckoning === undefined) throw new Error('the migration reckons no standings');
  const { rows } = await sql<{ line_id: string; status: string }>`
    select s.line_id, s.status, r.status as reckoned from ledger_standings s
    left join (${sql.raw(reckoning)}) r (line_id, shop_id, status, occurred_at) on r.line_id = s.line_id
    where r.status is distinct from s.status or r.shop_id <> s.shop_id or r.occurred_at <> s.occurred_at`.execute(database.kysely);
  expect(rows).toEqual([]);
});
