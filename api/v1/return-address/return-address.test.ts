import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { viewIntercept } from '../../../domain/intercept/view.ts';
import { initialState } from '../../../domain/intercept/shape.ts';
import { openService } from '../../../store/service-agreements.ts';
import { reviewSubscription, subscribeOutlet } from '../../../store/outlet-subscriptions.ts';
import type { InterceptArgs } from '../../../workflows/messages.ts';
import { expectDocumented } from '../../test-contract.ts';
import { openTestApi, OTHER_SHOP, type TestApi } from '../../test-api.ts';
import { scriptedClient, timeOut } from '../../test-temporal.ts';
import { SAMPLE_RETURN_ADDRESS as ADDRESS } from '../../../domain/sample-return-address.ts';

let api: TestApi;
const started: InterceptArgs[] = [];

beforeAll(async () => {
  const never = () => Promise.reject(timeOut());
  const start = async (args: InterceptArgs) => {
    started.push(args);
    return viewIntercept({ ...initialState(args.input), interceptStatus: 'INTERCEPTING' }, Date.now());
  };
  api = await openTestApi({
    temporal: { client: scriptedClient({ start, describe: never, query: never, command: never }), address: 'scripted' },
  });
  const { db } = api.deps;
  const { shopId } = api;
  await openService(db, { shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const outlet = { shopId, carrier: 'ZTO', outletCode: '57913', outletName: '义乌国际商贸城网点', source: 'MERCHANT' } as const;
  const { subscriptionId } = (await subscribeOutlet(db, outlet)).subscription;
  await reviewSubscription(db, { shopId, subscriptionId, decision: 'APPROVE', reason: null, reviewedBy: '网点' }, () => null);
});
afterAll(() => api.close());

const PATH = '/v1/return-address';
const put = (change: Partial<Record<keyof typeof ADDRESS, string>> = {}) => api.call('PUT', PATH, { ...ADDRESS, ...change });
const preview = async (refundId: string) => (await api.call('POST', '/v1/intercepts/preview', { refundId })).body.returnsTo;

describe('the return address', () => {
  test('is none until it is saved; then whole but for whom it names, and another shop sees nothing of it', async () => {
    const none = await api.call('GET', PATH);
    await expectDocumented(api, 'getReturnAddress', none);
    expect(none.body).toEqual({ version: 0, address: null, savedBy: null, savedAt: null });
    const saved = await put();
    await expectDocumented(api, 'putReturnAddress', saved);
    expect(saved.body).toMatchObject({ version: 1, address: { ...ADDRESS, name: '张**', phone: '138****1234' } });
    expect((await api.call('GET', PATH)).body).toEqual(saved.body);
    const stranger = { authorization: `Bearer ${await api.newKey(['intercepts:read', 'rules:write'], OTHER_SHOP.shopId)}` };
    expect((await api.call('GET', PATH, undefined, stranger)).body.version).toBe(0);
    await api.call('DELETE', PATH, undefined, stranger);
    expect((await api.call('GET', PATH)).body.version).toBe(1);
  });

  test.each([
    ['/phone', { phone: '17012341234' }],
    ['/phone', { phone: '138****1234' }],
    ['/phone', { phone: '0579-85000000-1234' }],
    ['/name', { name: ' ' }],
    ['/address', { address: '诚信大道\n1号仓' }],
    ['/city', { city: ' 金华' }],
  ])('takes no %s that the carrier would not take: %j', async (pointer, change) => {
    const answer = await put(change);
    expect([answer.status, answer.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([400, [pointer]]);
  });

  test('is saved and deleted by who makes the shop’s rules alone', async () => {
    const key = { authorization: `Bearer ${await api.newKey(['intercepts:read', 'intercepts:write', 'service:write', 'webhooks:write'])}` };
    expect((await api.call('GET', PATH, undefined, key)).status).toBe(200);
    expect((await api.call('PUT', PATH, ADDRESS, key)).body.code).toBe('FORBIDDEN');
    expect((await api.call('DELETE', PATH, undefined, key)).body.code).toBe('FORBIDDEN');
  });

  test('is offered once it is there; a case names its version, its run and record nothing of what it says', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    expect(await preview(refundId)).toEqual(['SENDER', 'OUTLET', 'ADDRESS']);
    const answer = await api.call('POST', '/v1/intercepts', { refundId, confirm: true, returnTo: 'ADDRESS' });
    await expectDocumented(api, 'createIntercept', answer);
    expect([answer.status, answer.body.returnTo, answer.body.returnAddressVersion]).toEqual([201, 'ADDRESS', 1]);
    const events = await api.call('GET', `/v1/intercepts/${refundId}-1/events`);
    expect(events.body.items[0].after).toMatchObject({ returnTo: 'ADDRESS', returnAddressVersion: 1 });
    expect(started[0]?.input).toMatchObject({ returnTo: 'ADDRESS', returnAddressVersion: 1 });
    for (const hidden of [ADDRESS.name, ADDRESS.phone, ADDRESS.address])
      expect(JSON.stringify([answer.body, started])).not.toContain(hidden);
  });

  test('is offered no more once it is deleted', async () => {
    const deleted = await api.call('DELETE', PATH);
    expect([deleted.status, (await api.call('GET', PATH)).body.address]).toEqual([204, null]);
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    expect(await preview(refundId)).toEqual(['SENDER', 'OUTLET']);
    const refused = await api.call('POST', '/v1/intercepts', { refundId, confirm: true, returnTo: 'ADDRESS' });
    expect([refused.status, refused.body.code, refused.body.returnsTo]).toEqual([422, 'RETURN_NOT_OFFERED', ['SENDER', 'OUTLET']]);
  });
});
