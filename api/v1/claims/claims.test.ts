import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createClaimActivities } from '../../../activities/claims.ts';
import { CARRIERS } from '../../../carriers/index.ts';
import type { InterceptState } from '../../../domain/intercept/state.ts';
import { findClaim, unstartedClaims } from '../../../store/claims.ts';
import { addFile } from '../../../store/files.ts';
import { succeededIntercept } from '../../../store/test-settlement.ts';
import { createDevServerEnv } from '../../../test/support/dev-server.ts';
import { workflowBundle } from '../../../test/support/workflow-bundle.ts';
import { BACKGROUND_QUEUE } from '../../../workflows/messages.ts';
import { JPEG } from '../../files/sample-files.ts';
import { OTHER_SHOP, openTestApi, type TestApi } from '../../test-api.ts';
import { expectDocumented } from '../../test-contract.ts';

let env: TestWorkflowEnvironment;
let api: TestApi;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  env = await createDevServerEnv();
  api = await openTestApi({ temporal: { client: env.client, address: env.address } });
  Object.assign(api.deps.config, { createWaitMs: 5_000 });
  const carriers = new Map(CARRIERS.map((carrier) => [carrier.code, carrier.connect(api.simulators.credentials)]));
  worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: BACKGROUND_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: createClaimActivities({ db: api.database.kysely, carriers }),
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await api.close();
  await env.teardown();
});

const GOODS = [{ name: '连衣裙', quantity: 1, specification: '红色 M', valueFen: 12_900 }];
async function photo(shopId = api.shopId): Promise<string> {
  const file = { shopId, name: '破损.jpg', contentType: 'image/jpeg', bytes: JPEG, uploadedBy: 'test' };
  return (await addFile(api.database.kysely, file)).fileId;
}
const intercept = (over: Partial<InterceptState> = {}, carrier = 'YTO') =>
  succeededIntercept(api.database.kysely, { shopId: api.shopId, carrier }, over);
const back = { returnStatus: 'RETURN_SIGNED' } as const;
const loss = (over: object = {}) => ({
  kind: 'LOSS',
  contactPhone: '13800001234',
  goods: GOODS,
  claimedFen: 12_900,
  description: '一直未退回',
  ...over,
});
const damage = async (over: object = {}) => ({ ...loss(), kind: 'DAMAGE', evidence: [await photo()], description: '外包装破损', ...over });
const open = ({ input }: InterceptState, body: object, headers = {}) =>
  api.call('POST', `/v1/intercepts/${input.interceptId}/claims`, body, headers);
async function opened(body: object = loss(), carrier = 'YTO'): Promise<string> {
  const answer = await open(await intercept({}, carrier), body);
  expect(answer.status).toBe(201);
  return answer.body.claimId;
}
const progress = (claimId: string, body: object) => api.call('POST', `/v1/claims/${claimId}/progress`, body);
async function until(claimId: string, status: string) {
  for (const giveUpAt = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await api.call('GET', `/v1/claims/${claimId}`);
    if (answer.body.status === status) return answer.body;
    if (Date.now() > giveUpAt) throw new Error(`the claim never got there: ${answer.text}`);
  }
}

