import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { DEFAULT_SETTINGS, type DecisionSettings } from '../../../domain/decisions/settings.ts';
import { proposalOf, rejectionOf } from '../../../domain/decisions/test-settings.ts';
import type { InterceptState } from '../../../domain/intercept/state.ts';
import { viewIntercept } from '../../../domain/intercept/view.ts';
import { tellNearDeadlines } from '../../../evidence/near-deadlines.ts';
import { openCase, recordCase } from '../../../evidence/test-records.ts';
import { saveDecisionSettings } from '../../../store/decision-settings.ts';
import { createStaff } from '../../../store/staff.ts';
import { expectDocumented } from '../../test-contract.ts';
import { openTestApi, OTHER_SHOP, type TestApi } from '../../test-api.ts';
import { scriptedClient, timeOut } from '../../test-temporal.ts';

let api: TestApi;
/** What a run answers to a query; it does not answer otherwise. */
let runShows: InterceptState | null;

beforeAll(async () => {
  const never = () => Promise.reject(timeOut());
  const query = async () => (runShows === null ? never() : viewIntercept(runShows, Date.now()));
  api = await openTestApi({
    temporal: { client: scriptedClient({ start: never, describe: never, query, command: never }), address: 'scripted' },
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  runShows = null;
  await api.deps.db.deleteFrom('decision_settings').execute();
});

const put = (settings: Partial<DecisionSettings>, baseVersion = 0) =>
  api.call('PUT', '/v1/decision-settings', { baseVersion, ...DEFAULT_SETTINGS, ...settings });
const person = async (shopId: string, name: string) => {
  const staff = await createStaff(api.deps.db, { shopId, name, role: 'OPERATOR', passwordHash: 'x', mustChange: false });
  return staff?.staffId ?? '';
};
const failed = async (refundId: string, over: Partial<InterceptState> = {}) => {
  const begun = await openCase(api.deps.db, { shopId: api.shopId, refundId, waybillNo: `73${refundId}` });
  return recordCase(api.deps.db, begun, { interceptStatus: 'FAILED', parcel: { ...begun.parcel, lastSignedAt: begun.updatedAt }, ...over });
};
const read = (interceptId: string) => api.call('GET', `/v1/intercepts/${interceptId}`);

describe('settings', () => {
  test('are the usual ones until a shop saves its own, which stay its own', async () => {
    const usual = await api.call('GET', '/v1/decision-settings');
    await expectDocumented(api, 'getDecisionSettings', usual);
    expect(usual.body).toEqual({ version: 0, proposals: [], remindHoursBefore: [24, 2], escalation: null, savedBy: null, savedAt: null });
    const staffId = await person(api.shopId, '张三');
    const proposals = [rejectionOf(), proposalOf({ conditions: { refundFeeFen: { atMost: 3_000 } } })];
    const saved = await put({ proposals, remindHoursBefore: [24, 4, 1], escalation: { staffId, hoursBefore: 4 } });
    await expectDocumented(api, 'putDecisionSettings', saved);
    expect(saved.body).toMatchObject({
      version: 1,
      proposals,
      remindHoursBefore: [24, 4, 1],
      escalation: { staffName: '张三', hoursBefore: 4 },
    });
    expect((await api.call('GET', '/v1/decision-settings')).body).toEqual(saved.body);
    const stranger = await api.newKey(['intercepts:read'], OTHER_SHOP.shopId);
    const foreign = await api.call('GET', '/v1/decision-settings', undefined, { authorization: `Bearer ${stranger}` });
    expect(foreign.body.version).toBe(0);
  });

  test('are saved once of two at a time, and after what was read', async () => {
    const answers = await Promise.all([put({}), put({ remindHoursBefore: [1] })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('RULES_CHANGED');
    expect([(await put({}, 0)).status, (await put({}, 1)).status, (await put({}, 3)).status]).toEqual([409, 200, 409]);
  });

  test('name a person who signs in to this shop, and have no fault that their form alone does not show', async () => {
    const elsewhere = await person(OTHER_SHOP.shopId, '李四');
    const faulty = await put({ proposals: [rejectionOf({ rejection: null })], escalation: { staffId: elsewhere, hoursBefore: 4 } });
    expect([faulty.status, faulty.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      400,
      ['/proposals/0/rejection', '/escalation/staffId'],
    ]);
    for (const remindHoursBefore of [[0], [49], [4, 4]]) expect((await put({ remindHoursBefore })).body.code).toBe('VALIDATION_FAILED');
  });
});

describe('an intercept', () => {
  test('shows what is proposed for it, alone and in a list, and proposes nothing once it is decided', async () => {
    const state = await failed('831');
    await put({ proposals: [rejectionOf()] });
    const expected = {
      proposalId: 'p2',
      name: '已签收拒绝',
      action: 'REJECT',
      situation: 'SIGNED',
      conditions: [],
      rejection: rejectionOf().rejection,
    };
    const { interceptId } = state.input;
    const one = await read(interceptId);
    await expectDocumented(api, 'getIntercept', one);
    expect(one.body).toMatchObject({ proposal: expected, escalation: null });
    const list = await api.call('GET', '/v1/intercepts?workList=FAILED_TO_HANDLE');
    await expectDocumented(api, 'listIntercepts', list);
    expect(list.body.items).toMatchObject([{ interceptId, proposal: expected }]);
    await recordCase(api.deps.db, state, { refundStatus: 'REFUNDING' });
    expect((await read(interceptId)).body).toMatchObject({ proposal: null, escalation: null });
  });

  test('whose run is ahead of its record proposes nothing', async () => {
    const state = await failed('832');
    await put({ proposals: [rejectionOf()] });
    runShows = state;
    expect((await read(state.input.interceptId)).body).toMatchObject({ source: 'workflow', proposal: { proposalId: 'p2' } });
    runShows = { ...state, version: state.version + 1 };
    expect((await read(state.input.interceptId)).body).toMatchObject({ source: 'workflow', proposal: null });
  });

  test('shows who was told that nobody decided it', async () => {
    const { input } = await failed('833');
    const { db } = api.deps;
    const escalation = { staffId: await person(api.shopId, '王五'), hoursBefore: 4 };
    const settings = { ...DEFAULT_SETTINGS, escalation };
    expect(await saveDecisionSettings(db, { shopId: api.shopId, baseVersion: 0, settings, savedBy: 'test' })).toBe(true);
    await sql`update intercepts set auto_refund_at = clock_ms() + interval '3 hours' where intercept_id = ${input.interceptId}`.execute(db);
    await tellNearDeadlines({ db }, new AbortController().signal);
    const shown = await read(input.interceptId);
    await expectDocumented(api, 'getIntercept', shown);
    expect(shown.body).toMatchObject({ escalation: { staffName: '王五', at: expect.any(String) } });
  });
});
