import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CaseWorld } from '../test/support/case-world.ts';
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

  test('"already exists" to the very first question is a refusal', async () => {
    const first = await world.seed({ carrier: 'YTO' });
    const { view: accepted } = await world.start(first);
    expect(accepted.interceptStatus).toBe('INTERCEPTING');
    const { waybillNo } = first.input;
    const second = await world.seed({ carrier: 'YTO' });
    const stolen = { ...second, input: { ...second.input, waybillNo } };
    const { view } = await world.start(stolen);
    expect(view).toMatchObject({ interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' });
    expect(view.carrierRefusal?.message).toContain('已有有效拦截件');
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
