import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { UNCONFIRMED_CAUSES, UNCONFIRMED_LIMIT_MS } from '../domain/intercept/unconfirmed.ts';
import { HOUR_MS } from '../domain/time.ts';
import { openCase } from '../evidence/test-records.ts';
import { noteAccessFault } from '../store/carrier-access.ts';
import { openDatabase } from '../store/db.ts';
import { instant } from '../store/values.ts';
import { emptyDatabase, freshDatabase } from '../test/support/database.ts';
import { buildAdmin } from './admin.ts';
import { apiMetrics } from './metrics.ts';
import { openTestApi, type TestApi } from './test-api.ts';

let api: TestApi;
let admin: FastifyInstance;
let open = true;
beforeAll(async () => {
  api = await openTestApi();
  admin = buildAdmin(api.deps, { isOpen: () => open });
});
afterEach(() => void jest.restoreAllMocks());
afterAll(async () => {
  await admin.close();
  await api.close();
});

const metric = async (name: string) => new RegExp(`^${name} (\\S+)$`, 'm').exec((await admin.inject('/metrics')).body)?.[1];

describe('the admin port', () => {
  test('is alive whatever it needs', async () => {
    expect((await admin.inject('/livez')).json()).toEqual({ status: 'alive' });
  });

  test('is ready with Temporal and the worker down, which it reports', async () => {
    const answer = await admin.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true, migrated: true, port: true, temporal: false, worker: false }]);
  });

  test('is not ready once it closes', async () => {
    open = false;
    expect((await admin.inject('/readyz')).statusCode).toBe(503);
    open = true;
  });

  test('is not ready on a database that is not migrated, or not there', async () => {
    const empty = await emptyDatabase();
    for (const url of [empty.url, 'postgres://127.0.0.1:9/nothing']) {
      const database = openDatabase(url, { max: 1, applicationName: 'test', onError: () => undefined });
      const other = buildAdmin({ ...api.deps, db: database.kysely, metrics: apiMetrics() }, { isOpen: () => true });
      const answer = await other.inject('/readyz');
      expect([answer.statusCode, answer.json().migrated]).toEqual([503, false]);
      await other.close();
      await database.close();
    }
    await empty.drop();
  });

  test('looks again after a while, also when the time of day was set back', async () => {
    const home = await freshDatabase();
    const database = openDatabase(home.url, { max: 1, applicationName: 'test', onError: () => undefined });
    // Nobody has to wait for a Temporal that is not there.
    const client = { withDeadline: () => Promise.reject(new Error('not there')) } as unknown as Client;
    const deps = { ...api.deps, db: database.kysely, temporal: { ...api.deps.temporal, client }, metrics: apiMetrics() };
    const other = buildAdmin(deps, { isOpen: () => true });
    expect((await other.inject('/readyz')).statusCode).toBe(200);
    await database.close();
    const [clock, passed] = [Date.now(), performance.now()];
    jest.spyOn(Date, 'now').mockReturnValue(clock - 48 * HOUR_MS);
    jest.spyOn(performance, 'now').mockReturnValue(passed + 5_000);
    expect((await other.inject('/readyz')).statusCode).toBe(503);
    await other.close();
    await home.drop();
  });

  test('counts requests by operation and what must be zero', async () => {
    await api.call('GET', '/v1/service');
    await api.call('GET', '/v1/nowhere');
    expect(await metric('api_requests_total\\{operation="getService",status="200"\\}')).toBe('1');
    expect(await metric('api_requests_total\\{operation="notFound",status="404"\\}')).toBe('1');
    await api.app.inject({ method: 'POST', url: '/webhooks/carriers/sto/track', payload: 'content=x' });
    await api.app.inject({ method: 'POST', url: '/webhooks/kuaishou/messages', payload: 'x' });
    expect(await metric('api_requests_total\\{operation="pushTrackSTO",status="401"\\}')).toBe('1');
    expect(await metric('api_requests_total\\{operation="pushKuaishouMessage",status="401"\\}')).toBe('1');
    expect([
      await metric('intercepts_overdue_armed'),
      await metric('intercepts_open_without_run'),
      await metric('inbox_quarantined'),
    ]).toEqual(['0', '0', '0']);
    const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: '8001', waybillNo: '73900000008001' });
    const { interceptId } = state.input;
    const open = async () => [
      await metric('intercepts_open\\{status="REQUESTED"\\}'),
      await metric('intercepts_open\\{status="FAILED"\\}'),
      await metric('refunds_open\\{status="OPEN"\\}'),
      await metric('refunds_due_within_hour'),
    ];
    expect(await open()).toEqual(['1', '0', '1', '0']);
    await api.deps.db
      .updateTable('intercepts')
      .set({ auto_refund_at: instant(Date.now() + 3_500_000) })
      .where('intercept_id', '=', interceptId)
      .execute();
    expect(await open()).toEqual(['1', '0', '1', '1']);
    await api.deps.db
      .updateTable('intercepts')
      .set({ auto_refund_at: instant(Date.now() - 61_000) })
      .where('intercept_id', '=', interceptId)
      .execute();
    expect(await metric('intercepts_overdue_armed')).toBe('1');
    const unconfirmed = async () => Promise.all(UNCONFIRMED_CAUSES.map((cause) => metric(`refunds_unconfirmed\\{cause="${cause}"\\}`)));
    expect(await unconfirmed()).toEqual(UNCONFIRMED_CAUSES.map(() => '0'));
    await api.deps.db
      .updateTable('intercepts')
      .set({ auto_refund_at: instant(Date.now() - UNCONFIRMED_LIMIT_MS - 1_000) })
      .where('intercept_id', '=', interceptId)
      .execute();
    expect(await unconfirmed()).toEqual(UNCONFIRMED_CAUSES.map((cause) => (cause === 'NOT_SENT' ? '1' : '0')));
  });

  test('counts the carriers that lately refused our own account, each by its name', async () => {
    const faults = async () => [
      await metric('carrier_configuration_faults\\{carrier="ZTO"\\}'),
      await metric('carrier_configuration_faults\\{carrier="JT"\\}'),
    ];
    expect(await faults()).toEqual(['0', '0']);
    await noteAccessFault(api.deps.db, { carrier: 'ZTO', operation: 'INTERCEPT', code: 'S212', message: 'IP黑白名单限制' });
    await noteAccessFault(api.deps.db, { carrier: 'ZTO', operation: 'INTERCEPT', code: 'S211', message: '签名错误' });
    expect(await faults()).toEqual(['1', '0']);
    await api.deps.db
      .updateTable('carrier_access_faults')
      .set({ last_at: instant(Date.now() - 11 * 60_000) })
      .execute();
    expect(await faults()).toEqual(['0', '0']);
  });

  test('tells how far the patrol is behind, by carrier and by kind, without the patrol', async () => {
    await openCase(api.deps.db, { shopId: api.shopId, refundId: '8002', waybillNo: '73900000008002', carrier: 'YTO' });
    await sql`update intercepts set initiated_at = clock_ms() - interval '1 hour' where refund_id = '8002'`.execute(api.deps.db);
    await sql`insert into retention_sweeps (name, removed, pass_ended_at) values ('inbox', 12, clock_ms() - interval '2 hours')`.execute(
      api.deps.db,
    );
    expect([await metric('carrier_polls_due\\{carrier="YTO"\\}'), await metric('carrier_polls_due\\{carrier="JT"\\}')]).toEqual(['1', '0']);
    expect(Number(await metric('carrier_poll_lag_seconds\\{carrier="YTO"\\}'))).toBeGreaterThan(3_000);
    expect(Number(await metric('refund_list_lag_seconds'))).toBeGreaterThanOrEqual(3_600);
    expect(await metric('retention_removed_rows\\{kind="inbox"\\}')).toBe('12');
    expect(Number(await metric('retention_pass_age_seconds\\{kind="inbox"\\}'))).toBeGreaterThanOrEqual(7_200);
  });

  test('leaves a gauge out that it cannot read, and says so', async () => {
    const database = openDatabase('postgres://127.0.0.1:9/nothing', { max: 1, applicationName: 'test', onError: () => undefined });
    const other = buildAdmin({ ...api.deps, db: database.kysely, metrics: apiMetrics() }, { isOpen: () => true });
    const { statusCode, body } = await other.inject('/metrics');
    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/^(inbox_pending|refunds_unconfirmed)[ {]/m);
    const again = (await other.inject('/metrics')).body;
    expect(again).toMatch(/^api_gauge_reads_failed_total\{gauge="inbox_pending"\} [12]$/m);
    await other.close();
    await database.close();
  });
});
