import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { viewIntercept } from '../../../domain/intercept/view.ts';
import { openCase, recordCase } from '../../../evidence/test-records.ts';
import { takeMessage, takeScans } from '../../../evidence/intake.ts';
import { addLogLines } from '../../../store/intercept-log.ts';
import { openService } from '../../../store/service-agreements.ts';
import { reviewSubscription, subscribeOutlet } from '../../../store/outlet-subscriptions.ts';
import { phoneTailOf } from '../../../store/track-subscriptions.ts';
import { putPrice } from '../../../store/outlet-prices.ts';
import type { InterceptArgs } from '../../../workflows/messages.ts';
import { expectDocumented } from '../../test-contract.ts';
import { openTestApi, OTHER_SHOP, type TestApi, untilTaken } from '../../test-api.ts';
import { notFound, refusal, type ScriptedEngine, scriptedClient, timeOut } from '../../test-temporal.ts';
import { callControl } from '../../../simulators/control/call.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are walked freely
type Json = any;
let api: TestApi;
let engine: Partial<ScriptedEngine>;
const started: InterceptArgs[] = [];

beforeAll(async () => {
  const client = scriptedClient({
    start: (args) => (started.push(args), (engine.start ?? timeOutAlways)(args)),
    describe: (id) => (engine.describe ?? timeOutAlways)(id),
    query: (id) => (engine.query ?? timeOutAlways)(id),
    command: (name, options) => (engine.command ?? timeOutAlways)(name, options),
  });
  api = await openTestApi({ temporal: { client, address: 'scripted' } });
  const { db } = api.deps;
  const { shopId } = api;
  await openService(db, { shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const { subscription } = await subscribeOutlet(db, {
    shopId,
    carrier: 'ZTO',
    outletCode: '57913',
    outletName: '义乌国际商贸城网点',
    source: 'MERCHANT',
  });
  await reviewSubscription(
    db,
    { shopId, subscriptionId: subscription.subscriptionId, decision: 'APPROVE', reason: null, reviewedBy: '网点' },
    () => null,
  );
  await putPrice(db, { shopId, carrier: 'ZTO', outletCode: '57913', feeFen: 350, effectiveFrom: 0, setBy: 'test' });
});
afterAll(() => api.close());
beforeEach(() => {
  engine = {};
  started.length = 0;
});

const timeOutAlways = () => Promise.reject(timeOut());
/** A run whose carrier took the request. */
const accepts: ScriptedEngine['start'] = async ({ input }) => {
  const state = { ...(await stateOf(input.interceptId)), interceptStatus: 'INTERCEPTING' as const, carrierReference: 'Z1' };
  return viewIntercept(state, Date.now());
};
async function stateOf(interceptId: string) {
  return (await api.deps.db.selectFrom('intercepts').select('state').where('intercept_id', '=', interceptId).executeTakeFirstOrThrow())
    .state;
}
const create = (refundId: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  api.call('POST', '/v1/intercepts', { refundId, confirm: true, ...more }, headers);
const rowsOf = (refundId: string) =>
  api.deps.db.selectFrom('intercepts').select(['intercept_id', 'phase']).where('refund_id', '=', refundId).execute();

describe('preview', () => {
  test('of an eligible refund shows the fee, the parcel and its last scan', async () => {
    const { refundId, orderId, waybillNo } = await api.seedRefund({ carrier: 'ZTO' });
    const answer = await api.call('POST', '/v1/intercepts/preview', { refundId });
    await expectDocumented(api, 'previewIntercept', answer);
    expect(answer.body).toMatchObject({
      eligible: true,
      reasons: [],
      warnings: [],
      expectedFeeFen: 350,
      refund: { refundId, orderId },
      parcel: { waybillNo, carrier: 'ZTO', outletCode: '57913', outletName: '义乌国际商贸城网点' },
      lastTrackEvent: { event: 'ARRIVED' },
    });
    expect(await rowsOf(refundId)).toEqual([]);
    expect(started).toEqual([]);
  });

  test('tells every reason at once, in the language asked for', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 50_000, order: { coType: 8, totalPackageNum: 2 } });
    const zh = await api.call('POST', '/v1/intercepts/preview', { refundId });
    expect(zh.body.eligible).toBe(false);
    expect(zh.body.reasons.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['CROSS_BORDER_SHOP', 'MULTI_PARCEL_ORDER', 'REFUND_AMOUNT_NOT_BELOW_500']),
    );
    const en = await api.call('POST', '/v1/intercepts/preview', { refundId }, { 'accept-language': 'en' });
    expect(en.body.reasons[0].message).toMatch(/^[\x20-\x7e]+$/);
  });

  test('of an unsupported carrier is judged too', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'OTHER' });
    const answer = await api.call('POST', '/v1/intercepts/preview', { refundId });
    await expectDocumented(api, 'previewIntercept', answer);
    expect(answer.body.reasons.map(({ code }: { code: string }) => code)).toEqual(['CARRIER_NOT_SUPPORTED']);
    expect(answer.body.parcel).toMatchObject({ carrier: null, outletCode: null });
  });

  test('field case 6: price protection is nothing to intercept, whether the refund says so or only a message did', async () => {
    const said = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 500, specialRefundType: 1 });
    const told = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 500 });
    const message = { kind: 'MESSAGE', eventId: told.refundId, event: 'kwaishop_aftersales_addRefund', sentAt: null, body: {} } as const;
    const { refundId } = told;
    await api.deps.db.transaction().execute(async (trx) => {
      await takeMessage(trx, 'REAL', { ...message, shopId: api.shopId, refundId, specialRefundType: 1 });
      await takeMessage(trx, 'REAL', { ...message, eventId: `${refundId}b`, shopId: api.shopId, refundId, specialRefundType: 0 });
    });
    for (const refund of [said, told]) {
      const answer = await api.call('POST', '/v1/intercepts/preview', { refundId: refund.refundId });
      expect(answer.body.reasons).toEqual([{ code: 'NOT_REFUND_ONLY', message: '价保退款不退回商品，不能拦截' }]);
    }
  });

  test('field case 8: goods of a sub-order in the same parcel have to be acknowledged', async () => {
    engine.start = accepts;
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', order: { subOrders: [{ itemTitle: '赠品毛巾', quantity: 1 }] } });
    const answer = await create(refundId);
    expect([answer.status, answer.body.warnings]).toEqual([
      409,
      [{ code: 'OTHER_GOODS_IN_PARCEL', message: '包裹内还有不在本退款单中的商品（赠品毛巾×1），拦截后会一并退回' }],
    ]);
    expect((await create(refundId, { acknowledge: ['OTHER_GOODS_IN_PARCEL'] })).status).toBe(201);
  });

  test('an unreachable carrier is a reason, an unreachable platform a 503', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    await callControl(api.simulators.url, 'POST', '/sim/faults', { party: 'ZTO', kind: 'http-500', times: 1 });
    const blind = await api.call('POST', '/v1/intercepts/preview', { refundId });
    expect(blind.body.reasons.map(({ code }: { code: string }) => code)).toContain('TRACK_UNAVAILABLE');
    await callControl(api.simulators.url, 'POST', '/sim/faults', { party: 'KUAISHOU', kind: 'http-500', times: 1 });
    const down = await api.call('POST', '/v1/intercepts/preview', { refundId });
    expect([down.status, down.body.code, Number(down.headers['retry-after']) > 0]).toEqual([503, 'PLATFORM_UNAVAILABLE', true]);
    expect(down.body).not.toHaveProperty('reasons');
  });
});

