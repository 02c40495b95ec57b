import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { findCarrier } from '../../carriers/index.ts';
import { toShanghaiText } from '../../domain/time.ts';
import { openCase } from '../../evidence/test-records.ts';
import { connectKuaishou } from '../../platforms/index.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { listTrack } from '../../store/track.ts';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts';
import { handleError } from '../problems/error-handler.ts';
import { webhookRoutes } from './index.ts';
import { keyOf } from './standard-webhooks.ts';

const ZTO_SECRET = 'zto-secret';
const YTO_SECRET = 'yto-track-secret';
const STO_SECRET = 'sto-secret';
const JT_KEY = 'jt-private-key';
const RESULT_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const MESSAGE_KEY = randomBytes(16);
const WAYBILL = '73100000000001';

const settings: Record<string, Record<string, string>> = {
  ZTO: { ZTO_URL: 'http://127.0.0.1:9', ZTO_APP_KEY: 'zto-app', ZTO_APP_SECRET: ZTO_SECRET },
  YTO: {
    YTO_URL: 'http://127.0.0.1:9',
    YTO_APP_KEY: 'a',
    YTO_URL_KEY: 'u',
    YTO_SECRET: 's',
    YTO_CLIENT_ID: 'c',
    YTO_TRACK_SECRET: YTO_SECRET,
  },
  STO: { STO_URL: 'http://127.0.0.1:9', STO_FROM_APPKEY: 'sto-app', STO_FROM_CODE: 'sto-code', STO_SECRET: STO_SECRET },
  JT: { JT_URL: 'http://127.0.0.1:9', JT_API_ACCOUNT: 'jt-account', JT_PRIVATE_KEY: JT_KEY },
};
const carriers = Object.entries(settings).flatMap(([code, own]) => {
  const carrier = findCarrier(code);
  return carrier === undefined ? [] : [{ carrier, client: carrier.connect(own) }];
});
const platform = connectKuaishou(
  {
    KUAISHOU_URL: 'http://127.0.0.1:9',
    KUAISHOU_APP_KEY: 'ks-app',
    KUAISHOU_APP_SECRET: 'x',
    KUAISHOU_SIGN_SECRET: 'y',
    KUAISHOU_MESSAGE_KEY: MESSAGE_KEY.toString('base64'),
  },
  { read: async () => null, update: async () => null },
);

let home: FreshDatabase;
let database: Database;
let app: FastifyInstance;
let woken = 0;

async function startApp(over: Database): Promise<FastifyInstance> {
  const instance = fastify({ bodyLimit: 65_536, genReqId: () => 'request-1' });
  instance.setErrorHandler(handleError);
  const deps = { db: over.kysely, platform, carriers, config: { resultSecrets: { ZTO: RESULT_SECRET } }, wakePump: () => void woken++ };
  await instance.register(webhookRoutes, { prefix: '/webhooks', deps });
  return instance;
}

beforeAll(async () => {
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 10, applicationName: 'webhooks.test', onError: () => undefined });
  app = await startApp(database);
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
const md5 = (text: string) => createHash('md5').update(text).digest('base64');
/** One instant for the whole file, so that the same push is the same bytes. */
const startedAt = Date.now();
const shanghai = (minutesAgo: number) => toShanghaiText(startedAt - minutesAgo * 60_000);

interface Push {
  url: string;
  headers: Record<string, string>;
  payload: string;
}
const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Push => ({
  url: `/webhooks/carriers/${path}/track`,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  payload: new URLSearchParams(fields).toString(),
});