describe('opening a claim', () => {
  test('for damage of a parcel that was signed back', async () => {
    const state = await intercept(back);
    const answer = await open(state, await damage());
    expect(answer).toMatchObject({
      status: 201,
      body: {
        kind: 'DAMAGE',
        status: 'SUBMITTED',
        channel: 'CLAIM_SHEET',
        goodsValueFen: 12_900,
        claimedFen: 12_900,
        awardedFen: null,
        version: 1,
      },
    });
    expect(answer.headers['location']).toBe(`/v1/claims/${answer.body.claimId}`);
    await expectDocumented(api, 'openClaim', answer);
    const shown = await api.call('GET', `/v1/claims/${answer.body.claimId}`);
    expect(shown.body).toEqual(answer.body);
    await expectDocumented(api, 'getClaim', shown);
  });

  test('for loss counts as evidence that the parcel is lost', async () => {
    const state = await intercept();
    const { body } = await open(state, loss());
    const event = await api.database.kysely
      .selectFrom('inbox')
      .selectAll()
      .where('event_key', '=', `claim:${body.claimId}`)
      .executeTakeFirst();
    expect(event).toMatchObject({
      kind: 'RESULT',
      status: 'PENDING',
      carrier: 'YTO',
      waybill_no: state.input.waybillNo,
      payload: { result: 'LOST', code: 'LOSS_CLAIM' },
    });
  });

  test('at ZTO opens the carrier’s work order', async () => {
    const { waybillNo } = await api.seedRefund({ carrier: 'ZTO' });
    const state = await succeededIntercept(api.database.kysely, { shopId: api.shopId, carrier: 'ZTO', waybillNo });
    const { body } = await open(state, loss());
    expect(await until(body.claimId, 'ACCEPTED')).toMatchObject({ channel: 'CARRIER_API', carrierReference: expect.stringMatching(/^GD/) });
    const events = await api.call('GET', `/v1/claims/${body.claimId}/events`);
    expect(events.body.items.map(({ what }: { what: string }) => what)).toEqual(['CLAIM_SUBMITTED', 'CARRIER_TOOK_WORK_ORDER']);
    await expectDocumented(api, 'listClaimEvents', events);
  });

  test('names every reason against it, in the caller’s language', async () => {
    const state = await intercept();
    const answer = await open(state, await damage({ claimedFen: 12_901, evidence: [await photo(OTHER_SHOP.shopId)] }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'CLAIM_NOT_ALLOWED' } });
    expect(answer.body.reasons.map(({ code }: { code: string }) => code)).toEqual([
      'DAMAGE_NOT_SEEN',
      'CLAIMED_ABOVE_GOODS_VALUE',
      'EVIDENCE_NOT_FOUND',
    ]);
    const english = await open(await intercept(back), loss(), { 'accept-language': 'en' });
    expect(english.body.reasons).toEqual([{ code: 'PARCEL_SIGNED_BACK', message: 'The parcel was signed back: it is not lost' }]);
    expect((await open(await intercept(back), await damage({ evidence: [] }))).body.reasons).toMatchObject([{ code: 'EVIDENCE_REQUIRED' }]);
  });

  test('only after success, once a kind, and for the shop’s own intercepts', async () => {
    const pending = await intercept({ interceptStatus: 'INTERCEPTING', returnStatus: null });
    expect(await open(pending, loss())).toMatchObject({ status: 409, body: { code: 'ACTION_NOT_ALLOWED', reason: 'NOT_SUCCEEDED' } });
    const state = await intercept();
    const first = await open(state, loss());
    expect(await open(state, loss())).toMatchObject({ status: 409, body: { code: 'CLAIM_ALREADY_OPEN', claimId: first.body.claimId } });
    const key = await api.newKey(['settlement:write', 'intercepts:read'], OTHER_SHOP.shopId);
    const headers = { authorization: `Bearer ${key}` };
    expect((await open(await intercept(), loss(), headers)).status).toBe(404);
    for (const path of ['', '/events', '/sheet', '/sheet.csv']) {
      expect((await api.call('GET', `/v1/claims/${first.body.claimId}${path}`, undefined, headers)).status).toBe(404);
    }
    expect((await api.call('POST', `/v1/claims/${first.body.claimId}/withdraw`, {}, headers)).status).toBe(404);
    expect((await api.call('GET', '/v1/claims', undefined, headers)).body.items).toEqual([]);
  });

  test.each([
    ['no phone', { contactPhone: undefined }, '/contactPhone'],
    ['a phone that is none', { contactPhone: 'call me' }, '/contactPhone'],
    ['no goods', { goods: [] }, '/goods'],
    ['goods without value', { goods: [{ name: 'x', quantity: 1, specification: '' }] }, '/goods/0/valueFen'],
    ['nothing claimed', { claimedFen: 0 }, '/claimedFen'],
    ['a part of a fen', { claimedFen: 0.5 }, '/claimedFen'],
    ['a field of another', { status: 'UPHELD' }, '/status'],
    ['a path as file', { evidence: ['../x'] }, '/evidence/0'],
  ])('%s is 400', async (_name, over, pointer) => {
    const answer = await open(await intercept(), loss(over));
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
  });

  test('with an Idempotency-Key is one claim', async () => {
    const state = await intercept();
    const headers = { 'idempotency-key': `claim-${state.input.interceptId}` };
    const first = await open(state, loss(), headers);
    expect(await open(state, loss(), headers)).toMatchObject({
      status: 201,
      body: { claimId: first.body.claimId },
      headers: { 'idempotent-replayed': 'true' },
    });
  });

  test('needs its scope', async () => {
    const headers = { authorization: `Bearer ${await api.newKey(['intercepts:read', 'intercepts:write'])}` };
    expect((await open(await intercept(), loss(), headers)).status).toBe(403);
  });

  test('without Temporal is kept, and its run started later', async () => {
    const start = jest.spyOn(env.client.workflow, 'start').mockRejectedValueOnce(new Error('unreachable'));
    const claimId = await opened().finally(() => start.mockRestore());
    expect((await unstartedClaims(api.database.kysely, 0, 100)).map(({ details }) => details.claimId)).toContain(claimId);
    const answer = await progress(claimId, { status: 'ACCEPTED' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'ACCEPTED' } });
    expect((await unstartedClaims(api.database.kysely, 0, 100)).map(({ details }) => details.claimId)).not.toContain(claimId);
  });
});