describe('case 12: a carrier that asks for the last four digits of a phone', () => {
  test('gets those of the masked number, which stay out of the answer, the run and its record', async () => {
    engine.start = accepts;
    const { refundId, waybillNo } = await api.seedRefund({ carrier: 'ZTO', parcel: { asksPhone: '0000' } });
    const answer = await create(refundId);
    expect(answer.status).toBe(201);
    expect(await phoneTailOf(api.deps.db, { carrier: 'ZTO', waybillNo })).toBe('0000');
    const listed = await api.call('GET', '/v1/intercepts?phoneTail=0000');
    expect(listed.body.items.map(({ interceptId }: { interceptId: string }) => interceptId)).toContain(`${refundId}-1`);
    expect((await api.call('GET', '/v1/intercepts?phoneTail=000')).status).toBe(400);
    for (const kept of [answer.body, started, await stateOf(`${refundId}-1`)]) expect(JSON.stringify(kept)).not.toMatch(/phone/i);
  });

  test('a number the platform does not show is a track that cannot be read', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', parcel: { asksPhone: '1234' } });
    const { body } = await api.call('POST', '/v1/intercepts/preview', { refundId });
    expect(body.reasons.map(({ code }: { code: string }) => code)).toContain('TRACK_UNAVAILABLE');
  });
});

