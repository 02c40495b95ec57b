import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CARRIERS } from '../../carriers/index.ts';
import { expectDocumented } from '../test-contract.ts';
import { openTestApi, OTHER_SHOP, type TestApi } from '../test-api.ts';
import { callControl } from '../../simulators/control/call.ts';

/** Setting a shop up: service, outlets, subscriptions, waybills and prices, as the API shows them (R6–R13, Q22–Q26). */
let api: TestApi;
let otherKey: string;
beforeAll(async () => {
  api = await openTestApi();
  otherKey = await api.newKey(['admin'], OTHER_SHOP.shopId);
});
afterAll(() => api.close());

const OPEN = { agreementVersion: '2026-01', agree: true, signedBy: '张三' };
const subscribe = (carrier: string, outletCode: string, headers?: Record<string, string>) =>
  api.call('POST', '/v1/outlet-subscriptions', { carrier, outletCode }, headers);
const act = (id: string, action: string, body?: unknown) => api.call('POST', `/v1/outlet-subscriptions/${id}/${action}`, body);
const asOther = () => ({ authorization: `Bearer ${otherKey}` });

describe('the service', () => {
  test('is not opened at first, and no outlet can be ordered before it is', async () => {
    const answer = await api.call('GET', '/v1/service');
    await expectDocumented(api, 'getService', answer);
    expect(answer.body).toEqual({
      status: 'NOT_OPENED',
      agreementVersion: '2026-01',
      signedVersion: null,
      signedAt: null,
      closeReason: null,
      sandbox: false,
    });
    expect((await subscribe('ZTO', '57913')).body.code).toBe('SERVICE_NOT_OPEN');
  });

  test('needs e-waybills first, then the present agreement, agreed to', async () => {
    const bare = await callControl(api.simulators.url, 'POST', '/sim/shops', { ...OTHER_SHOP, outlets: {} });
    expect(bare).toBeDefined();
    const without = await api.call('POST', '/v1/service/open', { ...OPEN, agreementVersion: '2000-01' }, asOther());
    expect([without.status, without.body.code]).toEqual([409, 'EBILL_NOT_OPENED']);
    const outdated = await api.call('POST', '/v1/service/open', { ...OPEN, agreementVersion: '2000-01' });
    expect(outdated.body).toMatchObject({ status: 409, code: 'AGREEMENT_VERSION_OUTDATED', agreementVersion: '2026-01' });
    for (const agree of [false, 'true', 1, undefined])
      expect((await api.call('POST', '/v1/service/open', { ...OPEN, agree })).status).toBe(400);
    const opened = await api.call('POST', '/v1/service/open', OPEN);
    await expectDocumented(api, 'openService', opened);
    expect(opened.body).toMatchObject({ status: 'OPEN', signedVersion: '2026-01' });
    expect((await api.call('POST', '/v1/service/open', OPEN)).body).toEqual(opened.body);
  });

  test('an unreachable platform is 503, not a refusal', async () => {
    await callControl(api.simulators.url, 'POST', '/sim/faults', { party: 'KUAISHOU', kind: 'down', times: 1 });
    const answer = await api.call('POST', '/v1/service/open', OPEN);
    expect([answer.status, answer.body.code]).toEqual([503, 'PLATFORM_UNAVAILABLE']);
    await callControl(api.simulators.url, 'DELETE', '/sim/faults');
  });
});

