import { createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { openCase } from '../../evidence/test-records.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { listTrack } from '../../store/track.ts';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts';
import { keyOf } from './standard-webhooks.ts';
import {
  CARRIER_PUSHES,
  platformMessage,
  type Push,
  RESULT_SECRET,
  resultPush,
  shanghai,
  startWebhooks,
  WAYBILL,
  ztoPush,
} from './test-pushes.ts';

let home: FreshDatabase;
let database: Database;
let app: FastifyInstance;
let woken = 0;
const wake = () => void woken++;

beforeAll(async () => {
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 10, applicationName: 'webhooks.test', onError: () => undefined });
  app = await startWebhooks(database, wake);
});
afterAll(async () => {
  await app.close();
  await database.close();
  await home.drop();
});
beforeEach(async () => {
  woken = 0;
  for (const table of ['inbox', 'track_events', 'intercepts', 'parcels', 'waybill_marks'] as const)
    await database.kysely.deleteFrom(table).execute();
});

const inbox = () => database.kysely.selectFrom('inbox').selectAll().orderBy('inbox_id').execute();
const PUSHES = Object.entries(CARRIER_PUSHES).map(
  ([carrier, { sign, content }]) => [carrier, (secret?: string) => sign(content, secret)] as const,
);
const post = ({ url, headers, payload }: Push, instance = app) => instance.inject({ method: 'POST', url, headers, payload });