describe('create', () => {
  test('201 with Location once the carrier answered; the run gets everything it ever needs', async () => {
    engine.start = accepts;
    const { refundId, waybillNo } = await api.seedRefund({ carrier: 'ZTO' });
    const answer = await create(refundId);
    await expectDocumented(api, 'createIntercept', answer);
    expect([answer.status, answer.headers['location']]).toEqual([201, `/v1/intercepts/${refundId}-1`]);
    expect(answer.body).toMatchObject({
      interceptId: `${refundId}-1`,
      interceptStatus: 'INTERCEPTING',
      refundStatus: 'OPEN',
      feeFen: 350,
      attempt: 1,
      source: 'workflow',
    });
    expect(started[0]).toMatchObject({
      resume: null,
      input: { refundId, waybillNo, shopId: api.shopId, durations: api.deps.config.durations, follows: null },
    });
    expect(started[0]?.input.pickedUpAt).toEqual(expect.any(Number));
    expect(await rowsOf(refundId)).toEqual([{ intercept_id: `${refundId}-1`, phase: 'OPEN' }]);
  });

  test('202 while the carrier has not answered, 200 with the same one afterwards', async () => {
    engine.describe = async () => ({});
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    const first = await create(refundId);
    await expectDocumented(api, 'createIntercept', first);
    expect([first.status, first.body.interceptStatus, first.body.source]).toEqual([202, 'REQUESTED', 'record']);
    const second = await create(refundId);
    expect([second.status, second.body.interceptId]).toEqual([200, first.body.interceptId]);
    expect(started).toHaveLength(1);
  });

  test('503 while nobody can say that a run exists; a repeat starts the same one', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    const first = await create(refundId);
    expect([first.status, first.body.code, first.body.retryable, Number(first.headers['retry-after']) > 0]).toEqual([
      503,
      'ENGINE_UNAVAILABLE',
      true,
      true,
    ]);
    engine.describe = (id) => Promise.reject(notFound(id));
    expect((await create(refundId)).status).toBe(503);
    expect(await rowsOf(refundId)).toEqual([{ intercept_id: `${refundId}-1`, phase: 'STARTING' }]);
    engine.start = accepts;
    const third = await create(refundId);
    expect([third.status, third.body.interceptId]).toEqual([200, `${refundId}-1`]);
    expect(new Set(started.map(({ input }) => input.initiatedAt)).size).toBe(1);
    expect(await rowsOf(refundId)).toEqual([{ intercept_id: `${refundId}-1`, phase: 'OPEN' }]);
  });

  test('50 at once are one row and one case; every answer names it', async () => {
    engine.start = accepts;
    engine.query = async (id) => viewIntercept(await stateOf(id.replace('intercept:', '')), Date.now());
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => untilTaken(() => create(refundId))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers) expect([[200, 201].includes(status), body.interceptId]).toEqual([true, `${refundId}-1`]);
    expect(await rowsOf(refundId)).toHaveLength(1);
    for (const { input } of started) expect(input).toEqual(started[0]?.input);
  });

  test('needs the confirmation before anything is asked of anybody', async () => {
    for (const confirm of [undefined, false]) {
      const answer = await api.call('POST', '/v1/intercepts', { refundId: '1', confirm });
      expect([answer.status, answer.body.code]).toEqual([409, 'CONFIRMATION_REQUIRED']);
    }
  });

  test('an ineligible refund is 422 with every reason, and nothing is left behind', async () => {
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 50_000, order: { coType: 8 } });
    const answer = await create(refundId);
    expect([answer.status, answer.body.code]).toEqual([422, 'INTERCEPT_NOT_ELIGIBLE']);
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({ code: 'CROSS_BORDER_SHOP' }),
      expect.objectContaining({ code: 'REFUND_AMOUNT_NOT_BELOW_500' }),
    ]);
    expect(await rowsOf(refundId)).toEqual([]);
  });

  test('warnings must be acknowledged by name', async () => {
    engine.start = accepts;
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 1_000, order: { paidFen: 2_000 } });
    const refused = await create(refundId);
    expect([refused.status, refused.body.code, refused.body.warnings[0].code]).toEqual([
      409,
      'WARNINGS_NOT_ACKNOWLEDGED',
      'PARTIAL_REFUND',
    ]);
    expect((await create(refundId, { acknowledge: ['SHARED_PARCEL'] })).status).toBe(409);
    expect((await create(refundId, { acknowledge: ['PARTIAL_REFUND'] })).status).toBe(201);
  });

  test('a second refund of the parcel follows the first, with a warning', async () => {
    engine.start = accepts;
    const first = await api.seedRefund({ carrier: 'ZTO' });
    await create(first.refundId);
    const second = await api.seedRefund({ carrier: 'ZTO', parcel: { waybillNo: first.waybillNo } });
    expect((await create(second.refundId)).body.warnings).toMatchObject([{ code: 'SHARED_PARCEL' }]);
    expect((await create(second.refundId, { acknowledge: ['SHARED_PARCEL'] })).status).toBe(201);
    expect(started.at(-1)?.input.follows).toMatchObject({ interceptId: `${first.refundId}-1` });
  });

  test('back to the outlet where the carrier offers it; a shared parcel goes where its first intercept sends it', async () => {
    engine.start = accepts;
    const offered = async (refundId: string) => (await api.call('POST', '/v1/intercepts/preview', { refundId })).body.returnsTo;
    const first = await api.seedRefund({ carrier: 'ZTO' });
    expect(await offered(first.refundId)).toEqual(['SENDER', 'OUTLET']);
    const answer = await create(first.refundId, { returnTo: 'OUTLET' });
    await expectDocumented(api, 'createIntercept', answer);
    expect([answer.status, answer.body.returnTo, started.at(-1)?.input.returnTo]).toEqual([201, 'OUTLET', 'OUTLET']);
    const second = await api.seedRefund({ carrier: 'ZTO', parcel: { waybillNo: first.waybillNo } });
    expect(await offered(second.refundId)).toEqual(['OUTLET']);
    const otherwise = await create(second.refundId, { returnTo: 'SENDER', acknowledge: ['SHARED_PARCEL'] });
    await expectDocumented(api, 'createIntercept', otherwise);
    expect([otherwise.status, otherwise.body.code, otherwise.body.returnsTo]).toEqual([422, 'RETURN_NOT_OFFERED', ['OUTLET']]);
    expect((await create(second.refundId, { acknowledge: ['SHARED_PARCEL'] })).body.returnTo).toBe('OUTLET');
  });

  test('a return that the carrier’s call does not have starts nothing; no word goes back to the sender', async () => {
    engine.start = accepts;
    const { refundId } = await api.seedRefund({ carrier: 'YTO' });
    expect((await api.call('POST', '/v1/intercepts/preview', { refundId })).body.returnsTo).toEqual(['SENDER']);
    const items = [{ refundId, returnTo: 'OUTLET' }];
    const batch = await api.call('POST', '/v1/intercepts/batch', { items, confirm: true });
    expect(batch.body.results).toMatchObject([{ outcome: 'FAILED', problem: { code: 'RETURN_NOT_OFFERED', returnsTo: ['SENDER'] } }]);
    expect((await create(refundId, { returnTo: 'ELSEWHERE' })).status).toBe(400);
    expect([await rowsOf(refundId), started]).toEqual([[], []]);
    expect((await create(refundId)).body.returnTo).toBe('SENDER');
    expect(started[0]?.input).not.toHaveProperty('returnTo');
  });

  test('an unknown refund is 404, and so is another shop’s', async () => {
    const foreign = await api.seedRefund({ carrier: 'ZTO', shopId: OTHER_SHOP.shopId });
    for (const refundId of ['999999', foreign.refundId]) {
      const answer = await create(refundId);
      expect([answer.status, answer.body.code]).toEqual([404, 'REFUND_NOT_FOUND']);
    }
  });

  test('after a refusal a new attempt with its own clock; after the fifth, none', async () => {
    engine.start = accepts;
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const answer = await create(refundId);
      expect([answer.status, answer.body.interceptId]).toEqual([201, `${refundId}-${attempt}`]);
      const state = await stateOf(`${refundId}-${attempt}`);
      const refused = {
        interceptStatus: 'REJECTED_BY_CARRIER',
        refundStatus: 'RELEASED',
        carrierRefusal: { code: 'E23120', message: '快件已签收' },
      } as const;
      await recordCase(api.deps.db, state, refused, true);
    }
    const sixth = await create(refundId);
    expect([sixth.status, sixth.body.code]).toEqual([422, 'CARRIER_REFUSED']);
    expect(sixth.body.reasons).toMatchObject([{ code: 'CARRIER_REFUSED', carrierCode: 'E23120' }]);
  });
});

