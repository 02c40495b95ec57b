import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callJd, control, jdRequest, seed } from '../testing/callers.ts';
import { startReceiver } from '../testing/receiver.ts';
import type { Receiver } from '../testing/receiver.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  sim = await startSimulators({ webhookBase: receiver.url, paceMs: 60_000 });
});
afterAll(async () => {
  await sim.close();
  await receiver.close();
});

const CANCEL = '/ecap/v1/orders/cancel';
const TRACE = '/ecap/v1/orders/trace/query';
const stop = { cancelReason: '退', cancelReasonCode: '1', cancelType: 1 };
const ask = (waybillNo: string, more: Record<string, unknown> = stop) => callJd(sim, CANCEL, [jdRequest(sim, waybillNo, more)]);

test('an intercept is accepted once; the second is told that one exists', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'JD' });
  expect((await ask(waybillNo)).json).toMatchObject({ code: 0, success: true, data: { waybillCode: waybillNo, resultType: 4 } });
  expect((await ask(waybillNo)).json).toMatchObject({ code: 3002, success: false, msg: expect.stringContaining('已存在') });
});

test('refusals carry code and words', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'JD', parcel: { scans: [{ event: 'SIGNED', hoursAgo: 1 }] } });
  expect((await ask(waybillNo)).json).toMatchObject({ code: 3004, success: false });
  expect((await ask('JDVA99999999999')).json.code).toBe(3001);
  expect((await ask(waybillNo, { ...stop, cancelReason: '退'.repeat(31) })).json.code).toBe(3000);
  expect((await ask(waybillNo, { ...stop, customerCode: '010K9' })).json.code).toBe(3010);
});

test('every part of the signature is looked at', async () => {
  const code = async (options: Parameters<typeof callJd>[3], body: unknown = [jdRequest(sim, 'JDVA1', stop)]) =>
    ((await callJd(sim, CANCEL, body, options)).json.error_response as { code: number }).code;
  expect(await code({ secret: 'wrong' })).toBe(12);
  expect(await code({ query: { timestamp: '2026-11-28 12:00:01' } })).toBe(12);
  expect(await code({ query: { algorithm: 'HMacMD5' } })).toBe(12);
  expect(await code({ query: { app_key: '1' } })).toBe(11);
  expect(await code({ query: { access_token: '1' } })).toBe(19);
  expect(await code({ query: { 'LOP-DN': 'no' } })).toBe(10);
  expect(await code({ query: { timestamp: 'now' } })).toBe(8);
  expect(await code({}, jdRequest(sim, 'JDVA1', stop))).toBe(62);
  expect((await callJd(sim, '/no/such', [{}])).json).toMatchObject({ error_response: { code: 15 } });
});

test('the way back goes on under the waybill that the new label names; nothing is pushed', async () => {
  const scans = ['PICKED_UP', 'ARRIVED', 'RETURNING', 'DEPARTED', 'RETURN_SIGNED'].map((event, index) => ({ event, hoursAgo: 9 - index }));
  const { waybillNo } = await seed(sim, { carrier: 'JD', parcel: { scans } });
  const trace = async (number: string) => {
    const { json } = await callJd(sim, TRACE, [jdRequest(sim, number)]);
    return (json.data as { traceDetails: { state: number; waybillCode: string; operationRemark: string }[] }).traceDetails;
  };
  const forward = await trace(waybillNo);
  expect(forward.map(({ state }) => state)).toEqual([200001, 10032, 200020]);
  const reverse = /新运单号(JDVC\d{11})$/.exec(forward.at(-1)?.operationRemark ?? '')?.[1] ?? '';
  expect(reverse).toBe(waybillNo.replace('JDVA', 'JDVC'));
  expect((await trace(reverse)).map(({ state, waybillCode }) => [state, waybillCode])).toEqual([
    [200076, reverse],
    [10034, reverse],
  ]);
  expect(await trace('JDVC99999999999')).toEqual([]);

  // The other carrier's scan was made later, so its push is the later one.
  const other = await seed(sim, { carrier: 'ZTO' });
  for (const parcel of [waybillNo, other.waybillNo]) {
    expect((await control(sim, 'POST', `/parcels/${parcel}/scan`, { event: 'PROBLEM' })).status).toBeLessThan(300);
  }
  await receiver.waitFor(1, ({ body }) => body.includes(other.waybillNo));
  expect(sim.world.pushes.entries().filter(({ subject }) => subject === waybillNo)).toEqual([]);
});
