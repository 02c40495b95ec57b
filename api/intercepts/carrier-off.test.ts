import { expect, test } from '@jest/globals';
import { connectCarriers } from '../../carriers/index.ts';
import { openService } from '../../store/service-agreements.ts';
import { signedIn } from '../console/test-console.ts';
import { openTestApi, type TestApi } from '../test-api.ts';

async function previewJd(api: TestApi) {
  await openService(api.deps.db, { shopId: api.shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const { refundId } = await api.seedRefund({ carrier: 'JD' });
  const { body } = await api.call('POST', '/v1/intercepts/preview', { refundId });
  const { body: outlets } = await api.call('GET', '/v1/outlets?limit=200');
  const push = await api.call('POST', '/webhooks/carriers/jd/track', { waybillCode: 'JDVA1', state: '200020' });
  const viewer = await signedIn(api.app, api.deps, api.shopId, '看客', 'VIEWER');
  const { carriers: offered } = (await viewer.call('GET', '/console/api/config')).body;
  return { body, offered, carriers: new Set(outlets.items.map(({ carrier }: { carrier: string }) => carrier)), pushStatus: push.status };
}

test('a carrier that is off by default supports intercepts once it is connected; its pushes are never believed', async () => {
  const api = await openTestApi();
  try {
    const { body, offered, carriers, pushStatus } = await previewJd(api);
    expect(body).toMatchObject({ eligible: true, reasons: [], parcel: { carrier: 'JD' }, lastTrackEvent: { event: 'ARRIVED' } });
    expect(carriers).toContain('JD');
    expect(offered).toEqual(['ZTO', 'YTO', 'STO', 'JT', 'JD']);
    expect(pushStatus).toBe(401);
  } finally {
    await api.close();
  }
});

test('left off, its parcels are of a carrier that does not support intercepts, and it has no outlets and no route', async () => {
  const whole = await openTestApi();
  const { JD: _off, ...settings } = whole.deps.config.carriers;
  await whole.close();
  const api = await openTestApi({ carriers: connectCarriers(settings) });
  try {
    const { body, offered, carriers, pushStatus } = await previewJd(api);
    expect(body).toMatchObject({ eligible: false, reasons: [{ code: 'CARRIER_NOT_SUPPORTED' }], parcel: { carrier: null } });
    expect(carriers).not.toContain('JD');
    expect(offered).toEqual(['ZTO', 'YTO', 'STO', 'JT']);
    expect(pushStatus).toBe(404);
    const outlet = { carrier: 'JD', outletCode: '75500' };
    const subscribed = await api.call('POST', '/v1/outlet-subscriptions', outlet);
    const named = await api.call('POST', '/v1/waybills', { items: [{ ...outlet, waybillNo: 'JDVA00000000001' }] });
    for (const { body: refused } of [subscribed, named]) expect(refused).toMatchObject({ status: 422, code: 'OUTLET_NOT_COOPERATING' });
  } finally {
    await api.close();
  }
});
