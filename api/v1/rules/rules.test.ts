import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { viewIntercept } from '../../../domain/intercept/view.ts';
import type { RuleSet } from '../../../domain/rules/rule.ts';
import { factsOf, NO_LIMITS, ruleOf, versionOf } from '../../../domain/rules/test-facts.ts';
import { driveInboxOnce } from '../../../evidence/drive-inbox.ts';
import { takeMessage } from '../../../evidence/intake.ts';
import { syncRefunds } from '../../../evidence/sync-refunds.ts';
import { PlatformUnavailable } from '../../../platforms/port.ts';
import { type Database, now, openDatabase } from '../../../store/db.ts';
import { reviewSubscription, subscribeOutlet } from '../../../store/outlet-subscriptions.ts';
import { putPrice } from '../../../store/outlet-prices.ts';
import { decideRefund } from '../../../store/rule-judgements.ts';
import { claimTasks, isWaiting, type RuleTask, wantJudgements } from '../../../store/rule-tasks.ts';
import { openService } from '../../../store/service-agreements.ts';
import type { AppDeps } from '../../deps.ts';
import { judgeTask, startRulesPump } from '../../rules/rules-pump.ts';
import { waitFor } from '../../../dev/waiting.ts';
import { expectDocumented } from '../../test-contract.ts';
import { openTestApi, OTHER_SHOP, type TestApi } from '../../test-api.ts';
import { type ScriptedEngine, scriptedClient, timeOut } from '../../test-temporal.ts';

let api: TestApi;
let second: Database;
let start: ScriptedEngine['start'];
const started: string[] = [];

