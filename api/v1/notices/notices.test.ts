import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { insertNotices } from '../../../store/notices.ts';
import { insertOutbox } from '../../../store/outbox.ts';
import { openTestApi, OTHER_SHOP, send, type TestApi } from '../../test-api.ts';

let api: TestApi;
const INTERCEPT = '2260718200000012-1';

beforeAll(async () => {
  api = await openTestApi();
  const db = api.database.kysely;
  const base = { shopId: api.shopId, interceptId: INTERCEPT };
  await insertOutbox(db, {
    ...base,
    eventKey: 'return-failed',
    sequence: 5_000,
    type: 'return.failed',
    payload: { waybillNo: '75312345678901', carrier: 'ZTO', returnFailure: 'STALLED' },
    occurredAt: Date.parse('2026-11-20T08:00:00.000Z'),
  });
  await insertNotices(db, [
    { ...base, eventKey: 'failed-payment', at: Date.parse('2026-11-20T09:00:00.000Z'), kind: 'NOTICE', code: 'REFUND_PAYMENT_FAILED' },
    {
      shopId: OTHER_SHOP.shopId,
      interceptId: null,
      eventKey: 'foreign',
      at: Date.now(),
      kind: 'NOTICE',
      code: 'QUARANTINE_GREW',
      detail: { count: 2, reason: 'FAULTY' },
    },
  ]);
});
afterAll(() => api.close());

const get = (query = '', key = api.key) =>
  send(api.app, { method: 'GET', url: `/v1/notices${query}`, headers: { authorization: `Bearer ${key}` } });
const post = (rest: string, body?: object, key = api.key) =>
  send(api.app, { method: 'POST', url: `/v1/notices/${rest}`, payload: body, headers: { authorization: `Bearer ${key}` } });

describe('notices', () => {
  test('are listed in words, newest first, the shop’s own alone', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      nextCursor: null,
      unreadCount: 2,
      items: [
        {
          kind: 'NOTICE',
          code: 'REFUND_PAYMENT_FAILED',
          title: expect.stringContaining('打款失败'),
          interceptId: INTERCEPT,
          at: '2026-11-20T09:00:00.000Z',
          read: false,
        },
        {
          kind: 'EVENT',
          code: 'return.failed',
          title: '退回异常：退回停滞',
          detail: { waybillNo: '75312345678901', carrier: 'ZTO' },
          read: false,
        },
      ],
    });
    expect((await get(`?interceptId=${INTERCEPT}&limit=1`)).body).toMatchObject({
      items: [{ code: 'REFUND_PAYMENT_FAILED' }],
      nextCursor: expect.any(String),
    });
    const foreign = await get('', await api.newKey(['intercepts:read'], OTHER_SHOP.shopId));
    expect(foreign.body.items).toMatchObject([{ code: 'QUARANTINE_GREW', interceptId: null, title: expect.stringContaining('2 条') }]);
  });

  test('are marked as read for whoever read them', async () => {
    const key = await api.newKey(['intercepts:read']);
    const [newest, older] = (await get('', key)).body.items;
    expect(await post(`${newest.noticeId}/read`, undefined, key)).toMatchObject({
      status: 200,
      body: { noticeId: newest.noticeId, read: true },
    });
    expect((await get('?unread=true', key)).body).toMatchObject({ items: [{ noticeId: older.noticeId }], unreadCount: 1 });
    expect((await get('?unread=false', key)).body.items).toMatchObject([{ noticeId: newest.noticeId }]);
    expect((await get('?unread=true')).body.items).toHaveLength(2);
    expect((await post('read-all', { upTo: older.noticeId }, key)).body).toEqual({ count: 1 });
    expect((await post('read-all', {})).body).toEqual({ count: 2 });
    expect((await get()).body.unreadCount).toBe(0);
  });

  test('foreign and absent ones are the same 404; nonsense in a query is 400; other scopes 403', async () => {
    const foreignKey = await api.newKey(['intercepts:read'], OTHER_SHOP.shopId);
    const [foreign] = (await get('', foreignKey)).body.items;
    const [theirs, absent] = [await post(`${foreign.noticeId}/read`), await post('999999999999/read')];
    expect([theirs.status, absent.status]).toEqual([404, 404]);
    expect({ ...theirs.body, instance: '' }).toEqual({ ...absent.body, instance: '' });
    expect((await get('?unread=true', foreignKey)).body.items).toHaveLength(1);
    for (const rest of ['0/read', '-1/read', '1e3/read', '9223372036854775808/read']) expect((await post(rest)).status).toBe(404);
    expect((await get('?unread=maybe')).status).toBe(400);
    expect((await get('?after=nonsense')).body.code).toBe('INVALID_CURSOR');
    expect((await post('read-all', { upTo: 'x' })).status).toBe(400);
    const noReader = await api.newKey(['webhooks:write']);
    expect([(await get('', noReader)).status, (await post('read-all', {}, noReader)).status]).toEqual([403, 403]);
  });
});
