import { get } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callPlatform, control, seed } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000, paymentDelayMs: 60_000 });
});
afterAll(() => sim.close());

describe('seeding', () => {
  test('everything can be said, and is shown', async () => {
    const { refundId, waybillNo } = await seed(sim, {
      refundId: '123',
      carrier: 'STO',
      refundFeeFen: 49_999,
      receiptStatus: 2,
      order: { orderId: '456', paidFen: 60_000, coType: 2 },
      parcel: {
        waybillNo: '770000000000123',
        outletCode: 'X1',
        outletName: '某公司',
        scans: [{ event: 'PICKED_UP', occurredAt: '2026-01-02T03:04:05Z' }],
      },
    });
    expect([refundId, waybillNo]).toEqual(['123', '770000000000123']);
    expect((await control(sim, 'GET', '/refunds/123')).json).toMatchObject({
      orderId: '456',
      refundFeeFen: 49_999,
      receiptStatus: 2,
      carrier: 'STO',
    });
    expect((await control(sim, 'GET', `/parcels/${waybillNo}`)).json).toMatchObject({
      scans: [{ event: 'PICKED_UP', occurredAt: '2026-01-02T03:04:05.000Z', station: { code: 'X1', name: '某公司' } }],
    });
  });

  test('a waybill may be shared by several refunds', async () => {
    const first = await seed(sim, { carrier: 'JT' });
    const second = await seed(sim, { carrier: 'JT', parcel: { waybillNo: first.waybillNo } });
    expect(second.waybillNo).toBe(first.waybillNo);
    expect(second.orderId).not.toBe(first.orderId);
    expect((await control(sim, 'POST', '/refunds', { carrier: 'ZTO', parcel: { waybillNo: first.waybillNo } })).status).toBe(400);
  });

  test.each([
    ['an unknown field', { bogus: 1 }],
    ['a number in a string', { refundFeeFen: '8990' }],
    ['an unknown script', { parcel: { onIntercept: 'EXPLODES' } }],
    ['an unknown shop', { shopId: '5' }],
    ['no instant', { createdAt: 'a long long time ago' }],
  ])('%s is refused', async (_name, body) => {
    const { status, json } = await control(sim, 'POST', '/refunds', body);
    expect(status).toBe(400);
    expect(json.error).toEqual(expect.any(String));
  });

  test('a refund is seeded once', async () => {
    const { refundId } = await seed(sim);
    expect((await control(sim, 'POST', '/refunds', { refundId })).status).toBe(400);
  });

  test('what does not exist is 404', async () => {
    expect((await control(sim, 'GET', '/refunds/404')).status).toBe(404);
    expect((await control(sim, 'POST', '/parcels/404/scan', { event: 'SIGNED' })).status).toBe(404);
  });
});

describe('changes', () => {
  test('each change gives the refund a new version', async () => {
    const { refundId } = await seed(sim);
    const version = async () => (await control(sim, 'GET', `/refunds/${refundId}`)).json.updatedAt as number;
    const before = await version();
    await control(sim, 'POST', `/refunds/${refundId}`, { refundFeeFen: 9_990, orderStatus: 50 });
    const between = await version();
    await control(sim, 'POST', `/refunds/${refundId}`, { status: 20 });
    expect(between).toBeGreaterThan(before);
    expect(await version()).toBeGreaterThan(between);
    expect((await control(sim, 'GET', `/refunds/${refundId}`)).json).toMatchObject({
      refundFeeFen: 9_990,
      status: 20,
      orderStatus: 50,
      endedAt: null,
    });
  });

  test('a verdict ends the refund', async () => {
    const { refundId } = await seed(sim, { status: 20 });
    await control(sim, 'POST', `/refunds/${refundId}`, { status: 60 });
    expect((await control(sim, 'GET', `/refunds/${refundId}`)).json).toMatchObject({ status: 60, endedAt: expect.any(Number) });
  });

  test('the script of a parcel can be changed', async () => {
    const { waybillNo } = await seed(sim);
    const { json } = await control(sim, 'POST', `/parcels/${waybillNo}`, {
      onIntercept: 'REFUSES',
      refusal: { code: 'E23111', message: '时效件，无法拦截' },
    });
    expect(json).toMatchObject({ onIntercept: 'REFUSES', refusal: { code: 'E23111' } });
  });
});

test('the URLs among the credentials are at the address by which the asker found the simulators', async () => {
  const port = Number(new URL(sim.url).port);
  const env = await new Promise<Record<string, string>>((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path: '/sim/credentials', headers: { host: 'sandbox:8090' } }, (answer) => {
      readJson(answer).then((body) => resolve((body as { env: Record<string, string> }).env), reject);
    });
    asked.on('error', reject);
  });
  expect(env).toMatchObject({ ZTO_URL: 'http://sandbox:8090/zto', KUAISHOU_URL: 'http://sandbox:8090/kuaishou' });
});

test('credentials are all the product needs, and they work', async () => {
  const { json } = await control(sim, 'GET', '/credentials');
  const { env, demoShop } = json as { env: Record<string, string>; demoShop: Record<string, unknown> };
  expect(env).toEqual(sim.credentials);
  const elsewhere = new URL('/sim/credentials', sim.url.replace('127.0.0.1', 'localhost'));
  expect(((await (await fetch(elsewhere)).json()) as { env: object }).env).toMatchObject({ ZTO_URL: `${elsewhere.origin}/zto` });
  expect(Object.keys(env).toSorted()).toEqual(
    'JD_ACCESS_TOKEN JD_APP_KEY JD_APP_SECRET JD_CUSTOMER_CODE JD_URL JT_API_ACCOUNT JT_PRIVATE_KEY JT_URL KUAISHOU_APP_KEY KUAISHOU_APP_SECRET KUAISHOU_MESSAGE_KEY KUAISHOU_SIGN_SECRET KUAISHOU_URL STO_FROM_APPKEY STO_FROM_CODE STO_SECRET STO_URL YTO_APP_KEY YTO_CLIENT_ID YTO_SECRET YTO_URL YTO_URL_KEY ZTO_APP_KEY ZTO_APP_SECRET ZTO_URL'.split(
      ' ',
    ),
  );
  expect(Buffer.from(env.KUAISHOU_MESSAGE_KEY ?? '', 'base64')).toHaveLength(16);
  const answer = await callPlatform(sim, 'open.express.subscribe.query', '{"expressCompanyCode":"ZTO"}', {
    accessToken: String(demoShop.accessToken),
  });
  const offered = (answer.json.data as { netSiteCode: string }[]).map((outlet) => outlet.netSiteCode);
  const told = (demoShop.outlets as { carrier: string; outletCode: string }[])
    .filter((outlet) => outlet.carrier === 'ZTO')
    .map((outlet) => outlet.outletCode);
  expect(offered).toEqual(told);
});

test('every party is named as the page shows it', async () => {
  const { json } = await control(sim, 'GET', '/parties');
  expect(json).toEqual({ ZTO: '中通快递', YTO: '圆通速递', STO: '申通快递', JT: '极兔速递', JD: '京东物流', KUAISHOU: '平台' });
});

test('the page needs nothing from elsewhere', async () => {
  const response = await fetch(`${sim.url}/sim`);
  const html = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(html).toContain('模拟世界');
  expect(html).not.toMatch(/(?:src|href)=|https?:\/\//);
});
