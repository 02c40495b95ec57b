import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { callControl } from '../simulators/control/call.ts';
import type { Simulators } from '../simulators/world.ts';
import { openService } from '../store/service-agreements.ts';
import { readDataKey } from '../store/secrets.ts';
import { storeShopTokens } from '../store/shop-tokens.ts';
import { upsertShop } from '../store/shops.ts';
import { type Sandbox, SANDBOX_SHOP, startSandbox } from '../test/support/sandbox.ts';
import { openTestApi, send, type TestApi } from './test-api.ts';
import { expectDocumented } from './test-contract.ts';

/** A sandbox shop and a real one at the same API, each world with servers of its own that keep every call. */
const OUTLET = { carrier: 'ZTO', outletCode: '57913' };
const WAYBILL = '73999912345678';

interface Player {
  key: string;
  refundId: string;
  own: Simulators;
  foreign: Simulators;
}

let sandbox: Sandbox;
let api: TestApi;
let real: Player;
let played: Player;

beforeAll(async () => {
  sandbox = await startSandbox({ paceMs: 1_000_000 });
  api = await openTestApi({}, sandbox.variables);
  const { db, config } = api.deps;
  await upsertShop(db, { ...SANDBOX_SHOP, platform: 'KUAISHOU', world: 'SANDBOX' });
  const { accessToken, refreshToken } = SANDBOX_SHOP;
  const lives = { accessIssuedAt: Date.now(), accessExpiresAt: Date.now() + 3_600_000, refreshExpiresAt: null };
  await storeShopTokens(db, readDataKey(config.dataKey), SANDBOX_SHOP.shopId, { accessToken, refreshToken, ...lives });
  for (const { shopId } of [SANDBOX_SHOP, { shopId: api.shopId }])
    await openService(db, { shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const seed = { carrier: 'ZTO', parcel: { waybillNo: WAYBILL } };
  const seeded = (at: Simulators) => callControl<{ refundId: string }>(at.url, 'POST', '/sim/refunds', seed);
  real = { key: api.key, refundId: (await seeded(api.simulators)).refundId, own: api.simulators, foreign: sandbox.simulators };
  played = {
    key: await api.newKey(['admin'], SANDBOX_SHOP.shopId),
    refundId: (await seeded(sandbox.simulators)).refundId,
    own: sandbox.simulators,
    foreign: api.simulators,
  };
  for (const { key } of [real, played]) {
    const { body } = await as(key, 'POST', '/v1/outlet-subscriptions', OUTLET);
    await as(key, 'POST', `/v1/outlet-subscriptions/${body.subscriptionId}/review`, { decision: 'APPROVE' });
  }
});
afterAll(async () => {
  await api.close();
  await sandbox.simulators.close();
});

const as = (key: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  send(api.app, { method, url, headers: { authorization: `Bearer ${key}` }, ...(payload === undefined ? {} : { payload }) });

// biome-ignore lint/suspicious/noExplicitAny: the document is walked freely
type Json = any;

/** Every operation that the API has, as the document says, with its own example as what is sent; the service is closed last. */
async function everyOperation(): Promise<{ name: string; method: 'GET'; path: string; body: string | null }[]> {
  const document = (await api.call('GET', '/v1/openapi.json')).body;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]: [string, Json]) => {
      const { example = {} } = operation.requestBody?.content['application/json'] ?? {};
      const schema = operation.requestBody?.content['application/json']?.schema;
      return {
        name: operation.operationId as string,
        method: method.toUpperCase() as 'GET',
        path,
        body: schema === undefined ? null : JSON.stringify(schema.examples?.[0] ?? example),
      };
    }),
  );
  return operations.toSorted((a, b) => Number(a.name === 'closeService') - Number(b.name === 'closeService'));
}

/** Calls every operation as the shop would; which of them went outside, and every call that went to the other world. */
async function playAll({ key, refundId, own, foreign }: Player): Promise<{ outside: string[]; astray: unknown[] }> {
  const outside: string[] = [];
  const astray: unknown[] = [];
  const mine = (text: string) =>
    text
      .replaceAll(/2260718200000012|\{refundId\}/g, refundId)
      .replaceAll(/75312345678901/g, WAYBILL)
      .replaceAll(/75500/g, OUTLET.outletCode)
      .replaceAll('{interceptId}', `${refundId}-1`)
      .replaceAll(/\{noticeId\}/g, '1')
      .replaceAll(/\{[a-zA-Z]+\}/g, 'none');
  for (const { name, method, path, body } of await everyOperation()) {
    for (const { world } of [own, foreign]) world.calls.clear();
    const month = path.startsWith('/v1/statements') ? '?month=2026-11' : '';
    await as(key, method, mine(path) + month, body === null ? undefined : JSON.parse(mine(body)));
    if (own.world.calls.entries().length > 0) outside.push(name);
    astray.push(...foreign.world.calls.entries().map(({ party, api: asked }) => ({ name, party, asked })));
  }
  return { outside, astray };
}

