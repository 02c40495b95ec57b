import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventBody } from '../../../delivery/event-body.ts';
import { createWebhookSender } from '../../../delivery/send.ts';
import { answering, type Receiver, startReceiver } from '../../../delivery/test-receiver.ts';
import { insertOutbox } from '../../../store/outbox.ts';
import { dispatchOutbox } from '../../../store/outbox-dispatch.ts';
import { openTestApi, OTHER_SHOP, send, type TestApi } from '../../test-api.ts';

let api: TestApi;
let receiver: Receiver;
let events = 0;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  receiver = await startReceiver();
  for (const table of ['webhook_attempts', 'webhook_deliveries', 'webhook_endpoints', 'outbox'] as const) {
    await api.database.kysely.deleteFrom(table).execute();
  }
});
afterEach(() => receiver.close());

const TYPES = ['intercept.succeeded', 'refund.refunded'];
const path = (...parts: string[]) => ['/v1/webhook-endpoints', ...parts].join('/');
const register = async (body: object = { url: receiver.url, types: TYPES }) => (await api.call('POST', path(), body)).body;

/** An event of the outbox, and its deliveries as the pump makes them. */
async function tell(type: 'intercept.succeeded' | 'refund.closed' = 'intercept.succeeded'): Promise<void> {
  events += 1;
  const event = {
    eventKey: `event-${events}`,
    shopId: api.shopId,
    interceptId: `${events}-1`,
    sequence: 1_000,
    payload: { interceptId: `${events}-1` },
  };
  await insertOutbox(api.database.kysely, { ...event, type, occurredAt: Date.now() });
  await dispatchOutbox(api.database.kysely, 100, eventBody);
}

describe('endpoints', () => {
  test('registering shows the secret once; it is stored encrypted and listed nowhere', async () => {
    const answer = await api.call('POST', path(), { url: receiver.url, types: TYPES });
    expect(answer.status).toBe(201);
    const { endpointId, secret, ...rest } = answer.body;
    expect(answer.headers['location']).toBe(path(endpointId));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(rest).toEqual({
      url: receiver.url,
      types: TYPES,
      enabled: true,
      disabledReason: null,
      failingSince: null,
      createdAt: expect.stringMatching(/Z$/),
    });
    const one = await api.call('GET', path(endpointId));
    const list = await api.call('GET', path());
    expect(one.body).toEqual({ endpointId, ...rest });
    expect(list.body).toEqual({ items: [one.body], nextCursor: null });
    const { rows } = { rows: await api.database.kysely.selectFrom('webhook_endpoints').selectAll().execute() };
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
  });

  test('repeated under its Idempotency-Key it is one endpoint with the same secret, kept encrypted', async () => {
    const headers = { 'idempotency-key': 'register-1' };
    const first = await api.call('POST', path(), { url: receiver.url, types: TYPES }, headers);
    const again = await api.call('POST', path(), { url: receiver.url, types: TYPES }, headers);
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await api.call('GET', path())).body.items).toHaveLength(1);
    const kept = await api.database.kysely
      .selectFrom('idempotency_keys')
      .select('response_body')
      .where('idempotency_key', '=', 'register-1')
      .execute();
    expect(kept[0]?.response_body).not.toContain('whsec_');
  });

  test.each([
    [{}, ['/url', '/types']],
    [{ url: 'https://erp.example.com/', types: [] }, ['/types']],
    [{ url: 'https://erp.example.com/', types: ['refund.refunded', 'refund.refunded'] }, ['/types']],
    [{ url: 'https://erp.example.com/', types: ['payment.made'] }, ['/types/0']],
    [{ url: 7, types: ['refund.refunded'] }, ['/url']],
    [{ url: 'https://erp.example.com/', types: ['refund.refunded'], secret: 'mine' }, ['/secret']],
  ])('%j is 400 at %j', async (body, pointers) => {
    const answer = await api.call('POST', path(), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(expect.arrayContaining(pointers));
  });

  test('a shop has at most 20', async () => {
    for (let n = 0; n < 20; n += 1) await register();
    expect(await api.call('POST', path(), { url: receiver.url, types: TYPES })).toMatchObject({
      status: 409,
      body: { code: 'WEBHOOK_ENDPOINT_LIMIT' },
    });
  });

  test('S23: foreign or absent ids are the same 404 on every route, and other scopes are 403', async () => {
    const { endpointId } = await register();
    await tell();
    const [delivery] = (await api.call('GET', path(endpointId, 'deliveries'))).body.items;
    const foreign = await api.newKey(['webhooks:write'], OTHER_SHOP.shopId);
    const reader = await api.newKey(['intercepts:read', 'intercepts:write']);
    const routes: [method: 'GET' | 'POST' | 'DELETE', rest: string[], body?: object][] = [
      ['GET', []],
      ['POST', ['rotate-secret']],
      ['POST', ['enable']],
      ['POST', ['test']],
      ['GET', ['deliveries']],
      ['POST', ['deliveries', delivery.deliveryId, 'redeliver']],
      ['POST', ['replay'], { from: '2026-01-01T00:00:00Z' }],
      ['DELETE', []],
    ];
    for (const [method, rest, payload] of routes) {
      const as = (key: string, id: string) =>
        send(api.app, { method, url: path(id, ...rest), payload, headers: { authorization: `Bearer ${key}` } });
      const [theirs, absent, scoped] = [await as(foreign, endpointId), await as(api.key, 'whe_absent'), await as(reader, endpointId)];
      expect([theirs.status, absent.status, scoped.status]).toEqual([404, 404, 403]);
      expect({ ...theirs.body, instance: '' }).toEqual({ ...absent.body, instance: '' });
    }
    expect(receiver.received).toEqual([]);
    expect((await api.call('POST', path(endpointId, 'deliveries', 'dlv_absent', 'redeliver'))).status).toBe(404);
  });

  test('deleted is gone', async () => {
    const { endpointId } = await register();
    const answer = await api.call('DELETE', path(endpointId));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await api.call('DELETE', path(endpointId))).status).toBe(404);
    expect((await api.call('GET', path())).body.items).toEqual([]);
  });
});

