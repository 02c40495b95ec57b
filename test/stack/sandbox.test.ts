import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openShopClient, type ShopClient } from '../../dev/demo/shop-client.ts';
import { runCommandLine } from '../support/built-product.ts';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';
import { type Sandbox, SANDBOX_SHOP, startSandbox } from '../support/sandbox.ts';

/** One shop of the sandbox beside a real one (whose parties are the stack's own simulators), over real HTTP, all processes running. */
const LIMIT_MS = 30_000;
const DATA_KEY = Buffer.alloc(32, 5).toString('base64');
/** Equal numbers in both worlds: the worst that can happen. */
const WAYBILL = '73999912345678';

let sandbox: Sandbox;
let stack: RunningStack;
let shop: ShopClient;

beforeAll(async () => {
  sandbox = await startSandbox({ paceMs: 300, paymentDelayMs: 200 });
  stack = await startRunningStack({ CREATE_WAIT: '2s', DATA_KEY, ...sandbox.variables });
  sandbox.simulators.world.settings.webhookBase = `${new URL(stack.addresses.api).origin}/sandbox`;
  const environment = { DATABASE_URL: stack.addresses.databaseUrl, DATA_KEY, ...sandbox.variables };
  const { shopId, name, accessToken, refreshToken } = SANDBOX_SHOP;
  const tokens = ['--kuaishou-token', accessToken, '--kuaishou-refresh-token', refreshToken];
  await runCommandLine('shops', ['create', '--shop', shopId, '--name', name, ...tokens, '--world', 'SANDBOX'], environment);
  const key = (await runCommandLine('keys', ['create', '--shop', shopId, '--scopes', 'admin'], environment)).trim().split('\n').at(-1);
  shop = openShopClient(new URL(stack.addresses.api).origin, key ?? '', sandbox.simulators.url);
}, 120_000);
afterAll(async () => {
  await stack.remove();
  await sandbox.simulators.close();
}, 60_000);

describe('a shop of the sandbox', () => {
  test('is set up as every shop is', async () => {
    expect((await shop.call('POST', '/service/open', { agreementVersion: '2026-01', agree: true, signedBy: '张三' })).body).toMatchObject({
      status: 'OPEN',
      sandbox: true,
    });
    const { body: outlets } = await shop.call<{ items: { carrier: string; outletCode: string }[] }>('GET', '/outlets?limit=200');
    expect(new Set(outlets.items.map(({ carrier }) => carrier))).toEqual(new Set(['ZTO', 'YTO', 'STO', 'JT', 'JD']));
    const outlet = outlets.items.find(({ carrier }) => carrier === 'ZTO');
    const { body: ordered } = await shop.call<{ subscriptionId: string }>('POST', '/outlet-subscriptions', {
      carrier: 'ZTO',
      outletCode: outlet?.outletCode,
    });
    const reviewed = await shop.call('POST', `/outlet-subscriptions/${ordered.subscriptionId}/review`, { decision: 'APPROVE' });
    expect(reviewed).toMatchObject({ status: 200, body: { carrier: 'ZTO', status: 'ACTIVE' } });
  });

  test('intercepts at the simulated carrier and is paid by the simulated platform, once', async () => {
    const { refundId } = await shop.seed({ carrier: 'ZTO', refundFeeFen: 4_990, parcel: { waybillNo: WAYBILL, onIntercept: 'SUCCEEDS' } });
    const real = await stack.shop.seed({ carrier: 'ZTO', refundFeeFen: 4_990, parcel: { waybillNo: WAYBILL, onIntercept: 'SILENT' } });
    const silent = await stack.shop.create(real.refundId);
    const { interceptId } = await shop.create(refundId);
    const ended = await shop.until(
      interceptId,
      ({ returnStatus, refundStatus }) => returnStatus === 'RETURN_SIGNED' && refundStatus === 'REFUNDED',
      LIMIT_MS,
    );
    expect(ended).toMatchObject({ carrier: 'ZTO', interceptStatus: 'SUCCEEDED', refundCause: 'INTERCEPT_SUCCEEDED' });
    expect(await shop.paymentsOf(refundId)).toBe(1);
    expect(await stack.shop.get(silent.interceptId)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
  });
});
