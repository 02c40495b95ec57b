import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callPlatform } from './testing/callers.ts';
import { DEMO_SHOP, startSimulators } from './world.ts';
import type { Simulators } from './world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators();
});
afterAll(() => sim.close());

const refunds = () => Object.values(sim.world.state.refunds);

describe('the demo', () => {
  test.each(['ZTO', 'YTO', 'STO', 'JT'])('%s has a success, a failure and a silence that nothing stands in the way of', (carrier) => {
    const scripts = refunds()
      .filter((refund) => refund.status === 10 && refund.refundFeeFen < 50_000 && !refund.demo?.startsWith('不可拦截'))
      .map((refund) => sim.world.state.parcels[sim.world.state.orders[refund.orderId]?.parcels[0]?.waybillNo ?? ''])
      .filter((parcel) => parcel?.carrier === carrier && parcel.scans.at(-1)?.event === 'ARRIVED')
      .map((parcel) => parcel?.onIntercept);
    expect(scripts).toEqual(['SUCCEEDS', 'FAILS', 'SILENT']);
  });

  test('at least eight kinds that cannot be intercepted, each told apart', () => {
    const kinds = refunds()
      .map((refund) => refund.demo ?? '')
      .filter((demo) => demo.startsWith('不可拦截'));
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(8);
  });

  test('all of it is in the list of the platform', async () => {
    const now = Date.now();
    const param = JSON.stringify({
      beginTime: now - 80_000_000,
      endTime: now,
      type: 9,
      queryType: 1,
      pageSize: 100,
      currentPage: 1,
      pcursor: '',
    });
    const { json } = await callPlatform(sim, 'open.seller.order.refund.pcursor.list', param, { accessToken: DEMO_SHOP.accessToken });
    expect(json.data).toMatchObject({ totalCount: refunds().length, pcursor: 'nomore' });
  });

  test('waybills have the shapes of their carriers', () => {
    const shapes: Record<string, RegExp> = { ZTO: /^73\d{12}$/, YTO: /^YT\d{13}$/, STO: /^77\d{13}$/, JT: /^JT\d{13}$/ };
    for (const parcel of Object.values(sim.world.state.parcels)) expect(parcel.waybillNo).toMatch(shapes[parcel.carrier] ?? /^$/);
  });
});