describe('batch', () => {
  test('every item for itself, in the order asked', async () => {
    engine.start = accepts;
    const [good, dear] = await Promise.all([api.seedRefund({ carrier: 'ZTO' }), api.seedRefund({ carrier: 'ZTO', refundFeeFen: 60_000 })]);
    await create(good.refundId);
    const fresh = await api.seedRefund({ carrier: 'ZTO' });
    const items = [dear.refundId, '404404', good.refundId, fresh.refundId].map((refundId) => ({ refundId }));
    engine.query = timeOutAlways;
    const answer = await api.call('POST', '/v1/intercepts/batch', { items, confirm: true });
    await expectDocumented(api, 'createInterceptBatch', answer);
    expect(answer.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['INELIGIBLE', 'FAILED', 'EXISTING', 'CREATED']);
    expect(answer.body.results[0].problem.reasons[0].code).toBe('REFUND_AMOUNT_NOT_BELOW_500');
    expect(answer.body.results[1].problem).toMatchObject({
      code: 'REFUND_NOT_FOUND',
      instance: `urn:request:${String(answer.headers['x-request-id'])}`,
    });
    expect(answer.body.results[3].intercept.interceptId).toBe(`${fresh.refundId}-1`);
  });

  test('a refund named twice is created once, by the first of the two', async () => {
    engine.start = accepts;
    engine.query = timeOutAlways;
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    const items = [{ refundId }, { refundId: '404404' }, { refundId }];
    const answer = await api.call('POST', '/v1/intercepts/batch', { items, confirm: true });
    expect(answer.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['CREATED', 'FAILED', 'EXISTING']);
  });

  test('takes 1 to 20, confirmed', async () => {
    const items = Array.from({ length: 21 }, (_, n) => ({ refundId: String(n) }));
    expect((await api.call('POST', '/v1/intercepts/batch', { items, confirm: true })).status).toBe(400);
    expect((await api.call('POST', '/v1/intercepts/batch', { items: [], confirm: true })).status).toBe(400);
    expect((await api.call('POST', '/v1/intercepts/batch', { items: items.slice(0, 1) })).body.code).toBe('CONFIRMATION_REQUIRED');
  });
});