describe('S17: addresses that may not be called are refused at registration', () => {
  test.each([
    ['http://erp.example.com/', 'NOT_HTTPS'],
    ['https://user:secret@erp.example.com/', 'USER_INFO'],
    ['https://10.0.0.1/', 'NOT_PUBLIC'],
    ['https://169.254.169.254/latest/meta-data', 'NOT_PUBLIC'],
    ['https://[fd00::1]/', 'NOT_PUBLIC'],
    ['https://2130706433/', 'HOST_FORM'],
    ['https://erp.example.com:6379/', 'PORT'],
    ['javascript:alert(1)', 'NOT_HTTPS'],
  ])('%s', async (url, reason) => {
    expect(await api.call('POST', path(), { url, types: TYPES })).toMatchObject({
      status: 422,
      body: { code: 'WEBHOOK_URL_REFUSED', reason },
    });
    expect((await api.call('GET', path())).body.items).toEqual([]);
  });

  test('outside the embedded mode also this machine, by name or after looking it up', async () => {
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    const webhookSender = createWebhookSender({ allowLoopback: false, lookup });
    const strict = await openTestApi({ webhookSender });
    for (const url of [receiver.url, 'https://127.0.0.1/', 'https://localhost/', 'https://erp.example.com/']) {
      const answer = await strict.call('POST', path(), { url, types: TYPES });
      expect(answer).toMatchObject({ status: 422, body: { code: 'WEBHOOK_URL_REFUSED' } });
    }
    await webhookSender.close();
    await strict.close();
  });
});

describe('secrets', () => {
  test('after a change both sign for a day; a receiver with either loses nothing', async () => {
    const { endpointId, secret: former } = await register();
    const { secret: present } = (await api.call('POST', path(endpointId, 'rotate-secret'))).body;
    expect(present).not.toBe(former);
    expect((await api.call('POST', path(endpointId, 'test'))).body.status).toBe('DELIVERED');
    const [{ body, headers }] = receiver.received as [{ body: string; headers: Record<string, string> }];
    for (const secret of [present, former]) expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'webhook.test' });
  });
});

