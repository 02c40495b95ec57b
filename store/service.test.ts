import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { BadCursor } from './cursor.ts';
import { type Database, openDatabase } from './db.ts';
import { listPrices, priceAt, putPrice } from './outlet-prices.ts';
import {
  closeSubscription,
  findSubscription,
  listSubscriptions,
  type NewSubscription,
  outletSubscription,
  remindSubscription,
  reviewSubscription,
  subscribeOutlet,
} from './outlet-subscriptions.ts';
import { closeService, listAgreements, openService, serviceOf } from './service-agreements.ts';
import { addShops, warmUp, OTHER_SHOP, SHOP } from './test-cases.ts';
import { registerWaybills, waybillOutlet } from './waybills.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'service-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const outlet = (outletCode: string, over: Partial<NewSubscription> = {}): NewSubscription => ({
  shopId: SHOP,
  carrier: 'ZTO',
  outletCode,
  outletName: `网点${outletCode}`,
  source: 'MERCHANT',
  ...over,
});

describe('the agreement', () => {
  test('is signed once however often, replaced by a newer version, closed with its reason and kept', async () => {
    expect((await serviceOf(database.kysely, OTHER_SHOP)).status).toBe('NOT_OPENED');
    const sign = (agreementVersion: string) => openService(database.kysely, { shopId: OTHER_SHOP, agreementVersion, signedBy: '张三' });
    const signed = await Promise.all(Array.from({ length: 8 }, () => sign('v1')));
    expect(new Set(signed.map((state) => state.signedAt)).size).toBe(1);
    expect((await sign('v2')).signedVersion).toBe('v2');
    const closed = await closeService(database.kysely, { shopId: OTHER_SHOP, reason: '不用了', closedBy: '张三' });
    expect(closed).toMatchObject({ status: 'CLOSED', signedVersion: 'v2', closeReason: '不用了', closedAt: expect.any(Number) });
    expect((await sign('v2')).status).toBe('OPEN');
    expect((await listAgreements(database.kysely, OTHER_SHOP)).map((state) => [state.signedVersion, state.status])).toEqual([
      ['v2', 'OPEN'],
      ['v2', 'CLOSED'],
      ['v1', 'CLOSED'],
    ]);
    expect((await serviceOf(database.kysely, SHOP)).status).toBe('NOT_OPENED');
  });
});