describe('a claim that goes on', () => {
  test('by what the merchant enters, to an award in the ledger', async () => {
    const claimId = await opened();
    const accepted = await progress(claimId, { status: 'ACCEPTED', note: '网点已收单' });
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'ACCEPTED', note: '网点已收单', nextStatuses: ['ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN'] },
    });
    await expectDocumented(api, 'enterClaimProgress', accepted);
    expect(await progress(claimId, { status: 'UPHELD' })).toMatchObject({
      status: 422,
      body: { code: 'CLAIM_AWARD_REFUSED', reason: 'AWARD_MISSING' },
    });
    expect(await progress(claimId, { status: 'UPHELD', upheldFen: 12_901 })).toMatchObject({ body: { reason: 'AWARD_ABOVE_CLAIM' } });
    expect(await progress(claimId, { status: 'DISMISSED', upheldFen: 1 })).toMatchObject({ body: { reason: 'AWARD_WITHOUT_UPHELD' } });
    expect((await progress(claimId, { status: 'WITHDRAWN' })).status).toBe(400);
    const upheld = await progress(claimId, { status: 'UPHELD', upheldFen: 10_000, note: '同意赔付' });
    expect(upheld).toMatchObject({ status: 200, body: { status: 'UPHELD', awardedFen: 10_000 } });
    await until(claimId, 'UPHELD');
    expect((await api.call('GET', `/v1/claims/${claimId}`)).body.nextStatuses).toEqual([]);
    expect((await api.call('GET', '/v1/claims?workList=CLAIMING&status=UPHELD')).body.items).toEqual([]);
    const lines = await api.call('GET', `/v1/ledger-lines?claimId=${claimId}`);
    expect(lines.body.items).toMatchObject([{ kind: 'CLAIM', amountFen: -10_000, status: 'DUE' }]);
    expect(await progress(claimId, { status: 'DISMISSED' })).toMatchObject({
      status: 409,
      body: { code: 'CLAIM_STEP_NOT_ALLOWED', claimStatus: 'UPHELD' },
    });
    expect(await api.call('POST', `/v1/claims/${claimId}/withdraw`)).toMatchObject({
      status: 409,
      body: { code: 'CLAIM_STEP_NOT_ALLOWED' },
    });
  });

  test('may be withdrawn, again without harm, and opened anew', async () => {
    const state = await intercept();
    const { claimId } = (await open(state, loss())).body;
    const answer = await api.call('POST', `/v1/claims/${claimId}/withdraw`, { reason: '已找到包裹' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'WITHDRAWN', note: '已找到包裹' } });
    await expectDocumented(api, 'withdrawClaim', answer);
    expect(await api.call('POST', `/v1/claims/${claimId}/withdraw`)).toMatchObject({ status: 200, body: { status: 'WITHDRAWN' } });
    expect((await findClaim(api.database.kysely, api.shopId, claimId))?.state.status).toBe('WITHDRAWN');
    expect((await open(state, loss())).status).toBe(201);
  });

  test('is listed by what it is', async () => {
    const claimId = await opened(loss(), 'STO');
    const { waybillNo, interceptId } = (await api.call('GET', `/v1/claims/${claimId}`)).body;
    const list = await api.call(
      'GET',
      `/v1/claims?waybillNo=${waybillNo}&interceptId=${interceptId}&status=SUBMITTED&kind=LOSS&carrier=STO&workList=CLAIMING&limit=1`,
    );
    expect(list.body).toMatchObject({ items: [{ claimId }], nextCursor: null });
    await expectDocumented(api, 'listClaims', list);
    expect((await api.call('GET', `/v1/claims?waybillNo=${waybillNo}&createdTo=2020-01-01T00:00:00Z`)).body.items).toEqual([]);
  });
});