describe('outlets and subscriptions', () => {
  let id: string;
  const zto = async () =>
    (await api.call('GET', '/v1/outlets?carrier=ZTO')).body.items.find(({ outletCode }: { outletCode: string }) => outletCode === '57913');

  test('the outlets are those of the e-waybills; YTO’s are open by default', async () => {
    const all = await api.call('GET', '/v1/outlets');
    await expectDocumented(api, 'listOutlets', all);
    expect(new Set(all.body.items.map(({ carrier }: { carrier: string }) => carrier))).toEqual(new Set(CARRIERS.map(({ code }) => code)));
    const yto = await api.call('GET', '/v1/outlets?carrier=YTO');
    expect(yto.body.items[0]).toMatchObject({
      subscription: { status: 'ACTIVE', source: 'DEFAULT' },
      returnsTo: ['SENDER'],
      allowedActions: [],
    });
    expect((await zto()).returnsTo).toEqual(['SENDER', 'OUTLET', 'ADDRESS']);
    const page = await api.call('GET', '/v1/outlets?limit=2');
    const next = await api.call('GET', `/v1/outlets?limit=2&after=${page.body.nextCursor}`);
    expect([...page.body.items, ...next.body.items]).toEqual(all.body.items.slice(0, 4));
    expect((await api.call('GET', `/v1/outlets?carrier=ZTO&after=${page.body.nextCursor}`)).body.code).toBe('INVALID_CURSOR');
  });

  test('an order waits for the outlet’s review; asked again it is the same order', async () => {
    expect(await zto()).toMatchObject({ subscription: null, allowedActions: ['SUBSCRIBE'] });
    const first = await subscribe('ZTO', '57913');
    await expectDocumented(api, 'subscribeOutlet', first);
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ status: 'PENDING', source: 'MERCHANT', outletName: '义乌国际商贸城网点', remindedAt: null }),
    ]);
    id = first.body.subscriptionId;
    const again = await subscribe('ZTO', '57913');
    expect([again.status, again.body.subscriptionId]).toEqual([200, id]);
    expect((await subscribe('ZTO', '00000')).body.code).toBe('OUTLET_NOT_COOPERATING');
    expect(await zto()).toMatchObject({ subscription: { subscriptionId: id }, allowedActions: ['REMIND', 'UNSUBSCRIBE'] });
  });

  test('it can be reminded of while pending, reviewed once, and not reminded of afterwards', async () => {
    const reminded = await act(id, 'remind');
    await expectDocumented(api, 'remindOutletSubscription', reminded);
    expect(reminded.body.remindedAt).toEqual(expect.any(String));
    const reviewed = await act(id, 'review', { decision: 'APPROVE' });
    await expectDocumented(api, 'reviewOutletSubscription', reviewed);
    expect(reviewed.body.status).toBe('ACTIVE');
    expect((await zto()).allowedActions).toEqual(['UNSUBSCRIBE']);
    expect((await act(id, 'review', { decision: 'REJECT', reason: '不做了' })).body).toMatchObject({
      status: 409,
      code: 'SUBSCRIPTION_NOT_PENDING',
      subscriptionStatus: 'ACTIVE',
    });
    expect((await act(id, 'remind')).body.code).toBe('SUBSCRIPTION_NOT_PENDING');
    const told = await api.deps.db.selectFrom('outbox').select(['type', 'payload']).where('type', '=', 'subscription.reviewed').execute();
    expect(told).toEqual([{ type: 'subscription.reviewed', payload: reviewed.body }]);
  });

  test('a rejected one may be ordered anew', async () => {
    const first = (await subscribe('STO', '322013')).body;
    expect((await act(first.subscriptionId, 'review', { decision: 'REJECT', reason: '网点暂不提供' })).body).toMatchObject({
      status: 'REJECTED',
      reason: '网点暂不提供',
    });
    const second = await subscribe('STO', '322013');
    expect([second.status, second.body.status, second.body.subscriptionId === first.subscriptionId]).toEqual([201, 'PENDING', false]);
  });

  test('YTO is active at once and cannot be closed; others can, and stay closed', async () => {
    const yto = await subscribe('YTO', '579057');
    expect(yto.body).toMatchObject({ status: 'ACTIVE', source: 'DEFAULT' });
    expect((await api.call('DELETE', `/v1/outlet-subscriptions/${yto.body.subscriptionId}`)).body.code).toBe('SUBSCRIPTION_BY_DEFAULT');
    for (let n = 0; n < 2; n += 1) {
      const closed = await api.call('DELETE', `/v1/outlet-subscriptions/${id}`);
      await expectDocumented(api, 'closeOutletSubscription', closed);
      expect(closed.body.status).toBe('CLOSED');
    }
  });

  test('the list pages, filters and is the shop’s own', async () => {
    const all = await api.call('GET', '/v1/outlet-subscriptions');
    await expectDocumented(api, 'listOutletSubscriptions', all);
    expect(all.body.items).toHaveLength(4);
    const page = await api.call('GET', '/v1/outlet-subscriptions?limit=3');
    const next = await api.call('GET', `/v1/outlet-subscriptions?limit=3&after=${page.body.nextCursor}`);
    expect([...page.body.items, ...next.body.items]).toEqual(all.body.items);
    expect((await api.call('GET', '/v1/outlet-subscriptions?status=REJECTED')).body.items).toHaveLength(1);
    expect((await api.call('GET', '/v1/outlet-subscriptions', undefined, asOther())).body.items).toEqual([]);
    for (const [method, path, body] of [
      ['POST', '/remind'],
      ['POST', '/review', { decision: 'APPROVE' }],
      ['DELETE', ''],
    ] as const) {
      const answer = await api.call(method, `/v1/outlet-subscriptions/${id}${path}`, body, asOther());
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
  });

  test('closing the service closes every subscription with it', async () => {
    const closed = await api.call('POST', '/v1/service/close', { reason: '暂不需要' });
    await expectDocumented(api, 'closeService', closed);
    expect(closed.body).toMatchObject({ status: 'CLOSED', closeReason: '暂不需要' });
    const statuses = (await api.call('GET', '/v1/outlet-subscriptions')).body.items.map(({ status }: { status: string }) => status);
    expect(new Set(statuses)).toEqual(new Set(['CLOSED']));
  });
});

