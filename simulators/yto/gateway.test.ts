import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callYto, seed } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
});
afterAll(() => sim.close());

const ask = (waybillNo: string) => callYto(sim, 'wanted_report_adapter', { waybillNo, wantedDesc: '买家申请仅退款，拦截退回' });

test('an intercept is accepted once; the second is told that one exists', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'YTO' });
  expect((await ask(waybillNo)).json).toMatchObject({ statusCode: 0 });
  expect((await ask(waybillNo)).json).toEqual({ statusCode: 1, statusMessage: '已有有效拦截件，不能重复发起拦截' });
});

test('a refusal is statusCode 1 with words', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'YTO', parcel: { scans: [{ event: 'OUT_FOR_DELIVERY', hoursAgo: 1 }] } });
  expect((await ask(waybillNo)).json).toEqual({ statusCode: 1, statusMessage: '运单已派件，不能发起拦截' });
  expect((await callYto(sim, 'wanted_report_adapter', { waybillNo })).json).toMatchObject({
    statusCode: 1,
    statusMessage: '拦截描述不能为空',
  });
});

test('a wrong signature, a wrong method and a wrong urlKey are refused in the gateway form', async () => {
  expect((await callYto(sim, 'wanted_report_adapter', {}, { secret: 'wrong' })).json).toEqual({
    success: false,
    code: 401,
    reason: '请求加密校验失败',
  });
  expect((await callYto(sim, 'no_such_adapter', {})).json).toMatchObject({ success: false, code: 404 });
  const stranger = await fetch(`${sim.urls.YTO_URL}/open/track_query_adapter/v1/other/${sim.credentials.YTO_APP_KEY}`, {
    method: 'POST',
    body: '{}',
  });
  expect(await stranger.json()).toMatchObject({ success: false, code: 403 });
});

test('the track is an array at top level; a parcel signed back reads SIGNED again', async () => {
  const scans = ['PICKED_UP', 'RETURNING', 'RETURN_SIGNED'].map((event, index) => ({ event, hoursAgo: 9 - index }));
  const { waybillNo } = await seed(sim, { carrier: 'YTO', parcel: { scans } });
  const { text } = await callYto(sim, 'track_query_adapter', { NUMBER: waybillNo });
  const track = JSON.parse(text) as Record<string, unknown>[];
  expect(track.map((scan) => scan.infoContent)).toEqual(['GOT', 'TMS_RETURN', 'SIGNED']);
  expect(track[0]).toMatchObject({
    waybill_No: waybillNo,
    upload_Time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    weight: 0.68,
  });
  expect(track[0]?.processInfo).toContain('【浙江省金华市义乌市北苑公司】');
  expect(track.every((scan) => !('orgCode' in scan))).toBe(true);
});

test('the key NUMBER is read in any case; no track is another shape', async () => {
  expect((await callYto(sim, 'track_query_adapter', { Number: 'YT0000000000009' })).json).toEqual({
    map: { YT0000000000009: [] },
    code: '1001',
    success: 'true',
    message: '查询结果为空。',
  });
});
