import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defaultPayloadConverter } from '@temporalio/common';
import type { FastifyInstance } from 'fastify';
import { buildAdmin } from './admin.ts';
import { addStaff, openBrowser, PASSWORD } from './console/test-console.ts';
import { openTestApi, type TestApi } from './test-api.ts';

const UI = 'http://127.0.0.1:8233';
let api: TestApi;
let admin: FastifyInstance;
beforeAll(async () => {
  api = await openTestApi();
  const { config } = api.deps;
  const payloadKeys = [{ id: '2026a', key: randomBytes(32) }];
  admin = buildAdmin(
    { ...api.deps, config: { ...config, temporalUiUrl: UI, temporal: { ...config.temporal, payloadKeys } } },
    { isOpen: () => true },
  );
});
afterAll(async () => {
  await admin.close();
  await api.close();
});

const { metadata, data } = defaultPayloadConverter.toPayload({ 运单: '770000101564258' });
const plain = {
  metadata: { encoding: Buffer.from(metadata?.['encoding'] ?? []).toString('base64') },
  data: Buffer.from(data ?? []).toString('base64'),
};

function post(url: string, payloads: unknown[], headers: Record<string, string>) {
  return admin.inject({ method: 'POST', url, payload: { payloads }, headers: { origin: UI, ...headers } });
}

async function sessionOf(name: string, role: 'OWNER' | 'OPERATOR'): Promise<{ cookie: string }> {
  await addStaff(api.deps, api.shopId, name, role);
  const browser = openBrowser(api.app);
  expect((await browser.signIn(api.shopId, name, PASSWORD)).status).toBe(200);
  return { cookie: browser.cookie };
}

test('an owner who is signed in, or a key for everything, encodes and decodes; nobody else does', async () => {
  const allowed = [await sessionOf('店主', 'OWNER'), { authorization: `Bearer ${await api.newKey(['admin'])}` }];
  const refused = [
    {},
    await sessionOf('客服', 'OPERATOR'),
    { authorization: `Bearer ${await api.newKey(['intercepts:read'])}` },
    { authorization: 'Bearer x' },
  ];
  const [sealed] = (await post('/codec/encode', [plain], allowed[0] as Record<string, string>)).json<{ payloads: unknown[] }>().payloads;
  expect(JSON.stringify(sealed)).not.toContain(plain.data);
  for (const headers of allowed) {
    const answer = await post('/codec/decode', [sealed, plain], headers);
    expect([answer.statusCode, answer.json()]).toEqual([200, { payloads: [plain, plain] }]);
    expect(answer.headers['access-control-allow-origin']).toBe(UI);
  }
  for (const headers of refused)
    for (const url of ['/codec/decode', '/codec/encode']) {
      const answer = await post(url, [sealed], headers as Record<string, string>);
      expect([answer.statusCode, answer.body.includes(plain.data)]).toEqual([401, false]);
    }
});

test('the pages of another origin may not read an answer; a preflight is answered', async () => {
  const other = await admin.inject({ method: 'OPTIONS', url: '/codec/decode', headers: { origin: 'https://evil.example' } });
  expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  const own = await admin.inject({ method: 'OPTIONS', url: '/codec/decode', headers: { origin: UI } });
  expect([own.statusCode, own.headers['access-control-allow-credentials']]).toEqual([204, 'true']);
});

test('an unknown key is an error that names it, and what is no payload is 400', async () => {
  const key = { authorization: `Bearer ${await api.newKey(['admin'])}` };
  const text = (value: string) => Buffer.from(value).toString('base64');
  const foreign = { metadata: { encoding: text('binary/encrypted'), 'encryption-key-id': text('2024z') }, data: text('x'.repeat(40)) };
  const answer = await post('/codec/decode', [foreign], key);
  expect([answer.statusCode, answer.json().message]).toEqual([400, 'sealed with key 2024z, which TEMPORAL_PAYLOAD_KEYS does not hold']);
  expect((await post('/codec/decode', [7], key)).statusCode).toBe(400);
});