describe.each(PUSHES)('the track push of %s', (carrier, push) => {
  test('is stored for a known waybill, once, and acknowledged', async () => {
    await openCase(database.kysely, { carrier });
    const answers = await Promise.all([post(push()), post(push()), post(push())]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200]);
    expect(await listTrack(database.kysely, carrier, WAYBILL)).toMatchObject([{ event: 'RETURNING', source: 'PUSH' }]);
    expect(await inbox()).toMatchObject([{ kind: 'TRACK', carrier, waybill_no: WAYBILL, status: 'PENDING' }]);
    expect(woken).toBe(3);
  });

  test('is taken as JSON and as multipart too, and by POST alone', async () => {
    const form = push();
    const fields = [...new URLSearchParams(form.payload)];
    const json = {
      ...form,
      headers: { ...form.headers, 'content-type': 'application/json' },
      payload: JSON.stringify(Object.fromEntries(fields)),
    };
    const parts = fields.map(([name, value]) => `--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    const headers = { ...form.headers, 'content-type': 'multipart/form-data; boundary=b1' };
    const multipart = { ...form, headers, payload: `${parts.join('')}--b1--\r\n` };
    for (const wrapped of [json, multipart]) expect((await post(wrapped)).statusCode).toBe(200);
    expect(await listTrack(database.kysely, carrier, WAYBILL)).toMatchObject([{ event: 'RETURNING', source: 'PUSH' }]);
    for (const method of ['GET', 'PUT'] as const) {
      const answer = await app.inject({ method, url: `${form.url}?${form.payload}`, headers: { digest: form.headers['digest'] ?? '' } });
      expect(answer.statusCode).toBe(404);
    }
  });

  test('is refused in its own form and leaves nothing when the signature is wrong', async () => {
    const answer = await post(push('another secret'));
    const right = await post(push());
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toBe(right.headers['content-type']);
    expect(answer.body).not.toBe(right.body);
    expect(await inbox()).toHaveLength(1);
  });

  test('is set aside while nobody has its waybill', async () => {
    expect((await post(push())).statusCode).toBe(200);
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'UNKNOWN_WAYBILL' }]);
    await openCase(database.kysely, { carrier });
    expect(await inbox()).toMatchObject([{ status: 'PENDING', reason: null }]);
  });

  test('is not acknowledged while the database is down', async () => {
    const gone = openDatabase('postgres://nobody@127.0.0.1:9/none', { max: 1, applicationName: 'gone', onError: () => undefined });
    const blind = await startWebhooks(gone, wake);
    const answer = await post(push(), blind);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
    await blind.close();
    await gone.close();
  });
});

test('a signed push that nobody understands is kept whole, set aside, and acknowledged', async () => {
  const push = ztoPush({ action: 'GOT', actionTime: 'soon' });
  expect((await post(push)).statusCode).toBe(200);
  expect((await post(push)).statusCode).toBe(200);
  const [row, ...more] = await inbox();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ status: 'QUARANTINED', reason: 'UNREADABLE', carrier: 'ZTO' });
  expect(row?.raw_body?.toString()).toBe(push.payload);
});

test.each([
  ['NUL and half a surrogate', { desc: 'a\u0000b\ud800' }],
  ['a sentence of 60 kB', { action: 'WHATEVER', desc: '长'.repeat(20_000) }],
  ['a waybill number of 10 kB', { billCode: '9'.repeat(10_000) }],
  ['a waybill number with spaces and NUL', { billCode: ' \u0000 ' }],
])('content that no table could hold is acknowledged and kept: %s', async (_what, over) => {
  const answer = await post(ztoPush({ action: 'GOT', actionTime: shanghai(1), ...over }));
  expect(answer.statusCode).toBe(200);
  expect(await inbox()).toMatchObject([{ status: 'QUARANTINED' }]);
});

test('a hundred equal pushes at once are stored once', async () => {
  await openCase(database.kysely);
  const push = ztoPush({ action: 'RETURN_SCAN', actionTime: shanghai(5) });
  // A busy machine answers 503 to some, and a carrier repeats what was not taken.
  const taken = async (): Promise<number> => {
    const { statusCode } = await post(push);
    return statusCode === 503 ? taken() : statusCode;
  };
  const answers = await Promise.all(Array.from({ length: 100 }, taken));
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await inbox()).toHaveLength(1);
});

describe('every inbound webhook', () => {
  const paths = ['/webhooks/carriers/zto/track', '/webhooks/carriers/zto/results', '/webhooks/kuaishou/messages'];

  test.each(paths)('%s takes 256 kB and no more', async (url) => {
    expect((await post({ url, headers: {}, payload: 'x'.repeat(256 * 1024) })).statusCode).toBe(401);
    expect((await post({ url, headers: {}, payload: 'x'.repeat(256 * 1024 + 1) })).statusCode).toBe(413);
  });

  test.each(paths)('%s refuses a compressed body', async (url) => {
    expect((await post({ url, headers: { 'content-encoding': 'gzip' }, payload: 'x' })).statusCode).toBe(415);
    expect((await post({ url, headers: { 'content-encoding': 'identity' }, payload: 'x' })).statusCode).toBe(401);
  });

  test.each(paths)('%s takes any content type, none, and no body at all', async (url) => {
    for (const contentType of ['garbage', 'text/xml; charset=gbk', 'application/json', 'multipart/form-data']) {
      expect((await post({ url, headers: { 'content-type': contentType }, payload: '{' })).statusCode).toBe(401);
    }
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(401);
    expect(await inbox()).toEqual([]);
  });
});

describe('the neutral result push', () => {
  const body = (over: Record<string, unknown> = {}) =>
    JSON.stringify({
      eventId: 'event-1',
      waybillNo: WAYBILL,
      result: 'SUCCEEDED',
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
      ...over,
    });
  test('is stored once, with a line in the track', async () => {
    await openCase(database.kysely);
    expect((await post(resultPush(body({ code: 'S1', message: '拦截成功' })))).statusCode).toBe(204);
    expect((await post(resultPush(body({ result: 'FAILED' })))).statusCode).toBe(204);
    expect(await inbox()).toMatchObject([{ kind: 'RESULT', status: 'PENDING', payload: { result: 'SUCCEEDED', code: 'S1' } }]);
    expect(await listTrack(database.kysely, 'ZTO', WAYBILL)).toMatchObject([{ event: 'OTHER', source: 'RESULT', text: '拦截成功' }]);
  });

  test('is set aside while nobody has its waybill', async () => {
    expect((await post(resultPush(body()))).statusCode).toBe(204);
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'UNKNOWN_WAYBILL' }]);
  });

  test('is refused as a problem when unsigned, changed on the way, or too old or too new', async () => {
    const right = resultPush(body());
    const wrong = [
      { ...right, headers: {} },
      { ...right, payload: right.payload.replace('SUCCEEDED', 'FAILED') },
      resultPush(body(), Date.now() - 302_000),
      resultPush(body(), Date.now() + 302_000),
    ];
    for (const push of wrong) {
      const answer = await post(push);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.json()).toMatchObject({ status: 401, instance: 'urn:request:request-1' });
    }
    expect(await inbox()).toEqual([]);
  });

  test('case 23: a timestamp in milliseconds is named, whatever the signature', async () => {
    const payload = body();
    const timestamp = String(Date.now());
    const signature = createHmac('sha256', keyOf(RESULT_SECRET)).update(`msg_1.${timestamp}.${payload}`).digest('base64');
    const { url, headers } = resultPush(payload);
    for (const given of [`v1,${signature}`, 'v1,x']) {
      const answer = await post({ url, payload, headers: { ...headers, 'webhook-timestamp': timestamp, 'webhook-signature': given } });
      expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([401, expect.stringContaining('毫秒')]);
    }
    expect((await post({ url, payload, headers: {} })).json<{ detail: string }>().detail).not.toContain('毫秒');
    expect(await inbox()).toEqual([]);
  });

  test('is refused with every fault named when signed but wrong inside', async () => {
    const answer = await post(resultPush(body({ result: 'MAYBE', extra: 1 })));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((fault) => fault.pointer)).toEqual(['/extra', '/result']);
    for (const odd of ['', '{', '[]', '{"eventId":"a","eventId":"b"}', '{"__proto__":{}}'])
      expect((await post(resultPush(odd))).statusCode).toBe(400);
    expect(await inbox()).toEqual([]);
  });

  test('has no route without a secret, nor for another carrier', async () => {
    expect((await post(resultPush(body(), Date.now(), 'yto'))).statusCode).toBe(404);
    expect((await post(resultPush(body(), Date.now(), 'sf'))).statusCode).toBe(404);
  });

  test('is refused when a signature header comes twice', async () => {
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const { url, headers, payload } = resultPush(body());
    const send = (given: Record<string, string | string[]>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = httpRequest({ host: '127.0.0.1', port, path: url, method: 'POST', headers: given }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode));
        });
        call.on('error', reject);
        call.end(payload);
      });
    expect(await send(headers)).toBe(204);
    for (const name of Object.keys(headers)) {
      const value = headers[name] ?? '';
      expect(await send({ ...headers, [name]: [value, value] })).toBe(401);
    }
  });
});

describe('a platform message', () => {
  const encrypted = (message: unknown, key?: Buffer) => platformMessage(JSON.stringify(message), key);
  const message = (over: Record<string, unknown> = {}) => ({
    eventId: 'ks-1',
    bizId: 1,
    userId: 1001,
    appKey: 'ks-app',
    event: 'kwaishop_aftersales_updateRefund',
    info: '{"refundId":9007199254740993001,"status":60}',
    createTime: Date.now(),
    ...over,
  });

  test('is stored once under the digits of its refund and answered as the platform wants', async () => {
    for (const _time of [1, 2]) {
      const answer = await post(encrypted(message()));
      expect([answer.statusCode, answer.json()]).toEqual([200, { result: 1 }]);
    }
    expect(await inbox()).toMatchObject([{ kind: 'PLATFORM', refund_id: '9007199254740993001', status: 'PENDING' }]);
  });

  test('may be a heartbeat', async () => {
    expect((await post(encrypted({ test: true }))).json()).toEqual({ result: 1 });
  });

  test('is refused when it is another application’s, or nobody’s', async () => {
    for (const push of [
      encrypted(message({ appKey: 'other' })),
      encrypted(message(), randomBytes(16)),
      { ...encrypted(message()), payload: 'AAAA' },
    ]) {
      expect((await post(push)).statusCode).toBe(401);
    }
    expect(await inbox()).toEqual([]);
  });

  test('with an event id of any length is stored once', async () => {
    const push = encrypted(message({ eventId: 'x'.repeat(20_000) }));
    expect([(await post(push)).statusCode, (await post(push)).statusCode]).toEqual([200, 200]);
    expect(await inbox()).toHaveLength(1);
  });
});
