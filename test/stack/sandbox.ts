import { beforeAll, expect, test } from '@jest/globals';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import { play } from '../../client/recipes/play-in-sandbox.ts';
import { claimDamage } from '../../client/recipes/reject-with-evidence.ts';
import { connect } from '../../client/src/index.ts';
import { openShopClient, type ShopClient } from '../../dev/demo/shop-client.ts';
import { waitFor } from '../../dev/waiting.ts';
import { callControl } from '../../simulators/control/call.ts';
import type { Call } from '../../simulators/stage.ts';
import { runCommandLine } from '../support/built-product.ts';
import type { RunningStack } from '../support/running-stack.ts';
import { type Sandbox, SANDBOX_SHOP } from '../support/sandbox.ts';
import { PNG } from '../../api/files/sample-files.ts';

/** One shop of the sandbox beside a real one (whose parties are the stack's own simulators), over real HTTP, all processes running. */
const LIMIT_MS = 30_000;
const PATROL_AGAIN_MS = 4_000;
/** Equal numbers in both worlds: the worst that can happen. */
const WAYBILL = '73999912345678';

/** A shop of the sandbox in the stack, whose own simulators are the real world here. */
export function sandboxTests(hereIs: () => RunningStack, sandboxIs: () => Sandbox, dataKey: string): void {
  let stack: RunningStack;
  let sandbox: Sandbox;
  let shop: ShopClient;
  let key: string;

  beforeAll(async () => {
    [stack, sandbox] = [hereIs(), sandboxIs()];
    sandbox.simulators.world.settings.webhookBase = `${new URL(stack.addresses.api).origin}/sandbox`;
    const environment = { DATABASE_URL: stack.addresses.databaseUrl, DATA_KEY: dataKey, ...sandbox.variables };
    const { shopId, name, accessToken, refreshToken } = SANDBOX_SHOP;
    const tokens = ['--kuaishou-token', accessToken, '--kuaishou-refresh-token', refreshToken];
    await runCommandLine('shops', ['create', '--shop', shopId, '--name', name, ...tokens, '--world', 'SANDBOX'], environment);
    const made = await runCommandLine('keys', ['create', '--shop', shopId, '--scopes', 'admin'], environment);
    key = made.trim().split('\n').at(-1) ?? '';
    shop = openShopClient(new URL(stack.addresses.api).origin, key, sandbox.simulators.url);
  }, 60_000);

  test('a shop of the sandbox is set up as every shop is', async () => {
    expect((await shop.ask('POST', '/service/open', { agreementVersion: '2026-01', agree: true, signedBy: '张三' })).body).toMatchObject({
      status: 'OPEN',
      sandbox: true,
    });
    const { body: outlets } = await shop.ask<{ items: { carrier: string; outletCode: string }[] }>('GET', '/outlets?limit=200');
    expect(new Set(outlets.items.map(({ carrier }) => carrier))).toEqual(new Set(['ZTO', 'YTO', 'STO', 'JT', 'JD']));
    const outlet = outlets.items.find(({ carrier }) => carrier === 'ZTO');
    const { body: ordered } = await shop.ask<{ subscriptionId: string }>('POST', '/outlet-subscriptions', {
      carrier: 'ZTO',
      outletCode: outlet?.outletCode,
    });
    const reviewed = await shop.ask('POST', `/outlet-subscriptions/${ordered.subscriptionId}/review`, { decision: 'APPROVE' });
    expect(reviewed).toMatchObject({ status: 200, body: { carrier: 'ZTO', status: 'ACTIVE' } });
  });

  test('a shop of the sandbox intercepts at the simulated carrier and is paid by the simulated platform, once', async () => {
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

  test('a shop of the sandbox is played with by a backend as the recipe does, which stops at a real shop', async () => {
    const origin = new URL(stack.addresses.api).origin;
    const { interceptId, carrier } = await play(
      connect({ baseUrl: origin, key }),
      sandbox.simulators.url,
      SANDBOX_SHOP.shopId,
      'RETURN_LOST',
    );
    expect(carrier).toBe('ZTO');
    await shop.until(interceptId, ({ returnFailure }) => returnFailure === 'LOST', LIMIT_MS);
    const refunds = Object.keys(sandbox.simulators.world.state.refunds).length;
    const real = connect({ baseUrl: origin, key: stack.addresses.demoApiKey ?? '' });
    await expect(play(real, sandbox.simulators.url, SANDBOX_SHOP.shopId, 'SUCCEEDS')).rejects.toThrow('is a real one');
    expect(Object.keys(sandbox.simulators.world.state.refunds)).toHaveLength(refunds);
  });

  test('a shop of the sandbox is served by every process from its own world, as a real shop is from the real one', async () => {
    const origin = new URL(stack.addresses.api).origin;
    const realUrl = new URL(stack.addresses.simulators ?? '').origin;
    const players = [
      { shop, key, url: sandbox.simulators.url },
      { shop: stack.shop, key: stack.addresses.demoApiKey ?? '', url: realUrl },
    ];
    const ids = await Promise.all(players.map((player) => playThrough(player, origin)));
    const connection = await Connection.connect({ address: stack.addresses.temporal ?? '' });
    const patrol = new Client({ connection }).schedule.getHandle('patrol');
    let triggeredAt = 0;
    const journals = async () => Promise.all(players.map(({ url }) => callsAt(url)));
    // A round passes over what was asked about just now: the next one finds it.
    const all = async () => {
      if (Date.now() - triggeredAt > PATROL_AGAIN_MS) {
        triggeredAt = Date.now();
        await patrol.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
      }
      return (await journals()).every((calls) => EVERY_KIND.every((kind) => calls.some(({ api }) => api === kind)));
    };
    const wasAsked = await waitFor(all, 3 * LIMIT_MS);
    await connection.close();
    const [ofSandbox = [], ofReal = []] = await journals();
    const missing = (calls: Call[]) => EVERY_KIND.filter((kind) => !calls.some(({ api }) => api === kind));
    expect({ wasAsked, sandbox: missing(ofSandbox), real: missing(ofReal) }).toEqual({ wasAsked: true, sandbox: [], real: [] });
    const [sandboxIds = [], realIds = []] = ids;
    const naming = (calls: Call[], foreign: string[]) =>
      calls.filter((call) => foreign.some((id) => decodeURIComponent(`${call.path} ${call.body}`.replaceAll('+', ' ')).includes(id)));
    expect(naming(ofSandbox, realIds)).toEqual([]);
    expect(naming(ofReal, sandboxIds)).toEqual([]);
    expect(naming(ofReal, realIds)).not.toHaveLength(0);
  }, 180_000);
}

/** What the activities and the API ask outside, by the parties' own names. */
const EVERY_KIND = [
  'thirdcenter.createIntercept',
  'thirdcenter.queryInterceptAndReturnStatus',
  'zto.merchant.waybill.track.query',
  'zto.merchant.waybill.track.subsrcibe',
  'zto.open.merchant.incident.create',
  'open.seller.order.refund.detail',
  'open.seller.order.refund.pcursor.list',
  'open.seller.order.refund.approve',
  'open.seller.order.refund.disagree.refund',
  'open.refund.reject.reason',
  'open.order.detail',
  'open.express.subscribe.query',
  'open.express.reachable.query',
  'oauth2.refresh_token',
];

async function callsAt(url: string): Promise<Call[]> {
  return (await callControl<{ items: Call[] }>(url, 'GET', '/sim/calls')).items;
}

/** A success with damage and a claim, a failure and a rejection, an approval without a result, a new token: the ids of all of it. */
async function playThrough(player: { shop: ShopClient; key: string; url: string }, origin: string): Promise<string[]> {
  await callControl(player.url, 'POST', '/sim/tokens/expire', { which: 'access' });
  const begin = async (onIntercept: string) => {
    const seeded = await player.shop.seed({ carrier: 'ZTO', refundFeeFen: 4_990, parcel: { onIntercept } });
    return { ...seeded, ...(await player.shop.create(seeded.refundId)) };
  };
  const [damaged, failed, approved, silent] = [
    await begin('RETURN_DAMAGED'),
    await begin('FAILS'),
    await begin('SILENT'),
    await begin('SILENT'),
  ];
  await player.shop.act(approved.interceptId, 'approve-refund');
  await player.shop.until(approved.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', LIMIT_MS);
  await player.shop.until(failed.interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED', LIMIT_MS);
  await player.shop.call('GET', `/intercepts/${failed.interceptId}/reject-reasons`);
  await player.shop.act(failed.interceptId, 'reject-refund', { reason: '1002', description: '包裹已派送给买家' });
  await player.shop.until(damaged.interceptId, ({ returnFailure }) => returnFailure === 'DAMAGED', LIMIT_MS);
  const goods = [{ name: '拖鞋', quantity: 1, specification: '均码', valueFen: 4_990 }];
  const photo = new File([PNG], '破损.png', { type: 'image/png' });
  await claimDamage(connect({ baseUrl: origin, key: player.key }), damaged.interceptId, {
    photos: [photo],
    goods,
    contactPhone: '13800001234',
  });
  return [damaged, failed, approved, silent].flatMap(({ refundId, waybillNo }) => [refundId, waybillNo]);
}