describe('waybills', () => {
  const item = { waybillNo: '73000000000001', carrier: 'ZTO', outletCode: '57926' };

  test('are registered with their outlet’s name; told again the later outlet counts', async () => {
    const answer = await api.call('POST', '/v1/waybills', { items: [item] });
    await expectDocumented(api, 'registerWaybills', answer);
    expect(answer.body.items).toEqual([{ ...item, outletName: '义乌稠江网点' }]);
    await api.call('POST', '/v1/waybills', { items: [{ ...item, outletCode: '57913' }] });
    const row = await api.deps.db
      .selectFrom('waybills')
      .select('outlet_code')
      .where('waybill_no', '=', item.waybillNo)
      .executeTakeFirstOrThrow();
    expect(row.outlet_code).toBe('57913');
  });

  test('with an outlet of somebody else are refused as a whole, each place named', async () => {
    const answer = await api.call('POST', '/v1/waybills', {
      items: [
        { ...item, waybillNo: '73000000000002' },
        { ...item, outletCode: '99999' },
      ],
    });
    expect(answer.body).toMatchObject({ status: 422, code: 'OUTLET_NOT_COOPERATING', errors: [{ pointer: '/items/1/outletCode' }] });
    expect(await api.deps.db.selectFrom('waybills').selectAll().where('waybill_no', '=', '73000000000002').execute()).toEqual([]);
  });

  test('decide which outlet a preview judges', async () => {
    const { refundId, waybillNo } = await api.seedRefund({ carrier: 'ZTO' });
    await api.call('POST', '/v1/waybills', { items: [{ ...item, waybillNo }] });
    expect((await api.call('POST', '/v1/intercepts/preview', { refundId })).body.parcel.outletCode).toBe('57926');
  });
});

describe('prices', () => {
  const price = { carrier: 'ZTO', outletCode: '57913', feeFen: 350, effectiveFrom: '2026-01-01T00:00:00.000+08:00' };

  test('are set from an instant on; the same instant again replaces, and the list is by outlet', async () => {
    const first = await api.call('PUT', '/v1/outlet-prices', price);
    await expectDocumented(api, 'putOutletPrice', first);
    expect(first.body).toEqual({ ...price, effectiveFrom: '2025-12-31T16:00:00.000Z' });
    await api.call('PUT', '/v1/outlet-prices', { ...price, feeFen: 300 });
    await api.call('PUT', '/v1/outlet-prices', { ...price, feeFen: 400, effectiveFrom: '2026-06-01T00:00:00Z' });
    await api.call('PUT', '/v1/outlet-prices', { ...price, carrier: 'STO', outletCode: '322013', feeFen: 0 });
    const list = await api.call('GET', '/v1/outlet-prices');
    await expectDocumented(api, 'listOutletPrices', list);
    expect(list.body.items.map(({ carrier, feeFen }: { carrier: string; feeFen: number }) => [carrier, feeFen])).toEqual([
      ['STO', 0],
      ['ZTO', 400],
      ['ZTO', 300],
    ]);
    const outlets = (await api.call('GET', '/v1/outlets?carrier=ZTO')).body.items;
    expect(outlets.find(({ outletCode }: { outletCode: string }) => outletCode === '57913').feeFen).toBe(400);
    expect((await api.call('GET', '/v1/outlet-prices?outletCode=322013')).body.items).toHaveLength(1);
    expect((await api.call('GET', '/v1/outlet-prices', undefined, asOther())).body.items).toEqual([]);
  });
});
