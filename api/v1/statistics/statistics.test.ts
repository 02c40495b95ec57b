import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HOUR_MS, shanghaiDay, toRfc3339 } from '../../../domain/time.ts';
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

test.each([
  'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
  'from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
  'groupBy=shop',
  'from=yesterday',
])('?%s is 400', async (query) => {
  expect((await api.call('GET', `/v1/statistics?${query}`)).status).toBe(400);
});