describe('every operation of the API', () => {
  test('asks the world of its shop alone, whichever it is', async () => {
    const ofSandbox = await playAll(played);
    const ofReal = await playAll(real);
    expect(ofSandbox.astray).toEqual([]);
    expect(ofReal.astray).toEqual([]);
    expect(ofSandbox.outside).toEqual(ofReal.outside);
    expect(ofSandbox.outside).toEqual(
      expect.arrayContaining(['listRefunds', 'previewIntercept', 'createIntercept', 'listRejectReasons', 'listOutlets', 'openService']),
    );
  });

  test('names carriers as every shop knows them', async () => {
    const answers = {
      previewIntercept: await as(played.key, 'POST', '/v1/intercepts/preview', { refundId: played.refundId }),
      getIntercept: await as(played.key, 'GET', `/v1/intercepts/${played.refundId}-1`),
      listIntercepts: await as(played.key, 'GET', '/v1/intercepts?carrier=ZTO'),
      listInterceptEvents: await as(played.key, 'GET', `/v1/intercepts/${played.refundId}-1/events`),
      listOutlets: await as(played.key, 'GET', '/v1/outlets?carrier=ZTO'),
      listOutletSubscriptions: await as(played.key, 'GET', '/v1/outlet-subscriptions?carrier=ZTO'),
      getService: await as(played.key, 'GET', '/v1/service'),
    };
    for (const [operation, answer] of Object.entries(answers)) await expectDocumented(api, operation, answer);
    expect(
      Object.values(answers)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('SANDBOX');
    expect(answers.getIntercept.body).toMatchObject({ carrier: 'ZTO', waybillNo: WAYBILL });
    expect(answers.listIntercepts.body.items).toHaveLength(1);
    expect(answers.listOutlets.body.items).toContainEqual(expect.objectContaining(OUTLET));
    expect(answers.listOutletSubscriptions.body.items).not.toHaveLength(0);
    expect(answers.getService.body).toMatchObject({ sandbox: true });
    expect((await as(real.key, 'GET', '/v1/service')).body).toMatchObject({ sandbox: false });
  });
});

describe('a push', () => {
  const inbox = () => api.deps.db.selectFrom('inbox').select(['event_key', 'carrier', 'refund_id', 'shop_id']).execute();
  const ztoPush = (prefix: string, secret: string) => {
    const data = JSON.stringify({ billCode: WAYBILL, action: 'RETURN_SCAN', actionTime: '2026-11-28 12:00:00', desc: '退回' });
    const data_digest = createHash('md5')
      .update(data + secret)
      .digest('base64');
    const payload = new URLSearchParams({ data, data_digest, msg_type: 'Traces', company_id: 'x' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return send(api.app, { method: 'POST', url: `${prefix}/webhooks/carriers/zto/track`, headers, payload });
  };

  test('of a carrier is evidence in the world whose secret signs it, at that world’s address alone', async () => {
    await api.deps.db.deleteFrom('inbox').execute();
    const secrets = { real: real.own.credentials['ZTO_APP_SECRET'] ?? '', sandbox: played.own.credentials['ZTO_APP_SECRET'] ?? '' };
    expect((await ztoPush('', secrets.sandbox)).status).toBe(401);
    expect((await ztoPush('/sandbox', secrets.real)).status).toBe(401);
    expect(await inbox()).toEqual([]);
    expect((await ztoPush('/sandbox', secrets.sandbox)).status).toBe(200);
    expect((await inbox()).map(({ carrier }) => carrier)).toEqual(['SANDBOX_ZTO']);
    expect((await ztoPush('', secrets.real)).status).toBe(200);
    expect((await inbox()).map(({ carrier }) => carrier)).toEqual(['SANDBOX_ZTO', 'ZTO']);
  });

  test('of the platform concerns refunds and shops of its own world alone', async () => {
    const { db } = api.deps;
    await db.deleteFrom('inbox').execute();
    const sent = async (by: Simulators, shopId: string, refundId: string) => {
      await callControl(by.url, 'POST', '/sim/shops', { shopId, accessToken: `at-${shopId}-x` });
      await callControl(by.url, 'POST', '/sim/refunds', { shopId, refundId, carrier: 'ZTO', specialRefundType: 1 });
    };
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const origin = `http://127.0.0.1:${(api.app.server.address() as { port: number }).port}`;
    real.own.world.settings.webhookBase = origin;
    played.own.world.settings.webhookBase = `${origin}/sandbox`;
    const before = await db.selectFrom('price_protections').selectAll().execute();
    // A sandbox that speaks of a real shop's real refund, and of that shop with a number of its own.
    await sent(played.own, api.shopId, '24000000900000001');
    await sent(played.own, api.shopId, '9000000000900000001');
    // The real platform that speaks of the sandbox's shop and numbers.
    await sent(real.own, SANDBOX_SHOP.shopId, '9000000000900000002');
    // Either, of a shop of its own, with a number of the other.
    await sent(played.own, SANDBOX_SHOP.shopId, '24000000900000003');
    await sent(real.own, api.shopId, '9000000000900000004');
    const arrived = async () => (await inbox()).filter(({ event_key }) => event_key.startsWith('platform:'));
    while ((await arrived()).length < 5) await sql`select pg_sleep(0.05)`.execute(db);
    const told = (await arrived()).map(({ refund_id, shop_id }) => [refund_id, shop_id]);
    expect(told.filter(([refundId]) => refundId !== null)).toEqual([]);
    expect(told.filter(([, shopId]) => shopId !== null)).toHaveLength(2);
    expect(await db.selectFrom('price_protections').selectAll().execute()).toEqual(before);
  });
});
