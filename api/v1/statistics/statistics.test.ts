import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY_MS, HOUR_MS, shanghaiDay, toRfc3339 } from '../../../domain/time.ts';
import { succeededIntercept } from '../../../store/test-settlement.ts';
import { openTestApi, type TestApi } from '../../test-api.ts';
import { expectDocumented } from '../../test-contract.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  const db = api.database.kysely;
  const add = (carrier: string, over: Parameters<typeof succeededIntercept>[2] = {}, feeFen: number | null = 350) =>
    succeededIntercept(db, { shopId: api.shopId, carrier, feeFen }, over);
  await add('ZTO', { returnStatus: 'RETURN_FAILED', returnFailure: 'LOST' });
  await add('ZTO', {}, 300);
  await add('YTO', { refundStatus: 'REJECTED' }, null);
});
afterAll(() => api.close());

test('figures and rates by carrier, outlet and day', async () => {
  const answer = await api.call('GET', '/v1/statistics?groupBy=carrier');
  expect(answer.body).toMatchObject({
    groupBy: 'carrier',
    items: [
      { carrier: 'YTO', outletCode: null, day: null, total: 1, disputeRate: 1, feePerParcelFen: null },
      { carrier: 'ZTO', total: 2, successRate: 1, returnFailureRate: 0.5, feePerParcelFen: 325 },
    ],
    total: { total: 3, succeeded: 3, acceptRate: 1, disputeRate: 0.3333, returnFailureRate: 0.3333, feeFen: 650 },
  });
  await expectDocumented(api, 'getStatistics', answer);
  expect((await api.call('GET', '/v1/statistics?groupBy=outlet')).body.items).toMatchObject([
    { carrier: 'YTO', outletCode: 'O1', outletName: '杭州一部' },
    { carrier: 'ZTO' },
  ]);
  const days = (await api.call('GET', '/v1/statistics?groupBy=day')).body.items.map(({ day }: { day: string }) => day);
  expect(days).toContain(shanghaiDay(Date.now()));
});

test('a range of its own, half-open', async () => {
  const at = (hours: number) => encodeURIComponent(toRfc3339(Date.now() + hours * HOUR_MS));
  expect((await api.call('GET', `/v1/statistics?from=${at(-1)}&to=${at(1)}`)).body.total.total).toBe(3);
  expect((await api.call('GET', `/v1/statistics?from=${at(1)}&to=${at(2)}`)).body).toMatchObject({
    items: [],
    total: { total: 0, acceptRate: null },
  });
});

test('what came back whole and what it cost, beside the time of the same length before', async () => {
  const { carrier, ...figures } = { carrier: 'STO', recoveredFen: 9_900, feePerRecoveredYuan: 0.0808 };
  await succeededIntercept(api.database.kysely, { shopId: api.shopId, carrier, feeFen: 400 }, { returnStatus: 'RETURN_SIGNED' });
  await succeededIntercept(
    api.database.kysely,
    { shopId: api.shopId, carrier, feeFen: 400 },
    { returnStatus: 'RETURN_SIGNED', returnFailure: 'DAMAGED' },
  );
  const at = (ms: number) => encodeURIComponent(toRfc3339(Date.now() + ms));
  const now = await api.call('GET', `/v1/statistics?from=${at(-HOUR_MS)}&to=${at(HOUR_MS)}`);
  expect(now.body.items).toContainEqual(expect.objectContaining({ carrier, ...figures }));
  expect(now.body).toMatchObject({ total: { recoveredFen: 9_900 }, before: { total: 0, feePerRecoveredYuan: null } });
  const later = await api.call('GET', `/v1/statistics?from=${at(HOUR_MS)}&to=${at(3 * HOUR_MS)}`);
  expect(later.body).toMatchObject({ total: { total: 0 }, before: now.body.total });
  await expectDocumented(api, 'getStatistics', later);
});

test('the same as CSV and as a sheet: numbers as numbers, then the totals of both times', async () => {
  const csv = await api.call('GET', '/v1/statistics.csv?groupBy=rule');
  expect(csv.headers['content-disposition']).toMatch(/^attachment/);
  const rows = csv.text.split('\r\n');
  expect(rows[0]).toMatch(/^\ufeff"规则编号","规则","发起",/);
  expect(rows.slice(1, -1).map((row) => row.split(',').slice(0, 3))).toEqual([
    ['', '"人工发起"', '5'],
    ['"合计"', '', '5'],
    ['"上期合计"', '', '0'],
  ]);
  expect(rows[1]).toContain(',99.00,14.50,0.1465,');
  const sheet = await api.call('GET', '/v1/statistics.xlsx');
  expect(sheet.headers['content-type']).toContain('spreadsheetml');
});

test('the deadlines of today and the seven days after it', async () => {
  const db = api.database.kysely;
  const open = { interceptStatus: 'INTERCEPTING', returnStatus: null, resultAt: null, succeededAt: null } as const;
  await succeededIntercept(db, { shopId: api.shopId }, open);
  await succeededIntercept(db, { shopId: api.shopId }, { ...open, interceptStatus: 'FAILED' });
  await succeededIntercept(db, { shopId: api.shopId }, { ...open, automaticRefund: 'DISARMED' });
  const answer = await api.call('GET', '/v1/statistics/deadlines');
  await expectDocumented(api, 'getDeadlines', answer);
  const quiet = { due: 0, dueFen: 0, failed: 0, noResult: 0, unlocking: 0 };
  const day = (days: number) => shanghaiDay(Date.now() + days * DAY_MS);
  const { items } = answer.body as { items: { day: string; due: number }[] };
  expect(items).toHaveLength(8);
  expect(items[0]).toEqual({ day: day(0), ...quiet });
  expect(items[3]).toEqual({ day: day(3), ...quiet, unlocking: 2 });
  // Beside what the tests above left open, which succeeded.
  expect(items[5]).toMatchObject({ day: day(5), failed: 1, noResult: 1 });
  expect(items.filter(({ due }) => due > 0)).toHaveLength(1);
});

test.each([
  'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
  'from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
  'groupBy=shop',
  'from=yesterday',
])('?%s is 400', async (query) => {
  expect((await api.call('GET', `/v1/statistics?${query}`)).status).toBe(400);
});
