import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../dev/waiting.ts';
import { openLookup } from './lookup.ts';
import { openStateFile } from './state-file.ts';
import { callPlatform, callZto, control, seed } from './testing/callers.ts';
import { type Simulators, startSimulators } from './world.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const approve = (refundId: string) => `{"refundId":${refundId},"status":10,"negotiateStatus":1,"refundAmount":8990,"refundHandingWay":10}`;
const intercept = (billCode: string, requestId = 'R1') => ({ billCode, requestId, thirdBizNo: 'B1', destinationType: 1 });
const claim = (billCode: string) => ({
  traceId: 'C1',
  customer: { name: '店' },
  incident: { billCode, type: 'lose-claim' },
  extraInfo: { expectedCompensationAmount: 89 },
});

type Seeded = Awaited<ReturnType<typeof seed>>;
type Deed = (sim: Simulators, one: Seeded) => Promise<unknown>;

const DEEDS: Record<string, Deed> = {
  'a refund is seeded with an order and a parcel of its own': (sim) =>
    seed(sim, { order: { orderId: '7' }, parcel: { forward: 'CRAWLS' } }),
  'a parcel without a scan is seeded': (sim) => seed(sim, { parcel: { scans: [] } }),
  'a parcel that somebody else has intercepted is seeded': (sim) => seed(sim, { parcel: { intercepted: true, scans: [] } }),
  'a request joins that of somebody else': async (sim) => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { intercepted: true, onIntercept: 'SILENT' } });
    await sim.world.saved();
    await callZto(sim, 'thirdcenter.createIntercept', intercept(waybillNo));
  },
  'the scans of a parcel are subscribed': (sim, { waybillNo }) =>
    callZto(sim, 'zto.merchant.waybill.track.subsrcibe', { billCode: waybillNo }),
  'a refund changes, and its order': (sim, { refundId }) =>
    control(sim, 'POST', `/refunds/${refundId}`, { status: 50, orderStatus: 50, expireAt: 5 }),
  'a refund is withdrawn': (sim, { refundId }) => control(sim, 'POST', `/refunds/${refundId}`, { withdrawn: true }),
  'a parcel changes': (sim, { waybillNo }) =>
    control(sim, 'POST', `/parcels/${waybillNo}`, { forward: 'DELIVERS', refusal: { message: '不拦' } }),
  'a parcel is scanned': (sim, { waybillNo }) => control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'PROBLEM' }),
  'a shop gets new tokens': (sim) => control(sim, 'POST', '/shops', { shopId: '1', accessToken: 'at-new', refreshToken: 'rt-new' }),
  'tokens expire': (sim) => control(sim, 'POST', '/tokens/expire', { which: 'both' }),
  'tokens are refreshed': (sim) =>
    fetch(`${sim.urls.KUAISHOU_URL}/oauth2/refresh_token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'rt-1',
        app_id: sim.credentials.KUAISHOU_APP_KEY ?? '',
        app_secret: sim.credentials.KUAISHOU_APP_SECRET ?? '',
      }),
    }),
  'faults are armed, strike and are disarmed': async (sim, { refundId }) => {
    for (const times of [1, 5, undefined, undefined]) await control(sim, 'POST', '/faults', { party: 'KUAISHOU', kind: 'refuse', times });
    for (let call = 0; call < 3; call += 1) await callPlatform(sim, 'open.seller.order.refund.approve', approve(refundId));
    await control(sim, 'DELETE', `/faults/${Object.keys(sim.world.state.faults).at(-1) ?? ''}`);
  },
  'a payment is taken and settled': (sim, { refundId }) => callPlatform(sim, 'open.seller.order.refund.approve', approve(refundId)),
  'a refund is rejected': (sim, { refundId }) =>
    callPlatform(
      sim,
      'open.seller.order.refund.disagree.refund',
      `{"refundId":${refundId},"status":10,"negotiateStatus":1,"sellerDisagreeReason":1002}`,
    ),
  'arbitration is asked for': (sim, { refundId }) =>
    callPlatform(sim, 'open.seller.order.refund.apply.entry', `{"refundId":${refundId},"status":10,"negotiateStatus":1,"desc":"x"}`),
  'a parcel is stopped and comes home': (sim, { waybillNo }) => callZto(sim, 'thirdcenter.createIntercept', intercept(waybillNo)),
  'the status of an intercept changes without a scan': async (sim, { waybillNo }) => {
    await control(sim, 'POST', `/parcels/${waybillNo}`, { onIntercept: 'STATUS_FAILS' });
    await callZto(sim, 'thirdcenter.createIntercept', intercept(waybillNo));
  },
  'a request is refused': async (sim, { waybillNo }) => {
    await control(sim, 'POST', `/parcels/${waybillNo}`, { onIntercept: 'REFUSES_ONCE' });
    await callZto(sim, 'thirdcenter.createIntercept', intercept(waybillNo));
  },
  'a claim is opened and decided': (sim, { waybillNo }) => callZto(sim, 'zto.open.merchant.incident.create', claim(waybillNo)),
};

describe('everything that happened is there after a restart', () => {
  const HOUR_MS = 3_600_000;
  const deeds = Object.entries(DEEDS).flatMap(([name, deed]) => [
    { name, paceMs: HOUR_MS, until: 'at once', deed },
    { name, paceMs: 1, until: 'when all that follows has happened', deed },
  ]);

  test.each(deeds)('$name: stopped $until', async ({ name, paceMs, deed }) => {
    const stateFile = join(folder, `${name} ${paceMs}.json`);
    const sim = await startSimulators({ stateFile, demo: false, paceMs, paymentDelayMs: paceMs });
    await control(sim, 'POST', '/shops', { shopId: '1', accessToken: 'at-1', refreshToken: 'rt-1' });
    const one = await seed(sim, { carrier: 'ZTO' });
    const before = JSON.stringify(sim.world.state);
    await deed(sim, one);
    const isQuiet = async () => Object.values(sim.world.state.tasks).every(({ dueAt }) => dueAt > Date.now() + HOUR_MS / 2);
    expect(await waitFor(isQuiet, 10_000)).toBe(true);
    await sim.close();

    expect(JSON.stringify(sim.world.state)).not.toBe(before);
    const { state } = await openStateFile(stateFile, () => {});
    expect(state).toEqual(sim.world.state);
    // Nor may the ways to find a record depend on when it came.
    const found = openLookup(state);
    expect(found.refundsOfShop('1')).toEqual(sim.world.lookup.refundsOfShop('1'));
    expect(found.refundsOfOrder(one.orderId)).toEqual(sim.world.lookup.refundsOfOrder(one.orderId));
    expect(found.payments()).toEqual(sim.world.lookup.payments());
    expect(found.paymentsOfRefund(one.refundId)).toEqual(sim.world.lookup.paymentsOfRefund(one.refundId));
    for (const { waybillNo } of Object.values(state.parcels))
      expect(found.tasksOfParcel(waybillNo)).toEqual(sim.world.lookup.tasksOfParcel(waybillNo));
    expect(found.incidentOfTrace('C1')).toBe(sim.world.lookup.incidentOfTrace('C1'));
    for (const { access, refresh, olderAccess, discardedRefreshTokens } of Object.values(state.shops)) {
      const tokens = [access, refresh, ...olderAccess].map(({ token }) => token);
      for (const token of [...tokens, ...discardedRefreshTokens]) expect(found.shopOfToken(token)?.shopId).toBe('1');
    }
  });
});