function ztoPush(scan: Record<string, unknown>, secret = ZTO_SECRET): Push {
  const data = JSON.stringify({ billCode: WAYBILL, facilityName: '杭州', desc: '退件', ...scan });
  return form('zto', { data, data_digest: md5(data + secret), msg_type: 'Traces', company_id: 'zto-app' });
}
function ytoPush(secret = YTO_SECRET): Push {
  const xml = `<UpdateInfo><logisticProviderID>YTO</logisticProviderID><mailNo>${WAYBILL}</mailNo><infoType>STATUS</infoType><infoContent>TMS_RETURN</infoContent><acceptTime>${shanghai(5)}</acceptTime><remark>退回</remark></UpdateInfo>`;
  return form('yto', { logistics_interface: xml, data_digest: md5(xml + secret), clientId: 'c', type: 'online' });
}
function stoPush(secret = STO_SECRET): Push {
  const content = JSON.stringify({
    waybillNo: WAYBILL,
    trace: { outBizCode: 'o1', opTime: shanghai(5), scanType: '退回件', memo: '退回', opOrgCode: 'S1', opOrgName: '上海' },
  });
  return form('sto', {
    content,
    data_digest: md5(content + secret),
    api_name: 'STO_TRACE_PLATFORM_PUSH',
    from_appkey: 'sto',
    from_code: 'sto',
    to_appkey: 'sto-app',
    to_code: 'sto-app',
  });
}
function jtPush(secret = JT_KEY): Push {
  const bizContent = JSON.stringify({ billCode: WAYBILL, details: [{ scanTime: shanghai(5), scanType: '退件扫描', desc: '退件' }] });
  return form('jt', { bizContent }, { apiAccount: 'jt-account', digest: md5(bizContent + secret), timestamp: String(Date.now()) });
}
const PUSHES: Record<string, (secret?: string) => Push> = {
  ZTO: (secret) => ztoPush({ action: 'RETURN_SCAN', actionTime: shanghai(5) }, secret),
  YTO: ytoPush,
  STO: stoPush,
  JT: jtPush,
};
const post = ({ url, headers, payload }: Push, instance = app) => instance.inject({ method: 'POST', url, headers, payload });

describe.each(Object.entries(PUSHES))('the track push of %s', (carrier, push) => {
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
    const blind = await startApp(gone);
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
  function signed(payload: string, at = Date.now(), path = 'zto'): Push {
    const timestamp = String(Math.floor(at / 1_000));
    const signature = createHmac('sha256', keyOf(RESULT_SECRET)).update(`msg_1.${timestamp}.${payload}`).digest('base64');
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    return { url: `/webhooks/carriers/${path}/results`, headers, payload };
  }

  test('is stored once, with a line in the track', async () => {
    await openCase(database.kysely);
    expect((await post(signed(body({ code: 'S1', message: '拦截成功' })))).statusCode).toBe(204);
    expect((await post(signed(body({ result: 'FAILED' })))).statusCode).toBe(204);
    expect(await inbox()).toMatchObject([{ kind: 'RESULT', status: 'PENDING', payload: { result: 'SUCCEEDED', code: 'S1' } }]);
    expect(await listTrack(database.kysely, 'ZTO', WAYBILL)).toMatchObject([{ event: 'OTHER', source: 'RESULT', text: '拦截成功' }]);
  });

  test('is set aside while nobody has its waybill', async () => {
    expect((await post(signed(body()))).statusCode).toBe(204);
    expect(await inbox()).toMatchObject([{ status: 'QUARANTINED', reason: 'UNKNOWN_WAYBILL' }]);
  });

  test('is refused as a problem when unsigned, changed on the way, or too old or too new', async () => {
    const right = signed(body());
    const wrong = [
      { ...right, headers: {} },
      { ...right, payload: right.payload.replace('SUCCEEDED', 'FAILED') },
      signed(body(), Date.now() - 302_000),
      signed(body(), Date.now() + 302_000),
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
    const { url, headers } = signed(payload);
    for (const given of [`v1,${signature}`, 'v1,x']) {
      const answer = await post({ url, payload, headers: { ...headers, 'webhook-timestamp': timestamp, 'webhook-signature': given } });
      expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([401, expect.stringContaining('毫秒')]);
    }
    expect((await post({ url, payload, headers: {} })).json<{ detail: string }>().detail).not.toContain('毫秒');
    expect(await inbox()).toEqual([]);
  });

  test('is refused with every fault named when signed but wrong inside', async () => {
    const answer = await post(signed(body({ result: 'MAYBE', extra: 1 })));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((fault) => fault.pointer)).toEqual(['/extra', '/result']);
    for (const odd of ['', '{', '[]', '{"eventId":"a","eventId":"b"}', '{"__proto__":{}}'])
      expect((await post(signed(odd))).statusCode).toBe(400);
    expect(await inbox()).toEqual([]);
  });

  test('has no route without a secret, nor for another carrier', async () => {
    expect((await post(signed(body(), Date.now(), 'yto'))).statusCode).toBe(404);
    expect((await post(signed(body(), Date.now(), 'sf'))).statusCode).toBe(404);
  });

  test('is refused when a signature header comes twice', async () => {
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const { url, headers, payload } = signed(body());
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
  function encrypted(message: unknown, key = MESSAGE_KEY): Push {
    const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16));
    const payload = Buffer.concat([cipher.update(JSON.stringify(message), 'utf8'), cipher.final()]).toString('base64');
    return { url: '/webhooks/kuaishou/messages', headers: { 'content-type': 'text/plain' }, payload };
  }
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
