import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callJt, seed } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
});
afterAll(() => sim.close());

const ask = (mailNo: string) => callJt(sim, 'waybill/intercept', { mailNo, applyTypeCode: 4 });

test('an intercept is accepted once; the second is told that one exists', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'JT' });
  expect((await ask(waybillNo)).json).toMatchObject({ code: '1', msg: 'success', data: { mailNo: waybillNo } });
  expect((await ask(waybillNo)).json).toMatchObject({ code: '145003201', msg: expect.stringContaining('已存在') });
});

test('refusals carry code and words', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'JT', parcel: { scans: [{ event: 'SIGNED', hoursAgo: 1 }] } });
  expect((await ask(waybillNo)).json.code).toBe('145003203');
  expect((await callJt(sim, 'waybill/intercept', { mailNo: waybillNo, applyTypeCode: 5 })).json.code).toBe('145003050');
});

test('every part of the signature is looked at', async () => {
  const content = { mailNo: 'JT0000000000001', applyTypeCode: 4 };
  const code = async (options: Parameters<typeof callJt>[3]) => (await callJt(sim, 'waybill/intercept', content, options)).json.code;
  expect(await code({ secret: 'wrong' })).toBe('145003030');
  expect(await code({ headers: { apiAccount: '' } })).toBe('145003051');
  expect(await code({ headers: { digest: '' } })).toBe('145003052');
  expect(await code({ headers: { timestamp: 'now' } })).toBe('145003053');
  expect(await code({ headers: { apiAccount: '1' } })).toBe('145003010');
  expect((await callJt(sim, 'no/such', content)).json.code).toBe('145003012');
});

test('the track is newest first and names its scans in Chinese; unknown waybills are absent', async () => {
  const scans = ['PICKED_UP', 'OUT_FOR_DELIVERY', 'LOST', 'RETURNING'].map((event, index) => ({ event, hoursAgo: 9 - index }));
  const { waybillNo } = await seed(sim, { carrier: 'JT', parcel: { scans } });
  const { json } = await callJt(sim, 'logistics/trace', { billCodes: `${waybillNo},JT0000000000009` });
  const data = json.data as { billCode: string; details: Record<string, unknown>[] }[];
  expect(data.map((each) => each.billCode)).toEqual([waybillNo]);
  expect(data[0]?.details.map((scan) => scan.scanType)).toEqual(['退件扫描', '问题件扫描', '出仓扫描', '快件揽收']);
  expect(data[0]?.details.at(-1)).toMatchObject({ scanNetworkId: 579018, scanNetworkName: '义乌福田网点' });
});

test('at most 30 waybills a call', async () => {
  const billCodes = Array.from({ length: 31 }, (_, index) => `JT${index}`).join(',');
  expect((await callJt(sim, 'logistics/trace', { billCodes })).json.code).toBe('145003502');
});
