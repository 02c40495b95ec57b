import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CaseWorld } from '../test/support/case-world.ts';
import { listLog } from '../store/intercept-log.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

describe("2.4 the carrier's answer on the time-skipping server", () => {
  test.each(['YTO', 'STO', 'JT', 'ZTO'])('%s: "already exists" after an outcome nobody knows means accepted', async (carrier) => {
    await world.control('POST', '/sim/faults', { party: carrier, kind: 'timeout-after-accepting', times: 1, delayMs: 50 });
    const seeded = await world.seed({ carrier });
    const { view } = await world.start(seeded);
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', carrierRefusal: null });
  });

  test.each(['YTO', 'STO', 'JT', 'ZTO'])('%s: "already exists" to the very first question joins what is in force', async (carrier) => {
    const { seeded, view } = await world.begin({ carrier, parcel: { intercepted: true } });
    expect(view).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN', carrierReference: null, carrierRefusal: null });
    const log = await listLog(world.database.kysely, seeded.input.interceptId);
    expect(log.map(({ what }) => what)).toContain('INTERCEPT_JOINED');
    expect(log.find(({ what }) => what === 'INTERCEPT_JOINED')).toMatchObject({
      actorKind: 'CARRIER',
      actor: carrier,
      after: { message: expect.stringMatching(/存在|已有/) },
    });
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

  test('the same request id in every try', async () => {
    await world.control('POST', '/sim/faults', { party: 'ZTO', api: 'thirdcenter.createIntercept', kind: 'http-500', times: 2 });
    const seeded = await world.seed();
    await world.control('DELETE', '/sim/calls');
    const { view } = await world.start(seeded);
    expect(view.interceptStatus).toBe('INTERCEPTING');
    const { items } = await world.control<{ items: { api: string; body: unknown }[] }>(
      'GET',
      '/sim/calls?party=ZTO&api=thirdcenter.createIntercept',
    );
    expect(items).toHaveLength(3);
    for (const { body } of items) expect(JSON.stringify(body)).toContain(seeded.input.interceptId);
  });
});