describe('outlet subscriptions', () => {
  test('one lives a shop and outlet, also in a race', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => subscribeOutlet(database.kysely, outlet('A'))));
    expect(results.filter((result) => result.created)).toHaveLength(1);
    expect(new Set(results.map((result) => result.subscription.subscriptionId)).size).toBe(1);
    expect((await subscribeOutlet(database.kysely, outlet('A', { shopId: OTHER_SHOP }))).created).toBe(true);
    expect((await subscribeOutlet(database.kysely, outlet('A', { carrier: 'YTO', source: 'DEFAULT' }))).subscription.status).toBe('ACTIVE');
  });

  test('are reminded and reviewed while pending, told once, and applied for again after a rejection (Q25)', async () => {
    const { subscription } = await subscribeOutlet(database.kysely, outlet('B'));
    const id = subscription.subscriptionId;
    expect((await remindSubscription(database.kysely, SHOP, id))?.remindedAt).toEqual(expect.any(Number));
    expect(await remindSubscription(database.kysely, OTHER_SHOP, id)).toBeNull();
    const review = { shopId: SHOP, subscriptionId: id, decision: 'REJECT' as const, reason: '运力不足', reviewedBy: '网点' };
    const rejected = await reviewSubscription(database.kysely, review, (reviewed) => ({ status: reviewed.status }));
    expect(rejected).toMatchObject({ status: 'REJECTED', reason: '运力不足', reviewedBy: '网点' });
    expect(await reviewSubscription(database.kysely, review, () => ({}))).toBeNull();
    const told = await database.kysely.selectFrom('outbox').select(['type', 'payload']).where('event_key', '=', `${id}:reviewed`).execute();
    expect(told).toEqual([{ type: 'subscription.reviewed', payload: { status: 'REJECTED' } }]);
    const again = await subscribeOutlet(database.kysely, outlet('B'));
    expect(again.created).toBe(true);
    expect((await outletSubscription(database.kysely, SHOP, 'ZTO', 'B'))?.subscriptionId).toBe(again.subscription.subscriptionId);
    expect((await closeSubscription(database.kysely, SHOP, again.subscription.subscriptionId))?.status).toBe('CLOSED');
    expect(await closeSubscription(database.kysely, SHOP, again.subscription.subscriptionId)).toBeNull();
    expect(await findSubscription(database.kysely, OTHER_SHOP, id)).toBeNull();
  });

  test('closing the service closes them all, and only the shop\u2019s (Q26)', async () => {
    await openService(database.kysely, { shopId: SHOP, agreementVersion: 'v1', signedBy: '李四' });
    await subscribeOutlet(database.kysely, outlet('C'));
    await closeService(database.kysely, { shopId: SHOP, reason: '停业', closedBy: '李四' });
    const all = await listSubscriptions(database.kysely, { shopId: SHOP }, { limit: 100, after: null });
    expect(all.items.length).toBeGreaterThan(3);
    expect(new Set(all.items.map((subscription) => subscription.status))).toEqual(new Set(['CLOSED']));
    expect((await outletSubscription(database.kysely, OTHER_SHOP, 'ZTO', 'A'))?.status).toBe('PENDING');
  });

  test('a list goes page by page without losing or repeating one', async () => {
    const filter = { shopId: SHOP, carrier: 'STO' };
    await Promise.all(Array.from({ length: 7 }, (_, index) => subscribeOutlet(database.kysely, outlet(`P${index}`, { carrier: 'STO' }))));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listSubscriptions>> = await listSubscriptions(database.kysely, filter, { limit: 3, after });
      seen.push(...page.items.map((subscription) => subscription.outletCode));
      after = page.nextCursor;
    } while (after !== null);
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, index) => `P${index}`));
    const { nextCursor } = await listSubscriptions(database.kysely, filter, { limit: 3, after: null });
    await expect(listSubscriptions(database.kysely, { ...filter, status: 'PENDING' }, { limit: 3, after: nextCursor })).rejects.toThrow(
      BadCursor,
    );
  });
});

describe('prices and waybills', () => {
  test('the price in force at an instant is the latest set by then', async () => {
    const price = { shopId: SHOP, carrier: 'ZTO', outletCode: 'A', setBy: '李四' };
    await putPrice(database.kysely, { ...price, effectiveFrom: 1_000, feeFen: 300 });
    await putPrice(database.kysely, { ...price, effectiveFrom: 2_000, feeFen: 350 });
    await putPrice(database.kysely, { ...price, effectiveFrom: 2_000, feeFen: 400 });
    const at = (instant: number) => priceAt(database.kysely, SHOP, 'ZTO', 'A', instant);
    expect([await at(999), await at(1_000), await at(1_999), await at(2_000), await at(9_000)]).toEqual([null, 300, 300, 400, 400]);
    expect(await priceAt(database.kysely, OTHER_SHOP, 'ZTO', 'A', 9_000)).toBeNull();
    expect((await listPrices(database.kysely, { shopId: SHOP })).map((line) => line.feeFen)).toEqual([400, 300]);
    await expect(putPrice(database.kysely, { ...price, effectiveFrom: 3_000, feeFen: -1 })).rejects.toThrow('outlet_prices');
  });

  test('a waybill belongs to the outlet last told, of that shop alone', async () => {
    const waybill = { carrier: 'ZTO', waybillNo: 'W1', outletCode: 'A', outletName: '甲' };
    await registerWaybills(database.kysely, SHOP, [waybill, { ...waybill, outletCode: 'B', outletName: '乙' }]);
    expect(await waybillOutlet(database.kysely, SHOP, 'ZTO', 'W1')).toEqual({ outletCode: 'B', outletName: '乙' });
    await registerWaybills(database.kysely, SHOP, [waybill]);
    expect(await waybillOutlet(database.kysely, SHOP, 'ZTO', 'W1')).toEqual({ outletCode: 'A', outletName: '甲' });
    expect(await waybillOutlet(database.kysely, OTHER_SHOP, 'ZTO', 'W1')).toBeNull();
    await registerWaybills(database.kysely, SHOP, []);
  });
});
