import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { findAnyIntercept } from '../store/intercept-reading.ts';
import { CaseWorld, DATA_KEY } from '../test/support/case-world.ts';
import { waitFor } from '../dev/waiting.ts';
import { listLog } from '../store/intercept-log.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { DEMO_SHOP } from '../simulators/world.ts';
import { saveReturnAddress } from '../store/return-addresses.ts';
import { readDataKey } from '../store/secrets.ts';
import { stateQuery } from './messages.ts';
import { SAMPLE_RETURN_ADDRESS } from '../domain/sample-return-address.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

/** Everything in it, payloads as the text they are. */
function asText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  return Object.entries(value)
    .map(([name, part]) => `"${name}":${asText(part)}`)
    .join(' ');
}

describe("2.4 the carrier's answer on the time-skipping server", () => {
  test.each(['YTO', 'STO', 'JT', 'JD', 'ZTO'])('%s: "already exists" after an outcome nobody knows means accepted', async (carrier) => {
    await world.control('POST', '/sim/faults', { party: carrier, kind: 'timeout-after-accepting', times: 1, delayMs: 50 });
    const seeded = await world.seed({ carrier });
    const { view } = await world.start(seeded);
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', carrierRefusal: null });
  });

  test.each(['YTO', 'STO', 'JT', 'JD', 'ZTO'])(
    '%s: "already exists" to the very first question joins what is in force',
    async (carrier) => {
      const { seeded, view } = await world.begin({ carrier, parcel: { intercepted: true } });
      expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', carrierReference: null, carrierRefusal: null });
      const log = await listLog(world.database.kysely, seeded.input.interceptId);
      expect(log.map(({ what }) => what)).toContain('INTERCEPT_JOINED');
      expect(log.find(({ what }) => what === 'INTERCEPT_JOINED')).toMatchObject({
        actorKind: 'CARRIER',
        actor: carrier,
        after: { message: expect.stringMatching(/存在|已有/) },
      });
    },
  );

  test.each([
    ['ZTO', 'S212', 'IP黑白名单限制'],
    ['YTO', '401', '请求加密校验失败'],
    ['STO', '007', '签名校验失败'],
    ['JT', '145003030', 'headers 签名验证失败'],
    ['JD', '12', '无效签名'],
  ])('case 5: %s refuses our account (%s): the case waits, its merchant is told, no attempt is spent', async (party, code, message) => {
    const { faultId } = await world.control<{ faultId: string }>('POST', '/sim/faults', { party, kind: 'error-200', code, message });
    const seeded = await world.seed({ carrier: party });
    const handle = await world.startOnly(seeded);
    const { interceptId } = seeded.input;
    const stateNow = async () => (await findAnyIntercept(world.database.kysely, interceptId))?.state;
    expect(await waitFor(async () => (await stateNow())?.notices.includes('CARRIER_ACCESS_BROKEN') === true, 30_000)).toBe(true);
    expect(await handle.query(stateQuery)).toMatchObject({
      interceptStatus: 'REQUESTED',
      carrierRefusal: null,
      notices: ['CARRIER_ACCESS_BROKEN'],
    });
    await world.control('DELETE', `/sim/faults/${faultId}`);
    const { view } = await world.start(seeded);
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', attempt: 1, notices: [] });
    const told = (await listLog(world.database.kysely, interceptId)).filter(({ what }) => what === 'CARRIER_ACCESS_BROKEN');
    expect(told).toHaveLength(1);
  });

  test('finding 14: a failed intercept of an earlier attempt is not ours: ZTO is asked again', async () => {
    await world.control('POST', '/sim/faults', { party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'http-500', times: 1 });
    const seeded = await world.seed({ carrier: 'ZTO', parcel: { onIntercept: 'REFUSES', intercepted: true } });
    await world.control('POST', `/sim/parcels/${seeded.input.waybillNo}`, { interceptStatus: 'INTERCEPT_FAIL' });
    await world.control('DELETE', '/sim/calls');
    const { view } = await world.start(seeded);
    expect(view.interceptStatus).toBe('INTERCEPTING');
    const { items } = await world.control<{ items: { api: string }[] }>('GET', '/sim/calls?party=ZTO');
    expect(items.map(({ api }) => api)).toEqual([
      'thirdcenter.createIntercept',
      'thirdcenter.queryInterceptAndReturnStatus',
      'thirdcenter.createIntercept',
    ]);
  });

  test('a busy gateway (STO 009) may have taken the request: "exists" then means accepted', async () => {
    const first = await world.seed({ carrier: 'STO' });
    await world.start(first);
    await world.control('POST', '/sim/faults', {
      party: 'STO',
      api: 'INTERCEPT_CREATE_STANDARD',
      kind: 'error-200',
      code: '009',
      message: '系统繁忙',
      times: 1,
    });
    const second = await world.seed({ carrier: 'STO' });
    const { view } = await world.start({ ...second, input: { ...second.input, waybillNo: first.input.waybillNo } });
    expect(view.interceptStatus).toBe('INTERCEPTING');
  });

  test('the return address the case began with in every try, though another is saved meanwhile; its history has nothing of it', async () => {
    const { database } = world;
    const key = readDataKey(DATA_KEY);
    const { shopId } = DEMO_SHOP;
    const address = SAMPLE_RETURN_ADDRESS;
    await saveReturnAddress(database.kysely, key, shopId, address, 'owner');
    await world.control('POST', '/sim/faults', { party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'http-500', times: 1 });
    const seeded = await world.seed({}, { returnTo: 'ADDRESS' });
    await saveReturnAddress(database.kysely, key, shopId, { ...address, address: '诚信大道2号仓' }, 'owner');
    await world.control('DELETE', '/sim/calls');
    const { handle, view } = await world.start(seeded);
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', returnTo: 'ADDRESS', returnAddressVersion: 1 });
    const calls = '/sim/calls?party=ZTO&api=thirdcenter.createIntercept';
    const { items } = await world.control<{ items: { body: unknown }[] }>('GET', calls);
    expect(items).toHaveLength(2);
    for (const { body } of items)
      expect(JSON.parse(String(body))).toMatchObject({ destinationType: 4, receiveUsername: '张三丰', receiveAddress: '诚信大道1号仓' });
    const told = asText([await handle.fetchHistory(), await listLog(database.kysely, seeded.input.interceptId)]);
    expect(told).toContain('"returnAddressVersion":1');
    for (const hidden of Object.values(address)) expect(told).not.toContain(hidden);
  });

  test('a return address that was deleted is no leave to send the parcel elsewhere: the carrier is not asked', async () => {
    const seeded = await world.seed();
    await world.control('DELETE', '/sim/calls');
    const input = { ...seeded.input, returnTo: 'ADDRESS', returnAddressVersion: 999 } as const;
    const handle = await world.startOnly({ ...seeded, input });
    const refused = async () => JSON.stringify((await handle.describe()).raw.pendingActivities).includes('RETURN_ADDRESS_GONE');
    expect(await waitFor(refused, 20_000)).toBe(true);
    expect((await world.control<{ items: unknown[] }>('GET', '/sim/calls?party=ZTO')).items).toEqual([]);
  });

  test('the same request id in every try', async () => {
    await world.control('POST', '/sim/faults', { party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'http-500', times: 2 });
    const seeded = await world.seed({}, { returnTo: 'OUTLET' });
    await world.control('DELETE', '/sim/calls');
    const { view } = await world.start(seeded);
    expect(view.interceptStatus).toBe('INTERCEPTING');
    const { items } = await world.control<{ items: { api: string; body: unknown }[] }>(
      'GET',
      '/sim/calls?party=ZTO&api=thirdcenter.createIntercept',
    );
    expect(items).toHaveLength(3);
    for (const { body } of items)
      expect(JSON.parse(String(body))).toMatchObject({ requestId: seeded.input.interceptId, destinationType: 1 });
  });
});