beforeAll(async () => {
  const client = scriptedClient({
    start: (args) => {
      started.push(args.input.interceptId);
      return start(args);
    },
  });
  api = await openTestApi({ temporal: { client, address: 'scripted' } });
  second = openDatabase(api.deps.config.database.url, { max: 10, applicationName: 'second api', onError: () => undefined });
  const { shopId } = api;
  const { db } = api.deps;
  await openService(db, { shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const outlet = { shopId, carrier: 'ZTO', outletCode: '57913', outletName: '义乌国际商贸城网点' } as const;
  const { subscription } = await subscribeOutlet(db, { ...outlet, source: 'MERCHANT' });
  const { subscriptionId } = subscription;
  await reviewSubscription(db, { shopId, subscriptionId, decision: 'APPROVE', reason: null, reviewedBy: '网点' }, () => null);
  await putPrice(db, { shopId, carrier: 'ZTO', outletCode: '57913', feeFen: 350, effectiveFrom: 0, setBy: 'test' });
});
afterAll(async () => {
  await second.close();
  await api.close();
});
beforeEach(async () => {
  started.length = 0;
  start = async ({ input }) => {
    const { state } = await api.deps.db
      .selectFrom('intercepts')
      .select('state')
      .where('intercept_id', '=', input.interceptId)
      .executeTakeFirstOrThrow();
    return viewIntercept({ ...state, interceptStatus: 'INTERCEPTING', carrierReference: 'Z1' }, Date.now());
  };
  for (const table of ['rule_judgements', 'rule_reservations', 'rule_tasks'] as const) await api.deps.db.deleteFrom(table).execute();
});

const versionNow = async () => (await api.call('GET', '/v1/rules')).body.rules.version as number;
const put = async (ruleSet: RuleSet, more: object = { confirm: true }) => {
  const { limits, rules } = ruleSet;
  return api.call('PUT', '/v1/rules', { baseVersion: await versionNow(), limits, rules, ...more });
};
const save = async (ruleSet: RuleSet) => expect((await put(ruleSet)).status).toBe(200);

/** A message of the platform, as the webhook stores it. */
async function tell(refundId: string, event = 'kwaishop_aftersales_addRefund'): Promise<void> {
  const message = {
    kind: 'MESSAGE',
    eventId: `${refundId}:${event}`,
    event,
    sentAt: null,
    body: {},
    shopId: api.shopId,
    refundId,
  } as const;
  await api.deps.db.transaction().execute((trx) => takeMessage(trx, 'REAL', message));
  await driveInboxOnce({ ...api.deps, client: api.deps.temporal.client });
}
/** Judges what is due, once. */
async function judgeDue(deps: AppDeps = api.deps): Promise<RuleTask[]> {
  const tasks = await claimTasks(deps.db, 50);
  await Promise.all(tasks.map((task) => judgeTask(deps, task)));
  return tasks;
}
const why = async (refundId: string) => (await api.call('GET', `/v1/refunds/${refundId}/judgements`)).body;
const logOf = async (interceptId: string) => (await api.call('GET', `/v1/intercepts/${interceptId}/events`)).body.items;

describe('setting rules', () => {
  test('begins with none, paused; a version that intercepts has to be confirmed, with its bounds', async () => {
    const before = await api.call('GET', '/v1/rules');
    await expectDocumented(api, 'getRules', before);
    expect(before.body.rules).toMatchObject({ version: 0, limits: { paused: true }, rules: [], savedBy: null });
    const unconfirmed = await put(versionOf([ruleOf()]), {});
    expect([unconfirmed.status, unconfirmed.body.code]).toEqual([409, 'CONFIRMATION_REQUIRED']);
    const unbounded = await put({ limits: NO_LIMITS, rules: [ruleOf({ conditions: {} })] });
    expect([unbounded.status, unbounded.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      400,
      ['/rules/0/conditions/refundFeeFen/atMost', '/rules/0/conditions/expectedFeeFen/atMost', '/limits/dailyFeeFen', '/limits/dailyCount'],
    ]);
    const saved = await put(versionOf([ruleOf()]));
    await expectDocumented(api, 'putRules', saved);
    expect(saved.body).toMatchObject({ rules: { version: 1, rules: [ruleOf()] }, today: { shop: { feeFen: 0, count: 0 }, byRule: [] } });
    const stale = await put(versionOf([]), { baseVersion: 0 });
    await expectDocumented(api, 'putRules', stale);
    expect([stale.status, stale.body.code]).toEqual([409, 'RULES_CHANGED']);
  });

  test('is the owner’s; everybody who may look sees every version', async () => {
    const key = await api.newKey(['intercepts:read', 'intercepts:write', 'service:write']);
    const { limits, rules } = versionOf([]);
    const refused = await api.call('PUT', '/v1/rules', { baseVersion: 1, limits, rules }, { authorization: `Bearer ${key}` });
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
    const versions = await api.call('GET', '/v1/rules/versions', undefined, { authorization: `Bearer ${key}` });
    await expectDocumented(api, 'listRuleVersions', versions);
    expect(versions.body.items[0].version).toBe(await versionNow());
  });

  test('pauses at once, and goes on only when that is confirmed', async () => {
    await save(versionOf([ruleOf()]));
    const paused = await api.call('POST', '/v1/rules/pause', { paused: true });
    await expectDocumented(api, 'pauseRules', paused);
    expect(paused.body.rules.limits.paused).toBe(true);
    expect((await api.call('POST', '/v1/rules/pause', { paused: false })).body.code).toBe('CONFIRMATION_REQUIRED');
    expect((await api.call('POST', '/v1/rules/pause', { paused: false, confirm: true })).body.rules.limits.paused).toBe(false);
    const stranger = await api.newKey(['rules:write', 'intercepts:read'], OTHER_SHOP.shopId);
    const none = await api.call('POST', '/v1/rules/pause', { paused: true }, { authorization: `Bearer ${stranger}` });
    expect([
      none.status,
      (await api.call('GET', '/v1/rules', undefined, { authorization: `Bearer ${stranger}` })).body.rules.version,
    ]).toEqual([404, 0]);
  });
});

describe('a new refund', () => {
  test('of a message is intercepted by the rule it matches; the case names rule, version and confirmation', async () => {
    await save(versionOf([ruleOf({ ruleId: 'other', name: '别家', conditions: { ...ruleOf().conditions, carriers: ['STO'] } }), ruleOf()]));
    const { refundId, waybillNo } = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 12_900 });
    await tell(refundId);
    await judgeDue();
    expect(started).toEqual([`${refundId}-1`]);
    const version = await versionNow();
    const answer = await api.call('GET', `/v1/refunds/${refundId}/judgements`);
    await expectDocumented(api, 'listRefundJudgements', answer);
    expect(answer.body).toMatchObject({ waiting: false, interceptId: `${refundId}-1` });
    expect(answer.body.items).toMatchObject([
      { decision: 'INTERCEPT', cause: 'RULE', ruleId: 'r1', version, refundFeeFen: 12_900, expectedFeeFen: 350 },
    ]);
    expect(answer.body.items[0].rules).toMatchObject([
      {
        ruleId: 'other',
        verdict: 'NOT_MATCHED',
        conditions: expect.arrayContaining([{ condition: 'carriers', wanted: ['STO'], found: 'ZTO', holds: false }]),
      },
      { ruleId: 'r1', verdict: 'MATCHED' },
    ]);
    const { initiatedBy, feeFen } = (await api.call('GET', `/v1/intercepts/${refundId}-1`)).body;
    expect({ initiatedBy, feeFen, waybillNo }).toEqual({ initiatedBy: `小额快拦 (rule r1 v${version})`, feeFen: 350, waybillNo });
    expect(await logOf(`${refundId}-1`)).toMatchObject([
      { actorKind: 'MERCHANT', what: 'RULE_CONFIRMED', after: { rule: '小额快拦', version, refundAtMostFen: 30_000, feeAtMostFen: 500 } },
      { actorKind: 'SYSTEM', actor: initiatedBy, what: 'INTERCEPT_INITIATED' },
    ]);
    expect((await api.call('GET', '/v1/rules')).body.today).toEqual({
      shop: { feeFen: 350, count: 1 },
      byRule: [{ ruleId: 'r1', feeFen: 350, count: 1 }],
    });
    // Told again, by whatever message, nothing happens twice.
    await tell(refundId, 'kwaishop_aftersales_updateRefund');
    expect(await judgeDue()).toEqual([]);
  });

  test('of a list is found where its message was lost, and judged once', async () => {
    await save(versionOf([ruleOf({ action: 'ASK' })]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', createdAt: Date.now() });
    const sync = async () => syncRefunds({ ...api.deps, client: api.deps.temporal.client }, api.shopId, new AbortController().signal);
    await sync();
    expect((await judgeDue()).map((task) => task.refundId)).toContain(refundId);
    expect((await why(refundId)).items).toMatchObject([{ decision: 'ASK', cause: 'RULE' }]);
    await sync();
    expect((await judgeDue()).map((task) => task.refundId)).not.toContain(refundId);
    expect(started).toEqual([]);
  });

  test('that is not eligible, or has a warning, is not intercepted, and both pages say why in the same words', async () => {
    await save(versionOf([ruleOf({ conditions: { refundFeeFen: { atMost: 100_000 }, expectedFeeFen: { atMost: 500 } } })]));
    const dear = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 50_000 });
    const partial = await api.seedRefund({ carrier: 'ZTO', refundFeeFen: 2_600, order: { paidFen: 5_200 } });
    for (const { refundId } of [dear, partial]) await tell(refundId);
    await judgeDue();
    const preview = await api.call('POST', '/v1/intercepts/preview', { refundId: dear.refundId });
    expect((await why(dear.refundId)).items).toMatchObject([
      { decision: 'LEAVE', cause: 'NOT_ELIGIBLE', ruleId: 'r1', reasons: preview.body.reasons },
    ]);
    expect((await why(partial.refundId)).items).toMatchObject([
      { decision: 'ASK', cause: 'WARNINGS_NOT_ACKNOWLEDGED', warnings: [{ code: 'PARTIAL_REFUND' }] },
    ]);
    const asked = await api.call('GET', '/v1/rules/judgements?decision=ASK');
    await expectDocumented(api, 'listJudgements', asked);
    expect(asked.body.items.map((each: { refundId: string }) => each.refundId)).toEqual([partial.refundId]);
    const of = await api.call('GET', `/v1/rules/judgements?refundId=${dear.refundId}`);
    expect(of.body.items.map((each: { refundId: string }) => each.refundId)).toEqual([dear.refundId]);
    const unknown = await api.call('GET', '/v1/refunds/1/judgements');
    await expectDocumented(api, 'listRefundJudgements', unknown);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'NOT_FOUND']);
    expect(started).toEqual([]);
  });

  test('whose parcel has no track yet is looked at again by itself', async () => {
    await save(versionOf([ruleOf()]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO', parcel: { scans: [] } });
    await tell(refundId);
    await judgeDue();
    expect(await why(refundId)).toMatchObject({ waiting: true, items: [{ decision: 'LEAVE', trackStanding: 'NO_TRACK' }] });
    const codes = (await why(refundId)).items[0].reasons.map(({ code }: { code: string }) => code);
    expect(codes).toContain('NO_TRACK');
  });

  test('counts the buyer’s earlier refunds, and keeps nothing of the buyer but a digest', async () => {
    await save(versionOf([ruleOf({ conditions: { ...ruleOf().conditions, earlierRefunds: { atMost: 0 } } })]));
    const { refundId, orderId } = await api.seedRefund({ carrier: 'ZTO' });
    await tell(refundId);
    await judgeDue();
    const other = await api.seedRefund({ carrier: 'ZTO', order: { orderId } });
    await tell(other.refundId);
    await judgeDue();
    expect((await why(other.refundId)).items).toMatchObject([{ decision: 'LEAVE', cause: 'NO_RULE_MATCHED', earlierRefunds: 1 }]);
    const rows = await api.deps.db.selectFrom('rule_judgements').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('f18d');
    expect(rows[0]?.buyer_key).toMatch(/^[0-9a-f]{32}$/);
  });

  test('that a person intercepted first is nobody’s budget', async () => {
    await save(versionOf([ruleOf()]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    const facts = factsOf({ refundId, at: Date.now() });
    await decideRefund(api.deps.db, { shopId: api.shopId, facts, buyerKey: null, seenAt: 0 });
    expect((await api.call('POST', '/v1/intercepts', { refundId, confirm: true })).status).toBe(201);
    await wantJudgements(api.deps.db, [{ shopId: api.shopId, refundId, seenAt: 0 }]);
    await judgeDue();
    expect((await api.call('GET', '/v1/rules')).body.today.shop).toEqual({ feeFen: 0, count: 0 });
  });
});

describe('what may go wrong', () => {
  test('a process that died between reservation and create: another judges again, one case, one place in the budget', async () => {
    await save(versionOf([ruleOf()]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    await tell(refundId);
    const [died] = await claimTasks(api.deps.db, 1);
    expect(died?.refundId).toBe(refundId);
    await decideRefund(api.deps.db, { shopId: api.shopId, facts: factsOf({ refundId, at: Date.now() }), buyerKey: null, seenAt: 0 });
    expect(await judgeDue()).toEqual([]);
    await becomeDue();
    await judgeDue({ ...api.deps, db: second.kysely });
    expect(started).toEqual([`${refundId}-1`]);
    expect((await api.call('GET', '/v1/rules')).body.today.shop).toEqual({ feeFen: 350, count: 1 });
  });

  test('an engine that gives no answer: the case is there, and its run is started by the next try', async () => {
    await save(versionOf([ruleOf()]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    await tell(refundId);
    const answers = start;
    start = () => Promise.reject(timeOut());
    await judgeDue();
    expect(await isWaiting(api.deps.db, api.shopId, refundId)).toBe(true);
    start = answers;
    await becomeDue();
    await judgeDue();
    expect(started).toEqual([`${refundId}-1`, `${refundId}-1`]);
    expect(await isWaiting(api.deps.db, api.shopId, refundId)).toBe(false);
    expect((await api.call('GET', '/v1/rules')).body.today.shop).toEqual({ feeFen: 350, count: 1 });
  });

  test('a platform that gives no answer: the refund waits, and is judged once it does', async () => {
    await save(versionOf([ruleOf({ action: 'ASK' })]));
    const { refundId } = await api.seedRefund({ carrier: 'ZTO' });
    await tell(refundId);
    const silent = { ...api.deps.platform, readRefund: () => Promise.reject(new PlatformUnavailable('no answer')) };
    await judgeDue({ ...api.deps, platform: silent });
    expect(await why(refundId)).toMatchObject({ waiting: true, items: [] });
    await becomeDue();
    await judgeDue();
    expect(await why(refundId)).toMatchObject({ waiting: false, items: [{ decision: 'ASK' }] });
  });

  test('two API processes judge many refunds side by side: each once, the budget to the last place and not one more', async () => {
    await save(versionOf([ruleOf()], { dailyCount: 5 }));
    const refunds = await Promise.all(Array.from({ length: 30 }, () => api.seedRefund({ carrier: 'ZTO' })));
    const seenAt = await now(api.deps.db);
    await wantJudgements(
      api.deps.db,
      refunds.map(({ refundId }) => ({ shopId: api.shopId, refundId, seenAt })),
    );
    const failures: unknown[] = [];
    const options = { everyMs: 20, onError: (error: unknown) => void failures.push(error) };
    const pumps = [api.deps, { ...api.deps, db: second.kysely }].map((deps) => startRulesPump(deps, options));
    const drained = async () => (await api.deps.db.selectFrom('rule_tasks').select('refund_id').execute()).length === 0;
    expect(await waitFor(drained, 60_000)).toBe(true);
    await Promise.all(pumps.map((pump) => pump.stop()));
    expect(failures).toEqual([]);
    const judged = await api.deps.db.selectFrom('rule_judgements').select(['refund_id', 'decision']).execute();
    expect(new Set(judged.map((row) => row.refund_id)).size).toBe(30);
    expect(judged.filter(({ decision }) => decision === 'INTERCEPT')).toHaveLength(5);
    expect(new Set(started).size).toBe(5);
    expect((await api.call('GET', '/v1/rules')).body.today.shop).toEqual({ feeFen: 5 * 350, count: 5 });
  });
});

describe('a dry run', () => {
  const ask = (ruleSet: RuleSet, more: object = {}) =>
    api.call('POST', '/v1/rules/dry-run', { days: 30, limits: ruleSet.limits, rules: ruleSet.rules, ...more });

  test('lists what happened most often first, and of what happened as often what costs more', async () => {
    await save(versionOf([], { paused: true }));
    for (const refundFeeFen of [2_000, 9_000]) {
      await tell((await api.seedRefund({ carrier: 'ZTO', refundFeeFen })).refundId);
      await judgeDue();
    }
    const answer = await ask(versionOf([ruleOf({ conditions: { refundFeeFen: { atMost: 5_000 }, expectedFeeFen: { atMost: 500 } } })]));
    expect(answer.body.totals).toMatchObject([
      { decision: 'INTERCEPT', refunds: 1, feeFen: 350 },
      { decision: 'LEAVE', refunds: 1, feeFen: 0 },
    ]);
  });

  test('tells of past refunds what other rules would have done, each with its reason, and starts nothing', async () => {
    await save(versionOf([], { paused: true }));
    const refunds = [];
    for (const refundFeeFen of [2_000, 4_000, 60_000]) refunds.push(await api.seedRefund({ carrier: 'ZTO', refundFeeFen }));
    for (const { refundId } of refunds) {
      await tell(refundId);
      await judgeDue();
    }
    const answer = await ask(
      versionOf([ruleOf({ conditions: { refundFeeFen: { atMost: 100_000 }, expectedFeeFen: { atMost: 500 } } })], { dailyCount: 1 }),
    );
    await expectDocumented(api, 'dryRunRules', answer);
    expect(answer.body).toMatchObject({
      refunds: 3,
      totals: expect.arrayContaining([
        { decision: 'INTERCEPT', cause: 'RULE', ruleId: 'r1', refunds: 1, refundFeeFen: 2_000, feeFen: 350 },
        { decision: 'ASK', cause: 'SHOP_BUDGET_SPENT', ruleId: 'r1', refunds: 1, refundFeeFen: 4_000, feeFen: 0 },
        { decision: 'LEAVE', cause: 'NOT_ELIGIBLE', ruleId: 'r1', refunds: 1, refundFeeFen: 60_000, feeFen: 0 },
      ]),
      busiestDay: { feeFen: 350, count: 1 },
      next: null,
    });
    expect(answer.body.items.map((each: { refundId: string }) => each.refundId)).toEqual(refunds.map(({ refundId }) => refundId).reverse());
    const page = await ask(versionOf([ruleOf()]), { decision: 'INTERCEPT', limit: 1 });
    expect([page.body.items.length, page.body.next]).toEqual([1, 1]);
    expect((await ask(versionOf([ruleOf()]), { decision: 'INTERCEPT', limit: 1, skip: 1 })).body.next).toBeNull();
    expect(started).toEqual([]);
    expect((await api.call('GET', '/v1/rules')).body.today.shop.count).toBe(0);
  });

  test('of rules that could not be saved is refused', async () => {
    expect((await ask({ limits: NO_LIMITS, rules: [ruleOf({ conditions: {} })] })).status).toBe(400);
  });
});

async function becomeDue(): Promise<void> {
  await sql`update rule_tasks set due_at = clock_ms(), held_until = null`.execute(api.deps.db);
}
