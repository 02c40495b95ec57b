import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callJt, callSto, callYto, callZto, control, seed } from './testing/callers.ts';
import { startReceiver } from './testing/receiver.ts';
import type { Receiver } from './testing/receiver.ts';
import { startSimulators } from './world.ts';
import type { Simulators } from './world.ts';

let sim: Simulators;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  sim = await startSimulators({ webhookBase: receiver.url, paceMs: 20 });
});
afterAll(async () => {
  await sim.close();
  await receiver.close();
});

const ASK: Record<string, (waybillNo: string) => Promise<unknown>> = {
  ZTO: (waybillNo) =>
    callZto(sim, 'thirdcenter.createIntercept', { billCode: waybillNo, requestId: waybillNo, thirdBizNo: '1', destinationType: 2 }),
  YTO: (waybillNo) => callYto(sim, 'wanted_report_adapter', { waybillNo, wantedDesc: '拦截' }),
  STO: (waybillNo) => callSto(sim, 'INTERCEPT_CREATE_STANDARD', 'reverse-center', { waybillNo, interceptForAct: 'DEFAULT' }),
  JT: (waybillNo) => callJt(sim, 'waybill/intercept', { mailNo: waybillNo, applyTypeCode: 4 }),
};
const pushed = (waybillNo: string, count: number) => receiver.waitFor(count, ({ body }) => body.includes(waybillNo));

async function play(carrier: string, onIntercept: string, scans: number): Promise<string> {
  const { waybillNo } = await seed(sim, { carrier, parcel: { onIntercept } });
  await ASK[carrier]?.(waybillNo);
  await pushed(waybillNo, scans);
  return waybillNo;
}

describe.each(['ZTO', 'YTO', 'STO', 'JT'])('%s', (carrier) => {
  test.each([
    ['SUCCEEDS', ['RETURNING', 'DEPARTED', 'ARRIVED', 'RETURN_SIGNED']],
    ['FAILS', ['OUT_FOR_DELIVERY', 'SIGNED']],
    ['RETURN_LOST', ['RETURNING', 'LOST']],
    ['RETURN_DAMAGED', ['RETURNING', 'DAMAGED', 'RETURN_SIGNED']],
    ['DELIVERED_ANYWAY', ['RETURNING', 'OUT_FOR_DELIVERY', 'SIGNED']],
    ['STALLS', ['RETURNING']],
  ])('%s moves the parcel by itself', async (script, events) => {
    const waybillNo = await play(carrier, script, events.length);
    const { json } = await control(sim, 'GET', `/parcels/${waybillNo}`);
    expect((json.scans as { event: string }[]).slice(3).map((scan) => scan.event)).toEqual(events);
  });
});

test.each([
  ['SUCCEEDS', ['RETURNING', 'DEPARTED', 'ARRIVED', 'ARRIVED', 'RETURN_SIGNED']],
  ['STALLS', ['RETURNING', 'ARRIVED']],
])('ZTO’s destination 1: %s ends at the outlet that picked it up', async (onIntercept, events) => {
  const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { onIntercept } });
  await callZto(sim, 'thirdcenter.createIntercept', { billCode: waybillNo, requestId: 'R', thirdBizNo: 'R', destinationType: 1 });
  await pushed(waybillNo, events.length);
  const { json } = await control(sim, 'GET', `/parcels/${waybillNo}`);
  const way = (json.scans as { event: string; station: { code: string }; text: string }[]).slice(3);
  expect(way.map(({ event }) => event)).toEqual(events);
  expect(way.at(-1)).toMatchObject({ station: { code: '57913' }, text: expect.stringMatching(/到网点取件|已经到达/) });
});

test('ZTO’s destination 4 ends in the city of the address, and wants all of it', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
  const request = { billCode: waybillNo, requestId: 'R', thirdBizNo: 'R', destinationType: 4, receivePhone: '13812341234' };
  const ask = async (more: object) => (await callZto(sim, 'thirdcenter.createIntercept', { ...request, ...more })).json.statusCode;
  const address = {
    receiveUsername: '甲',
    receiveAddress: '乙路1号',
    receiveDistrict: '丙区',
    receiveCity: '丁市',
    receiveProvince: '戊省',
  };
  expect(await ask({})).toBe('S208');
  expect(await ask({ ...address, receivePhone: '138123412341234-1' })).toBe('E23150');
  expect(await ask({ ...address, receivePhone: 'x' })).toBe('E23148');
  expect(await ask(address)).toBe('SYS000');
  await pushed(waybillNo, 4);
  const { json } = await control(sim, 'GET', `/parcels/${waybillNo}`);
  expect((json.scans as object[]).at(-1)).toMatchObject({ event: 'RETURN_SIGNED', station: { province: '戊省', city: '丁市' } });
});

test('ZTO tells how it ended also when no scan does', async () => {
  const status = async (script: string) => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { onIntercept: script } });
    await ASK.ZTO?.(waybillNo);
    // Asked later at the same pace: once its scan is there, the first parcel's step was taken too.
    await play('ZTO', 'STALLS', 1);
    expect(sim.world.pushes.entries().filter((push) => push.subject === waybillNo)).toEqual([]);
    const { json } = await callZto(sim, 'thirdcenter.queryInterceptAndReturnStatus', { billCode: waybillNo });
    return (json.data as { status: string }).status;
  };
  expect(await status('STATUS_SUCCEEDS')).toBe('INTERCEPT_SUCCESS');
  expect(await status('STATUS_FAILS')).toBe('INTERCEPT_FAIL');
  expect(await status('SILENT')).toBe('INTERCEPTING');
});

test('a parcel that delivers itself goes on to the buyer, unless it is stopped', async () => {
  const { waybillNo } = await seed(sim, { carrier: 'STO', parcel: { forward: 'DELIVERS' } });
  await pushed(waybillNo, 2);
  const { json } = await control(sim, 'GET', `/parcels/${waybillNo}`);
  expect((json.scans as { event: string }[]).slice(3).map((scan) => scan.event)).toEqual(['OUT_FOR_DELIVERY', 'SIGNED']);

  await control(sim, 'POST', '/settings', { paceMs: 500 });
  const other = await seed(sim, { carrier: 'STO', parcel: { forward: 'DELIVERS', onIntercept: 'STALLS' } });
  await ASK.STO?.(other.waybillNo);
  expect(sim.world.lookup.tasksOfParcel(other.waybillNo).filter(({ deed }) => deed.kind === 'STEP')).toMatchObject([
    { deed: { stage: 'AFTER_INTERCEPT', scan: { event: 'RETURNING' } } },
  ]);
});