describe('reading', () => {
  test('fresh from the run; from the record when nobody answers or the run has ended', async () => {
    const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: '7001', waybillNo: '73900000007001' });
    engine.query = async () => viewIntercept({ ...state, interceptStatus: 'SUCCEEDED' }, Date.now());
    const live = await api.call('GET', '/v1/intercepts/7001-1');
    await expectDocumented(api, 'getIntercept', live);
    expect([live.body.interceptStatus, live.body.source]).toEqual(['SUCCEEDED', 'workflow']);
    engine.query = timeOutAlways;
    const kept = await api.call('GET', '/v1/intercepts/7001-1');
    expect([kept.status, kept.body.interceptStatus, kept.body.source]).toEqual([200, 'REQUESTED', 'record']);
    await recordCase(api.deps.db, state, { interceptStatus: 'FAILED' }, true);
    engine.query = async () => viewIntercept(state, Date.now());
    expect((await api.call('GET', '/v1/intercepts/7001-1')).body).toMatchObject({ interceptStatus: 'FAILED', source: 'record' });
  });

  test('track and events are documented answers', async () => {
    await openCase(api.deps.db, { shopId: api.shopId, refundId: '7002', waybillNo: '73900000007002' });
    const scan = {
      carrier: 'ZTO',
      waybillNo: '73900000007002',
      event: 'RETURNING',
      occurredAt: Date.now(),
      outletCode: null,
      outletName: null,
      text: '退回',
      raw: { a: 1 },
    } as const;
    await api.deps.db.transaction().execute((trx) => takeScans(trx, 'ZTO', [scan], 'PUSH'));
    const track = await api.call('GET', '/v1/intercepts/7002-1/track');
    await expectDocumented(api, 'getInterceptTrack', track);
    expect(track.body.items).toMatchObject([{ event: 'RETURNING', source: 'PUSH', raw: { a: 1 } }]);
    const events = await api.call('GET', '/v1/intercepts/7002-1/events');
    await expectDocumented(api, 'listInterceptEvents', events);
    expect(events.body.items[0]).toMatchObject({ actorKind: 'MERCHANT', what: 'INTERCEPT_INITIATED' });
  });

  test('events show what a person wrote without whom it names', async () => {
    const { input } = await openCase(api.deps.db, { shopId: api.shopId, refundId: '7003', waybillNo: '73900000007003' });
    const { interceptId, initiatedAt } = input;
    const after = { description: '已与收件人（张三丰）13812341234确认' };
    const line = { at: 1, actorKind: 'MERCHANT', actor: '店主', what: 'REFUND_REJECTED', before: {}, after, reference: null } as const;
    await addLogLines(api.deps.db, { interceptId, initiatedAt, version: 9, firstN: 1 }, [line]);
    const { items } = (await api.call('GET', `/v1/intercepts/${interceptId}/events`)).body;
    expect(items.at(-1).after).toEqual({ description: '已与收件人（张**）138****1234确认' });
  });

  test('the list pages newest first, filters, and refuses an altered cursor', async () => {
    for (let n = 1; n <= 5; n += 1)
      await openCase(api.deps.db, { shopId: api.shopId, refundId: `710${n}`, orderId: '71', waybillNo: `7390000000710${n}` });
    const first = await api.call('GET', '/v1/intercepts?orderId=71&limit=2');
    await expectDocumented(api, 'listIntercepts', first);
    const seen: string[] = first.body.items.map(({ refundId }: { refundId: string }) => refundId);
    let cursor: string | null = first.body.nextCursor;
    while (cursor !== null) {
      const page = await api.call('GET', `/v1/intercepts?orderId=71&limit=2&after=${cursor}`);
      seen.push(...page.body.items.map(({ refundId }: { refundId: string }) => refundId));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(['7105', '7104', '7103', '7102', '7101']);
    const moved = await api.call('GET', `/v1/intercepts?orderId=72&limit=2&after=${first.body.nextCursor}`);
    expect([moved.status, moved.body.code]).toEqual([400, 'INVALID_CURSOR']);
    const { initiatedAt } = first.body.items[1];
    const ids = async (query: string) =>
      (await api.call('GET', `/v1/intercepts?orderId=71&${query}`)).body.items.map(({ refundId }: { refundId: string }) => refundId);
    expect(await ids(`initiatedFrom=${initiatedAt}`)).toEqual(['7105', '7104']);
    expect(await ids(`initiatedTo=${initiatedAt}`)).toEqual(['7103', '7102', '7101']);
    expect(await ids('waybillNo=73900000007102')).toEqual(['7102']);
    expect(await ids('interceptStatus=SUCCEEDED')).toEqual([]);
    expect(await ids('workList=INTERCEPTING')).toEqual(['7105', '7104', '7103', '7102', '7101']);
    expect(await ids('workList=REJECTABLE')).toEqual([]);
    expect(
      await ids(
        'autoRefundBefore=2030-01-01T00:00:00%2B08:00&carrier=ZTO&interceptStatus=REQUESTED&refundStatus=OPEN&outletCode=O1&refundId=7103',
      ),
    ).toEqual(['7103']);
  });

  test('the refund list shows each refund’s intercept and pages by the platform’s cursor', async () => {
    const first = await api.call('GET', '/v1/refunds?status=OPEN&limit=2');
    await expectDocumented(api, 'listRefunds', first);
    expect(first.body.items).toHaveLength(2);
    // The platform's list says nothing of what was bought.
    expect(first.body.items.map(({ itemTitle }: { itemTitle: string }) => itemTitle)).toEqual([
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ]);
    const second = await api.call('GET', `/v1/refunds?limit=2&after=${first.body.nextCursor}`);
    expect(second.body.items[0].refundId).not.toBe(first.body.items[0].refundId);
    const tampered = Buffer.from(Buffer.from(first.body.nextCursor, 'base64url').toString().replace(/^\[0/, '[1')).toString('base64url');
    expect((await api.call('GET', `/v1/refunds?after=${tampered}`)).body.code).toBe('INVALID_CURSOR');
  });

  test('a list that is asked for again asks the order of a refund anew only while it has no parcel', async () => {
    const sent = await api.seedRefund({ carrier: 'ZTO' });
    const { readOrder } = api.deps.platform;
    const asked = jest.spyOn(api.deps.platform, 'readOrder');
    const asksOfIt = () => asked.mock.calls.filter(([, orderId]) => orderId === sent.orderId).length;
    const rowOf = async () =>
      (await api.call('GET', '/v1/refunds?limit=100')).body.items.find(({ refundId }: { refundId: string }) => refundId === sent.refundId);
    asked.mockImplementation(async (...named) => {
      const order = await readOrder(...named);
      return order && { ...order, parcels: asksOfIt() > 1 ? order.parcels : [] };
    });
    for (let times = 0; times < 4; times += 1)
      expect(await rowOf()).toMatchObject({ waybillNo: sent.waybillNo, carrier: 'ZTO', itemTitle: expect.stringMatching(/./) });
    expect(asksOfIt()).toBe(2);
    asked.mockRestore();
  });

  test('an id that no intercept can have is absent like any other', async () => {
    for (const id of ['abc', '7200', '7200-1x', '1'.repeat(30)]) {
      const answer = await api.call('GET', `/v1/intercepts/${id}`);
      expect([id, answer.status, answer.body.code]).toEqual([id, 404, 'NOT_FOUND']);
    }
  });

  test('nothing of another shop can be seen or touched: the same 404 as for what does not exist', async () => {
    await openCase(api.deps.db, { shopId: OTHER_SHOP.shopId, refundId: '7200', waybillNo: '73900000007200' });
    const paths = ['', '/track', '/events', '/reject-reasons'].map((path) => ['GET', path] as const);
    const commands = [
      ['POST', '/approve-refund', {}],
      ['POST', '/reject-refund', { reason: '1' }],
      ['POST', '/request-arbitration', { description: 'x' }],
      ['DELETE', ''],
    ] as const;
    for (const [method, path, body] of [...paths, ...commands]) {
      const [foreign, absent] = await Promise.all(['7200-1', '7299-1'].map((id) => api.call(method, `/v1/intercepts/${id}${path}`, body)));
      const withoutInstance = (answer: typeof foreign) => ({ status: answer?.status, body: { ...answer?.body, instance: null } });
      expect([path, withoutInstance(foreign)]).toEqual([path, withoutInstance(absent)]);
      expect(foreign?.body.code).toBe('NOT_FOUND');
    }
    const listed = await api.call('GET', '/v1/intercepts?refundId=7200');
    expect(listed.body.items).toEqual([]);
  });
});

