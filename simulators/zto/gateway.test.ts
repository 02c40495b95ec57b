import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callZto, control, seed } from '../testing/callers.ts';
import { startSimulators } from '../world.ts';
import type { Simulators } from '../world.ts';

let sim: Simulators;
beforeAll(async () => {
  sim = await startSimulators({ paceMs: 60_000 });
});
afterAll(() => sim.close());

const CREATE = 'thirdcenter.createIntercept';
const ask = (billCode: string, requestId = 'IR-1') =>
  callZto(sim, CREATE, { billCode, requestId, thirdBizNo: requestId, destinationType: 2 });

describe('createIntercept', () => {
  test('accepts, answers the same request with the same work order, and any other with a duplicate', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    const first = await ask(waybillNo);
    expect(first.json).toMatchObject({ status: true, statusCode: 'SYS000', data: { centerBizNo: expect.stringMatching(/^ZTO\d+$/) } });
    expect((await ask(waybillNo)).json).toEqual(first.json);
    expect((await ask(waybillNo, 'IR-2')).json).toMatchObject({ status: false, statusCode: 'E23121' });
    await control(sim, 'POST', `/parcels/${waybillNo}`, { interceptStatus: 'INTERCEPT_SUCCESS' });
    expect((await ask(waybillNo, 'IR-2')).json).toMatchObject({ status: false, statusCode: 'E23127' });
  });

  test.each([
    ['E23119', []],
    ['E23101', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'SIGNED']],
    ['E23120', ['PICKED_UP', 'OUT_FOR_DELIVERY', 'ARRIVED']],
    ['E23112', ['PICKED_UP', 'AWAITING_PICKUP']],
    ['E23123', ['PICKED_UP', 'RETURNING']],
    ['E23140', ['PICKED_UP', 'LOST']],
  ])('refuses with %s after %j', async (code, events) => {
    const scans = events.map((event, index) => ({ event, hoursAgo: 20 - index }));
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { scans } });
    const { status, json } = await ask(waybillNo);
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: false, statusCode: code, result: null });
  });

  test('does not know a waybill of another carrier', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'YTO' });
    expect((await ask(waybillNo)).json.statusCode).toBe('E23102');
  });

  test('refuses with the code it was told, once', async () => {
    const parcel = { onIntercept: 'REFUSES_ONCE', refusal: { code: 'E23144', message: 'CRM无权限' } };
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel });
    expect((await ask(waybillNo, 'A-1')).json).toMatchObject({ statusCode: 'E23144', message: 'CRM无权限' });
    expect((await ask(waybillNo, 'A-1')).json.statusCode).toBe('E23144');
    expect((await ask(waybillNo, 'A-2')).json.status).toBe(true);
  });

  test('wants its fields', async () => {
    expect((await callZto(sim, CREATE, { billCode: '73000000000001' })).json.statusCode).toBe('S208');
    expect((await callZto(sim, CREATE, { billCode: '1', requestId: '1', thirdBizNo: '1', destinationType: 9 })).json.statusCode).toBe(
      'E23108',
    );
  });
});

describe('the gateway', () => {
  test('answers what it dislikes under HTTP 200', async () => {
    const answers = await Promise.all([
      callZto(sim, CREATE, {}, { secret: 'wrong' }),
      callZto(sim, CREATE, {}, { headers: { 'x-appKey': 'stranger' } }),
      callZto(sim, CREATE, {}, { headers: { 'x-timestamp': 'yesterday' } }),
      callZto(sim, 'no.such.api', {}),
      callZto(sim, CREATE, []),
    ]);
    expect(answers.map((answer) => [answer.status, answer.json.statusCode])).toEqual([
      [200, 'S211'],
      [200, 'S210'],
      [200, 'S214'],
      [200, 'S207'],
      [200, 'S208'],
    ]);
  });
});

describe('status and track queries', () => {
  test('the status is the present one of the intercept', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    const query = () => callZto(sim, 'thirdcenter.queryInterceptAndReturnStatus', { billCode: waybillNo });
    expect((await query()).json).toMatchObject({ status: false, statusCode: 'E23102' });
    await ask(waybillNo);
    expect((await query()).json).toMatchObject({
      status: true,
      data: { billCode: waybillNo, status: 'INTERCEPTING', statusName: '拦截中' },
    });
  });

  test('the track is oldest first, in query words, with milliseconds', async () => {
    const events = ['PICKED_UP', 'DEPARTED', 'ARRIVED', 'OUT_FOR_DELIVERY', 'AWAITING_PICKUP', 'RETURNING', 'RETURN_SIGNED'];
    const scans = events.map((event, index) => ({ event, hoursAgo: 30 - index })).toReversed();
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', parcel: { scans } });
    const { json } = await callZto(sim, 'zto.merchant.waybill.track.query', { billCode: waybillNo, mobilePhone: '1234' });
    const result = json.result as { scanType: string; scanDate: number; scanSite: { code: string } }[];
    expect(result.map((scan) => scan.scanType)).toEqual(['收件', '发件', '到件', '派件', 'ARRIVAL', '退件', '退件签收']);
    expect(result[0]).toMatchObject({ billCode: waybillNo, scanSite: { code: '57913', name: '义乌国际商贸城网点' } });
    expect(result.map((scan) => scan.scanDate)).toEqual(result.map((scan) => scan.scanDate).toSorted((a, b) => a - b));
    expect(result[0]?.scanDate).toBeGreaterThan(1_600_000_000_000);
  });

  test('no scan is an empty list, a malformed number an error', async () => {
    const query = (billCode: string) => callZto(sim, 'zto.merchant.waybill.track.query', { billCode });
    expect((await query('73999999999999')).json).toMatchObject({ status: true, result: [] });
    expect((await query('73')).json).toMatchObject({ status: false, statusCode: 'E416' });
  });
});

describe('work orders', () => {
  test('a claim is opened once and read back', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    const claim = {
      traceId: 'CLAIM-1',
      customer: { name: '禾木家居', type: 2 },
      incident: { billCode: waybillNo, type: 'damage-compensation', desc: '外箱破损', mobile: '13800000000', commodity: '四件套' },
      extraInfo: { expectedCompensationAmount: 199 },
    };
    const open = () => callZto(sim, 'zto.open.merchant.incident.create', claim);
    const first = await open();
    expect(first.json).toMatchObject({ status: true, result: { bizNo: expect.stringMatching(/^GD\d+$/) } });
    expect((await open()).json).toEqual(first.json);
    const read = await callZto(sim, 'zto.open.merchant.incident.query', { billCode: waybillNo });
    expect(read.json.result).toMatchObject({
      bizNo: (first.json.result as { bizNo: string }).bizNo,
      incidentStatus: 'created',
      handleRecords: [],
    });
  });

  test('a claim without an amount, a kind that does not exist, an unknown order', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO' });
    const open = (type: string) =>
      callZto(sim, 'zto.open.merchant.incident.create', { traceId: 'C', customer: { name: 'x' }, incident: { billCode: waybillNo, type } });
    expect((await open('lose-claim')).json).toMatchObject({ status: false, statusCode: 'E50002' });
    expect((await open('no-such-kind')).json).toMatchObject({ status: false, statusCode: 'E50001' });
    expect((await callZto(sim, 'zto.open.merchant.incident.query', { bizNo: 'GD0' })).json.statusCode).toBe('E50003');
  });
});
