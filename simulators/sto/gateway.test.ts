import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callSto, seed } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
});
afterAll(() => sim.close());

const ask = (waybillNo: string) => callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', { waybillNo, interceptForAct: 'DEFAULT' });

test('success is a string; the second request is told that one exists', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'STO' });
  expect((await ask(waybillNo)).json).toMatchObject({ success: 'true', errorCode: '', data: { waybillNo } });
  expect((await ask(waybillNo)).json).toMatchObject({ success: 'false', errorMsg: expect.stringContaining('已存在') });
});

test('refusals carry code and words', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'STO', parcel: { scans: [] } });
  expect((await ask(waybillNo)).json).toMatchObject({ success: 'false', errorCode: 'INTERCEPT_NO_TRACE', needRetry: 'false' });
  expect((await ask('770000000000009')).json).toMatchObject({ success: 'false', errorCode: '005' });
});

test('the gateway refuses a wrong digest, a wrong target and an unknown API', async () => {
  const content = { waybillNo: '77', interceptForAct: 'DEFAULT' };
  expect((await callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', content, { secret: 'wrong' })).json.errorCode).toBe('007');
  expect((await callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'sto_trace_query', content)).json.errorCode).toBe('006');
  expect((await callSto(sim, 'NO_SUCH_API', 'x', content)).json.errorCode).toBe('004');
  expect((await callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', { waybillNo: '77' })).json.errorCode).toBe('008');
});

test('the track is a map by waybill, in the order asked for; a waybill without scans is missing', async () => {
  const scans = ['PICKED_UP', 'AWAITING_PICKUP', 'DAMAGED', 'RETURNING', 'RETURN_SIGNED'].map((event, index) => ({
    event,
    hoursAgo: 9 - index,
  }));
  const { waybillNo } = await seed(sim, { carrier: 'STO', parcel: { scans } });
  const query = async (order: string) => {
    const { json } = await callSto(sim, 'STO_TRACE_QUERY_COMMON', 'sto_trace_query', {
      order,
      waybillNoList: [waybillNo, '770000000000009'],
    });
    expect(json).toMatchObject({ success: 'true' });
    return json.data as Record<string, { scanType: string; issueName: string; opOrgTypeCode: string }[]>;
  };
  const oldestFirst = await query('asc');
  expect(Object.keys(oldestFirst)).toEqual([waybillNo]);
  expect(oldestFirst[waybillNo]?.map((scan) => scan.scanType)).toEqual(['收件', '驿站代收', '问题件', '退回件', '签收']);
  expect(oldestFirst[waybillNo]?.[2]?.issueName).toBe('破损');
  expect((await query('desc'))[waybillNo]).toEqual(oldestFirst[waybillNo]?.toReversed());
});