describe('commands', () => {
  let refund = 7_300;
  const openOne = async () => openCase(api.deps.db, { shopId: api.shopId, refundId: String(++refund), waybillNo: `7390000000${refund}` });
  const approve = (interceptId: string, body: unknown = {}) => api.call('POST', `/v1/intercepts/${interceptId}/approve-refund`, body);

  test('carried out: 200 with the case; the update is named by action and version, so parallel clicks are one', async () => {
    const state = await openOne();
    const sent: unknown[] = [];
    engine.query = async () => viewIntercept({ ...state, version: 7 }, Date.now());
    engine.command = async (name, options) => {
      sent.push([name, options.updateId, options.args]);
      return { result: async () => viewIntercept({ ...state, refundStatus: 'REFUNDED' }, Date.now()) };
    };
    const answer = await approve(state.input.interceptId, { refundFeeFen: 9_900 });
    await expectDocumented(api, 'approveRefund', answer);
    expect([answer.status, answer.body.refundStatus]).toEqual([200, 'REFUNDED']);
    expect(sent).toEqual([['approveRefund', 'APPROVE:7', [{ actor: expect.stringContaining('测试'), refundFeeFen: 9_900 }]]]);
  });

  test('many at once: each under its own guards and for itself, one named twice decided once', async () => {
    const [done, changed, later] = [await openOne(), await openOne(), await openOne()];
    const states = new Map([done, changed, later].map((state) => [state.input.interceptId, state]));
    const sent: string[] = [];
    engine.query = async (workflowId) => viewIntercept(states.get(workflowId.replace('intercept:', '')) ?? done, Date.now());
    engine.command = async (name, { args }) => {
      const { refundFeeFen } = args[0] as { refundFeeFen?: number };
      sent.push(`${name} ${refundFeeFen ?? ''}`);
      if (refundFeeFen === 2) throw refusal('AMOUNT_CHANGED', { refundFeeFen: 12_300 });
      if (refundFeeFen === 3) return { result: () => Promise.reject(timeOut()) };
      return { result: async () => viewIntercept({ ...done, refundStatus: refundFeeFen === 1 ? 'REFUNDED' : 'REJECTED' }, Date.now()) };
    };
    const items = [done, changed, later, done].map(({ input }, index) => ({ interceptId: input.interceptId, refundFeeFen: index + 1 }));
    const approved = await api.call('POST', '/v1/intercepts/batch/approve-refund', {
      items: [...items, { interceptId: '7999-1', refundFeeFen: 5 }],
    });
    await expectDocumented(api, 'approveRefundBatch', approved);
    const told = approved.body.results.map(({ interceptId, outcome, problem }: Json) => [interceptId, outcome, problem?.code]);
    expect(told).toEqual([
      [done.input.interceptId, 'DONE', undefined],
      [changed.input.interceptId, 'FAILED', 'AMOUNT_CHANGED'],
      [later.input.interceptId, 'TAKEN', undefined],
      [done.input.interceptId, 'DONE', undefined],
      ['7999-1', 'FAILED', 'NOT_FOUND'],
    ]);
    expect(sent.toSorted()).toEqual(['approveRefund 1', 'approveRefund 2', 'approveRefund 3']);
    const rejected = await api.call('POST', '/v1/intercepts/batch/reject-refund', {
      interceptIds: [done.input.interceptId, '7999-1'],
      reason: '1002',
    });
    await expectDocumented(api, 'rejectRefundBatch', rejected);
    expect(rejected.body.results.map(({ outcome }: Json) => outcome)).toEqual(['DONE', 'FAILED']);
  });

  test('S10: while only the record tells a version, which may be old, no command is answered with the outcome of an earlier one', async () => {
    const state = await openOne();
    // As the engine keeps them: an update of a known id is not carried out again, its outcome is told once more.
    const outcomes = new Map<string, Error>();
    const next = [refusal('EVIDENCE_PENDING'), refusal('AMOUNT_CHANGED', { refundFeeFen: 12_300 })];
    engine.command = async (_name, { updateId }) => {
      const outcome = outcomes.get(updateId) ?? next.shift() ?? new Error('a third command');
      outcomes.set(updateId, outcome);
      return { result: () => Promise.reject(outcome) };
    };
    engine.query = timeOutAlways;
    const answers = [await approve(state.input.interceptId), await approve(state.input.interceptId)];
    expect(answers.map(({ body }) => body.code)).toEqual(['EVIDENCE_PENDING', 'AMOUNT_CHANGED']);
  });

  test('taken but not answered by the platform: 202 with the present state', async () => {
    const state = await openOne();
    engine.query = async () => viewIntercept({ ...state, refundStatus: 'REFUNDING' }, Date.now());
    engine.command = async () => ({ result: timeOutAlways });
    const answer = await approve(state.input.interceptId);
    expect([answer.status, answer.body.refundStatus, answer.body.source]).toEqual([202, 'REFUNDING', 'workflow']);
  });

  test('not taken by anybody: 503, repeat is safe', async () => {
    const { input } = await openOne();
    const answer = await approve(input.interceptId);
    expect([answer.status, answer.body.code]).toEqual([503, 'ENGINE_UNAVAILABLE']);
  });

  test.each([
    [
      'ACTION_NOT_ALLOWED',
      409,
      { reason: 'REJECT_LOCKED', availableAt: '2026-12-01T00:00:00.000Z' },
      { reason: 'REJECT_LOCKED', availableAt: '2026-12-01T00:00:00.000Z' },
    ],
    ['COMMAND_IN_PROGRESS', 409, {}, { retryable: true }],
    ['EVIDENCE_PENDING', 409, {}, { retryable: true }],
    ['AMOUNT_CHANGED', 409, { refundFeeFen: 10_900 }, { refundFeeFen: 10_900 }],
    ['WAYBILL_CHANGED', 409, { waybillNo: 'YT0000000000009' }, { waybillNo: 'YT0000000000009' }],
    [
      'ACTION_REFUSED_BY_PLATFORM',
      422,
      { platform: { code: '300010', message: '状态不允许' } },
      { platform: { code: '300010', message: '状态不允许' } },
    ],
  ] as const)('refused by the run with %s: %s', async (code, status, details, shown) => {
    const { input } = await openOne();
    engine.command = async () => Promise.reject(refusal(code, details));
    const early = await api.call('POST', `/v1/intercepts/${input.interceptId}/reject-refund`, {
      reason: '101',
      description: '已签收',
      images: ['https://a.example/1.jpg'],
    });
    engine.command = async () => ({ result: async () => Promise.reject(refusal(code, details)) });
    const late = await api.call('POST', `/v1/intercepts/${input.interceptId}/request-arbitration`, { description: '已签收' });
    for (const answer of [early, late]) expect(answer.body).toMatchObject({ status, code, ...shown });
  });

  test('on an ended case the record says why not', async () => {
    const state = await openOne();
    await recordCase(api.deps.db, state, { refundStatus: 'REFUNDED', interceptStatus: 'SUCCEEDED' }, true);
    expect((await approve(state.input.interceptId)).body).toMatchObject({
      code: 'ACTION_NOT_ALLOWED',
      reason: 'REFUND_NOT_OPEN',
      availableAt: null,
    });
  });

  test('a run that ended between the look and the command is no fault', async () => {
    const state = await openOne();
    engine.command = async () => {
      await recordCase(api.deps.db, state, { refundStatus: 'CLOSED' }, true);
      throw notFound('intercept:gone');
    };
    expect((await approve(state.input.interceptId)).body).toMatchObject({ code: 'ACTION_NOT_ALLOWED', reason: 'REFUND_NOT_OPEN' });
  });

  test('an open record without a run is 503', async () => {
    const { input } = await openOne();
    engine.command = (name) => Promise.reject(notFound(name));
    expect((await approve(input.interceptId)).body.code).toBe('ENGINE_UNAVAILABLE');
  });

  test('cannot be taken back, whatever its state', async () => {
    const { input } = await openOne();
    // Many clients name a content type even where they send nothing.
    for (const headers of [undefined, { 'content-type': 'application/json' }]) {
      const answer = await api.call('DELETE', `/v1/intercepts/${input.interceptId}`, undefined, headers);
      expect([answer.status, answer.body.code]).toEqual([409, 'INTERCEPT_IRREVOCABLE']);
    }
  });

  test('the platform’s reasons for rejecting', async () => {
    const seeded = await api.seedRefund({ carrier: 'ZTO' });
    engine.start = accepts;
    await create(seeded.refundId);
    const answer = await api.call('GET', `/v1/intercepts/${seeded.refundId}-1/reject-reasons`);
    await expectDocumented(api, 'listRejectReasons', answer);
    expect(answer.body.items.length).toBeGreaterThan(0);
  });

  test.each([
    ['approve-refund', { refundFeeFen: 0 }, '/refundFeeFen'],
    ['approve-refund', { refundFeeFen: '9900' }, '/refundFeeFen'],
    ['reject-refund', {}, '/reason'],
    ['reject-refund', { reason: 101 }, '/reason'],
    ['reject-refund', { reason: '101', images: Array(7).fill('https://a.example/1.jpg') }, '/images'],
    ['reject-refund', { reason: '101', images: ['javascript:alert(1)'] }, '/images/0'],
    ['request-arbitration', { description: '' }, '/description'],
    ['request-arbitration', { description: 'x', pictures: Array(4).fill('https://a.example/1.jpg') }, '/pictures'],
  ])('%s refuses %j', async (action, body, pointer) => {
    const answer = await api.call('POST', `/v1/intercepts/7001-1/${action}`, body);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
  });
});