describe('deliveries', () => {
  test('a test message is sent at once and shows how it went, also to a disabled endpoint', async () => {
    const { endpointId, secret } = await register();
    const delivered = await api.call('POST', path(endpointId, 'test'));
    expect(delivered).toMatchObject({
      status: 200,
      body: { type: 'webhook.test', status: 'DELIVERED', failure: null, attempts: [{ attempt: 1, responseStatus: 200, error: null }] },
    });
    const [message] = receiver.received;
    expect(new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>)).toMatchObject({
      type: 'webhook.test',
      data: { endpointId },
    });
    expect(message?.headers['webhook-id']).toBe(delivered.body.messageId);
    receiver.answer = answering(500);
    const failed = await api.call('POST', path(endpointId, 'test'));
    expect(failed.body).toMatchObject({
      status: 'FAILED',
      failure: 'HTTP_500',
      attempts: [{ responseStatus: 500, error: 'HTTP_500' }],
      nextAttemptAt: null,
    });
    receiver.answer = answering(410);
    await api.call('POST', path(endpointId, 'test'));
    expect((await api.call('GET', path(endpointId))).body).toMatchObject({ enabled: false, disabledReason: 'GONE' });
    receiver.answer = answering(200);
    expect((await api.call('POST', path(endpointId, 'test'))).body.status).toBe('DELIVERED');
    expect((await api.call('POST', path(endpointId, 'enable'))).body).toMatchObject({ enabled: true, disabledReason: null });
  });

  test('the log shows every attempt; a redelivery goes out under the same id', async () => {
    const { endpointId } = await register();
    await tell();
    await tell('refund.closed');
    const { items } = (await api.call('GET', path(endpointId, 'deliveries?status=PENDING'))).body;
    expect(items).toMatchObject([{ type: 'intercept.succeeded', status: 'PENDING', attempts: [] }]);
    receiver.answer = answering(404);
    const redeliver = path(endpointId, 'deliveries', items[0].deliveryId, 'redeliver');
    expect((await api.call('POST', redeliver)).body).toMatchObject({ status: 'PENDING', attempts: [{ error: 'HTTP_404' }] });
    receiver.answer = answering(200);
    expect((await api.call('POST', redeliver)).body).toMatchObject({
      status: 'DELIVERED',
      attempts: [{ attempt: 1 }, { attempt: 2, error: null }],
    });
    expect((await api.call('POST', redeliver)).body).toMatchObject({ status: 'DELIVERED', attempts: [{}, {}, { attempt: 3 }] });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([items[0].messageId]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect((await api.call('GET', path(endpointId, 'deliveries?status=DELIVERED&type=intercept.succeeded'))).body.items).toHaveLength(1);
    expect((await api.call('GET', path(endpointId, 'deliveries?type=nonsense'))).status).toBe(400);
    expect(await api.call('GET', path(endpointId, 'deliveries?after=nonsense'))).toMatchObject({
      status: 400,
      body: { code: 'INVALID_CURSOR' },
    });
  });

  test('what was missed while disabled is replayed by its time', async () => {
    const { endpointId } = await register();
    await api.database.kysely.updateTable('webhook_endpoints').set({ enabled: false }).execute();
    await tell();
    await tell();
    const from = new Date(Date.now() - 60_000).toISOString();
    const replay = (body: object) => api.call('POST', path(endpointId, 'replay'), body);
    expect(await replay({ from })).toMatchObject({ status: 409, body: { code: 'WEBHOOK_ENDPOINT_DISABLED' } });
    await api.call('POST', path(endpointId, 'enable'));
    expect(await replay({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })).toMatchObject({
      status: 200,
      body: { count: 0, more: false },
    });
    expect(await replay({ from })).toMatchObject({ status: 200, body: { count: 2, more: false } });
    expect(await replay({ from })).toMatchObject({ body: { count: 0 } });
    expect((await api.call('GET', path(endpointId, 'deliveries'))).body.items).toMatchObject([
      { status: 'PENDING' },
      { status: 'PENDING' },
    ]);
    expect((await replay({ from: 'yesterday' })).status).toBe(400);
  });
});
