import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { callJd, callJt, callPlatform, callSto, callYto, callZto, control, seed } from './testing/callers.ts';
import { startSimulators } from './world.ts';
import type { Simulators } from './world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
});
afterAll(() => sim.close());
afterEach(() => control(sim, 'DELETE', '/faults'));

const arm = (fault: Record<string, unknown>) => control(sim, 'POST', '/faults', fault);
const ask = (waybillNo: string) =>
  callZto(sim, 'thirdcenter.createIntercept', { billCode: waybillNo, requestId: waybillNo, thirdBizNo: '1', destinationType: 2 });

test('a gateway error comes under HTTP 200 in each party own form', async () => {
  for (const party of ['ZTO', 'YTO', 'STO', 'JT', 'JD', 'KUAISHOU']) await arm({ party, kind: 'error-200' });
  const answers = await Promise.all([
    callZto(sim, 'thirdcenter.createIntercept', {}),
    callYto(sim, 'wanted_report_adapter', {}),
    callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', {}),
    callJt(sim, 'waybill/intercept', {}),
    callJd(sim, '/ecap/v1/orders/cancel', [{}]),
    callPlatform(sim, 'open.seller.order.refund.detail', '{}'),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(answers.map((answer) => answer.json)).toMatchObject([
    { status: false, statusCode: 'S202' },
    { success: false, code: 500 },
    { success: 'false', errorCode: '009', needRetry: 'true' },
    { code: '145003040' },
    { error_response: { code: 1, zh_desc: '服务不可用' } },
    { result: 1017, error_msg: expect.stringContaining('Exceed qps limit') },
  ]);
});

test('STO and YTO also fail in XML', async () => {
  for (const party of ['YTO', 'STO', 'JT']) await arm({ party, kind: 'error-xml' });
  expect((await callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', {})).text).toBe(
    '<response><success>false</success><errorCode>009</errorCode><errorMsg>系统繁忙</errorMsg><needRetry>true</needRetry></response>',
  );
  expect((await callYto(sim, 'wanted_report_adapter', {})).text).toMatch(/^<Response><success>false<\/success>.*<reason>/);
  expect((await callJt(sim, 'waybill/intercept', {})).json.code).toBe('145003040');
});

test('a refusal is of the business kind, with the code asked for', async () => {
  await arm({ party: 'ZTO', kind: 'refuse', code: 'E23111', message: '时效件，无法拦截' });
  await arm({ party: 'YTO', kind: 'refuse', message: '网点不支持拦截' });
  await arm({ party: 'STO', kind: 'refuse' });
  await arm({ party: 'JT', kind: 'refuse' });
  await arm({ party: 'KUAISHOU', kind: 'refuse', code: '300018' });
  expect((await ask('1')).json).toMatchObject({ status: false, statusCode: 'E23111', message: '时效件，无法拦截' });
  expect((await callYto(sim, 'wanted_report_adapter', {})).json).toEqual({ statusCode: 1, statusMessage: '网点不支持拦截' });
  expect((await callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'x', {})).json).toMatchObject({ success: 'false', errorCode: 'INTERCEPT_RULE' });
  expect((await callJt(sim, 'waybill/intercept', {})).json.code).toBe('145003208');
  expect((await callPlatform(sim, 'open.order.detail', '{}')).json).toMatchObject({ result: 300018, error_msg: '当前退款状态不可操作' });
});

describe('faults of transport', () => {
  test('an accepted call whose answer never comes was accepted all the same', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    await arm({ party: 'ZTO', kind: 'timeout-after-accepting', times: 1, delayMs: 20 });
    await expect(ask(waybillNo)).rejects.toThrow('fetch failed');
    expect(sim.world.state.parcels[waybillNo]?.intercept).toMatchObject({ status: 'INTERCEPTING' });
    expect((await ask(waybillNo)).json).toMatchObject({ status: true });
  });

  test('a hanging call and a cut line leave nothing behind', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    await arm({ party: 'ZTO', kind: 'hang', times: 1, delayMs: 20 });
    await expect(ask(waybillNo)).rejects.toThrow('fetch failed');
    await arm({ party: 'ZTO', kind: 'down', times: 1 });
    await expect(ask(waybillNo)).rejects.toThrow('fetch failed');
    expect(sim.world.state.parcels[waybillNo]?.intercept).toBeNull();
  });

  test('500, broken JSON, slow', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    await arm({ party: 'ZTO', kind: 'http-500', times: 1 });
    expect((await ask(waybillNo)).status).toBe(500);
    await arm({ party: 'ZTO', kind: 'bad-json', times: 1 });
    const broken = await ask(waybillNo);
    expect([broken.status, broken.json]).toEqual([200, null]);
    await arm({ party: 'ZTO', kind: 'slow', times: 1, delayMs: 60 });
    const started = performance.now();
    expect((await ask(waybillNo)).json.status).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  test('strikes as often as told, only the API named, and can be taken back', async () => {
    await arm({ party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'http-500', times: 2 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await ask('1')).status);
    expect(statuses).toEqual([500, 500, 200]);
    const { json } = await arm({ party: 'ZTO', api: 'zto.merchant.waybill.track.query', kind: 'http-500' });
    expect((await ask('1')).status).toBe(200);
    expect((await callZto(sim, 'zto.merchant.waybill.track.query', { billCode: '1' })).status).toBe(500);
    await control(sim, 'DELETE', `/faults/${String(json.faultId)}`);
    expect((await callZto(sim, 'zto.merchant.waybill.track.query', { billCode: '1' })).status).toBe(200);
  });
});

test('a payment call kept from being looked at stands in the book', async () => {
  const { refundId } = await seed(sim);
  await arm({ party: 'KUAISHOU', api: 'open.seller.order.refund.approve', kind: 'down', times: 1 });
  await expect(callPlatform(sim, 'open.seller.order.refund.approve', `{"refundId":${refundId},"refundAmount":5}`)).rejects.toThrow(
    'fetch failed',
  );
  const { json } = await control(sim, 'GET', `/payments?refundId=${refundId}`);
  expect(json.items).toMatchObject([{ refundId, amountFen: 5, applied: false, code: 'fault:down' }]);
});

test('every call is written down with its answer', async () => {
  await control(sim, 'DELETE', '/calls');
  await ask('73000000000009');
  const { json } = await control(sim, 'GET', '/calls?party=ZTO&api=thirdcenter.createIntercept');
  expect(json.items).toMatchObject([
    {
      party: 'ZTO',
      method: 'POST',
      outcome: 'answered',
      body: expect.stringContaining('73000000000009'),
      answer: expect.stringContaining('E23102'),
    },
  ]);
});