describe('the claim sheet', () => {
  const hostile = {
    goods: [{ name: '<script>alert(1)</script>', quantity: 2, specification: '=HYPERLINK("x")', valueFen: 12_900 }],
    description: '+SUM(1)"><img src=x onerror=alert(1)>',
  };

  test('is a page that runs and fetches nothing, whatever was typed', async () => {
    const { body } = await open(await intercept(back), await damage(hostile));
    const sheet = await api.call('GET', `/v1/claims/${body.claimId}/sheet`);
    expect(sheet.status).toBe(200);
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(sheet.headers['content-security-policy']).toMatch(/sandbox$/);
    expect(sheet.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(sheet.text).not.toMatch(/<script|onerror=alert\(1\)>/);
    expect(sheet.text).toContain(`data:image/jpeg;base64,${JPEG.toString('base64')}`);
    expect(sheet.text).toContain('129.00');
    expect(sheet.text).toContain('13800001234');
  });

  test('alone shows the phone whole; the owner is told who was shown it, and photos, of which case', async () => {
    const state = await intercept();
    const fileId = await photo();
    const { body } = await open(state, loss({ description: '请联系张三丰13800001234', evidence: [fileId] }));
    expect(body).toMatchObject({ contactPhone: '138****1234', description: '请联系张**138****1234' });
    await progress(body.claimId, { status: 'ACCEPTED', note: '联系人：张三丰，13800001234' });
    expect((await until(body.claimId, 'ACCEPTED')).note).toBe('联系人：张**，138****1234');
    for (const path of ['', '/events'])
      expect((await api.call('GET', `/v1/claims/${body.claimId}${path}`)).text).not.toMatch(/13800001234|张三丰/);
    const reader = { authorization: `Bearer ${await api.newKey(['intercepts:read'])}` };
    for (const path of ['/sheet', '/sheet.csv'])
      expect((await api.call('GET', `/v1/claims/${body.claimId}${path}`, undefined, reader)).text).toContain('13800001234');
    await api.call('GET', `/v1/files/${fileId}`, undefined, reader);

    const answer = await api.call('GET', '/v1/personal-data-log?limit=3');
    const shown = { actor: expect.stringMatching(/^测试 \(ik_live_/), what: 'PHONE_SHOWN', about: body.claimId };
    expect(answer.body.items).toMatchObject([
      { actor: shown.actor, what: 'FILE_SHOWN', about: fileId },
      { ...shown, detail: { interceptId: state.input.interceptId } },
      { ...shown, detail: { interceptId: state.input.interceptId } },
    ]);
    await expectDocumented(api, 'listPersonalDataLog', answer);
    const next = await api.call(
      'GET',
      `/v1/personal-data-log?limit=1&after=${(await api.call('GET', '/v1/personal-data-log?limit=2')).body.nextCursor}`,
    );
    expect(next.body.items).toEqual([answer.body.items[2]]);
    expect((await api.call('GET', '/v1/personal-data-log', undefined, reader)).status).toBe(403);
    const other = { authorization: `Bearer ${await api.newKey(['admin'], OTHER_SHOP.shopId)}` };
    expect((await api.call('GET', '/v1/personal-data-log', undefined, other)).body.items).toEqual([]);
  });

  test('is a table that a spreadsheet takes for text', async () => {
    const claimId = await opened(loss(hostile));
    const csv = await api.call('GET', `/v1/claims/${claimId}/sheet.csv`);
    expect(csv.headers['content-disposition']).toMatch(/^attachment/);
    expect(csv.text.startsWith('\ufeff"索赔单号"')).toBe(true);
    expect(csv.text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv.text).toContain(`"'+SUM(1)`);
    expect(csv.text.trim().split('\r\n')).toHaveLength(2);
  });
});
