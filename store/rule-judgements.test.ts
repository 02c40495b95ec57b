import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StartingRule } from '../domain/intercept/state.ts';
import { startDryRun } from '../domain/rules/dry-run.ts';
import { anyFacts, anyRules, AT, factsOf, ruleOf, versionOf } from '../domain/rules/test-facts.ts';
import type { RuleSet } from '../domain/rules/rule.ts';
import { DAY_MS, shanghaiDay } from '../domain/time.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, type Db, openDatabase } from './db.ts';
import { openIntercept, removeStarting } from './intercept-opening.ts';
import {
  type Decided,
  decideRefund,
  earlierRefunds,
  judgementsOf,
  listJudgements,
  pastFacts,
  releaseReservation,
  spentOn,
} from './rule-judgements.ts';
import { claimTasks, endTask, postponeTask, wantJudgements, wantUnjudged } from './rule-tasks.ts';
import { currentRules, listRuleVersions, saveRules } from './rule-versions.ts';
import { instant } from './values.ts';
import { addShops, firstRecord, newDraft, OTHER_SHOP, SHOP, warmUp } from './test-cases.ts';

let fresh: FreshDatabase;
let first: Database;
let second: Database;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  // Two processes: what one of them knows the other has to find in the database.
  first = openDatabase(fresh.url, { max: 8, applicationName: 'rules-test 1', onError: () => undefined });
  second = openDatabase(fresh.url, { max: 8, applicationName: 'rules-test 2', onError: () => undefined });
  db = first.kysely;
  await addShops(db);
});
afterAll(async () => {
  await first.close();
  await second.close();
  await fresh.drop();
});
beforeEach(async () => {
  for (const table of ['rule_judgements', 'rule_reservations', 'rule_tasks'] as const) await db.deleteFrom(table).execute();
});

/** Saves a next version, whatever the last one was. */
async function save(ruleSet: RuleSet, shopId = SHOP) {
  const baseVersion = (await currentRules(db, shopId))?.version ?? 0;
  const saved = await saveRules(db, { shopId, baseVersion, ruleSet, savedBy: '店主' });
  if (saved === null) throw new Error('somebody else saved');
  return saved;
}
const decide = (over: Parameters<typeof factsOf>[0], on = db) =>
  decideRefund(on, { shopId: SHOP, facts: factsOf(over), buyerKey: null, seenAt: AT });
const decisionOf = (decided: Decided) =>
  decided.kind === 'JUDGED' ? `${decided.judgement.decision} ${decided.judgement.cause}` : decided.kind;
const spent = async () => (await spentOn(db, SHOP, shanghaiDay(AT))).shop;
const startingRule = (judgementId: number): StartingRule => ({
  ruleId: 'r1',
  name: '小额快拦',
  version: 1,
  judgementId,
  confirmedBy: '店主',
  confirmedAt: AT,
  refundAtMostFen: 30_000,
  feeAtMostFen: 500,
});

describe('versions', () => {
  test('are added one after another by who knows the last one, and none is changed', async () => {
    expect(await currentRules(db, OTHER_SHOP)).toBeNull();
    const one = await save(versionOf([ruleOf()]), OTHER_SHOP);
    expect(one).toMatchObject({ version: 1, savedBy: '店主', rules: [{ ruleId: 'r1' }] });
    expect(await saveRules(db, { shopId: OTHER_SHOP, baseVersion: 0, ruleSet: versionOf([]), savedBy: '客服' })).toBeNull();
    const racing = [first, second].map(({ kysely }) =>
      saveRules(kysely, { shopId: OTHER_SHOP, baseVersion: 1, ruleSet: versionOf([]), savedBy: '客服' }),
    );
    expect((await Promise.all(racing)).filter((saved) => saved !== null)).toHaveLength(1);
    expect((await listRuleVersions(db, OTHER_SHOP, 10)).map(({ version }) => version)).toEqual([2, 1]);
  });
});

describe('budgets', () => {
  test.each([
    ['in count', { dailyCount: 7 }],
    ['in fen', { dailyFeeFen: 7 * 350 + 349 }],
  ])('%s are never exceeded by one, whoever judges at the same time', async (_name, limits) => {
    await save(versionOf([ruleOf()], limits));
    await Promise.all([warmUp(first.kysely, 8), warmUp(second.kysely, 8)]);
    const decided: Decided[] = [];
    // As many at once as each process has connections: none waits for one, all for each other.
    const lane = async (n: number): Promise<void> => {
      for (let refund = n; refund < 60; refund += 16)
        decided.push(await decide({ refundId: String(5_000 + refund) }, n % 2 === 0 ? first.kysely : second.kysely));
    };
    await Promise.all(Array.from({ length: 16 }, (_, n) => lane(n)));
    const intercepts = decided.filter((one) => decisionOf(one) === 'INTERCEPT RULE');
    expect(intercepts).toHaveLength(7);
    expect(decided.filter((one) => decisionOf(one) === 'ASK SHOP_BUDGET_SPENT')).toHaveLength(53);
    expect(await spent()).toEqual({ feeFen: 7 * 350, count: 7 });
  });

  test('hold one place a refund: judged again it neither takes a second nor keeps what it does not need', async () => {
    await save(versionOf([ruleOf()], { dailyCount: 1 }));
    expect(decisionOf(await decide({ refundId: '1' }))).toBe('INTERCEPT RULE');
    expect(decisionOf(await decide({ refundId: '2' }))).toBe('ASK SHOP_BUDGET_SPENT');
    expect(decisionOf(await decide({ refundId: '1', expectedFeeFen: 400 }))).toBe('INTERCEPT RULE');
    expect(await spent()).toEqual({ feeFen: 400, count: 1 });
    expect(decisionOf(await decide({ refundId: '1', refundFeeFen: 40_000 }))).toBe('LEAVE NO_RULE_MATCHED');
    expect(await spent()).toEqual({ feeFen: 0, count: 0 });
    expect(decisionOf(await decide({ refundId: '2' }))).toBe('INTERCEPT RULE');
  });

  test('count from midnight to midnight in Shanghai', async () => {
    await save(versionOf([ruleOf()], { dailyCount: 1 }));
    const midnight = Date.parse('2026-03-11T00:00:00+08:00');
    expect(decisionOf(await decide({ refundId: '1', at: midnight - 1 }))).toBe('INTERCEPT RULE');
    expect(decisionOf(await decide({ refundId: '2', at: midnight - 1 }))).toBe('ASK SHOP_BUDGET_SPENT');
    expect(decisionOf(await decide({ refundId: '3', at: midnight }))).toBe('INTERCEPT RULE');
  });

  test('are used with the case: only the last judgement may open it, and none opens a second one', async () => {
    await save(versionOf([ruleOf()]));
    const draft = newDraft({ refundId: '77001' });
    const [older, newer] = [await decide({ refundId: draft.refundId }), await decide({ refundId: draft.refundId })];
    if (older.kind !== 'JUDGED' || newer.kind !== 'JUDGED') throw new Error('expected two judgements');
    expect((await openIntercept(db, { ...draft, rule: startingRule(older.judgementId) }, firstRecord)).kind).toBe('FACTS_CHANGED');
    const opening = await openIntercept(db, { ...draft, rule: startingRule(newer.judgementId) }, firstRecord);
    expect(opening.kind).toBe('CREATED');
    await releaseReservation(db, draft.refundId, 'RESERVED');
    expect(await spent()).toEqual({ feeFen: 350, count: 1 });
    expect((await decide({ refundId: draft.refundId })).kind).toBe('STARTED_BEFORE');
    const lines = await db.selectFrom('intercept_log').selectAll().where('intercept_id', '=', '77001-1').orderBy('n').execute();
    expect(lines.map(({ actor_kind, actor, what }) => [actor_kind, actor, what])).toEqual([
      ['MERCHANT', '店主', 'RULE_CONFIRMED'],
      ['SYSTEM', 'staff', 'INTERCEPT_INITIATED'],
    ]);
    expect(lines[0]?.after).toMatchObject({ rule: '小额快拦', version: 1, refundAtMostFen: 30_000, feeAtMostFen: 500 });
  });

  test('are given back when a case never came to run', async () => {
    await save(versionOf([ruleOf()]));
    const draft = newDraft({ refundId: '77002' });
    const decided = await decide({ refundId: draft.refundId });
    if (decided.kind !== 'JUDGED') throw new Error('expected a judgement');
    await openIntercept(db, { ...draft, rule: startingRule(decided.judgementId) }, firstRecord);
    expect(await removeStarting(db, '77002-1')).toBe('REMOVED');
    expect(await spent()).toEqual({ feeFen: 0, count: 0 });
    expect(decisionOf(await decide({ refundId: draft.refundId }))).toBe('INTERCEPT RULE');
  });
});

describe('a dry run', () => {
  test('over what was kept foretells what the rules did, whatever the rules and the refunds', async () => {
    await fc.assert(
      fc.asyncProperty(anyRules, fc.array(anyFacts, { maxLength: 40 }), async (rules, refunds) => {
        for (const table of ['rule_judgements', 'rule_reservations'] as const) await db.deleteFrom(table).execute();
        await save(rules);
        const did: string[] = [];
        for (const facts of refunds) {
          const decided = await decideRefund(db, { shopId: SHOP, facts, buyerKey: null, seenAt: AT });
          if (decided.kind !== 'JUDGED') continue;
          const { decision, cause, ruleId } = decided.judgement;
          did.push(`${facts.refundId} ${decision} ${cause} ${ruleId}`);
          // As the create does it: the case is there before the refund is looked at again.
          await db.updateTable('rule_reservations').set({ state: 'USED' }).where('state', '=', 'RESERVED').execute();
        }
        const run = startDryRun(rules);
        const foretold: string[] = [];
        for await (const batch of pastFacts(db, SHOP, 0, Date.now() + DAY_MS)) {
          for (const facts of batch) {
            const judged = run.take(facts);
            if (judged === null) continue;
            const { decision, cause, ruleId } = judged.judgement;
            foretold.push(`${facts.refundId} ${decision} ${cause} ${ruleId}`);
          }
        }
        expect(foretold).toEqual(did);
      }),
      { numRuns: 25 },
    );
  });
});

describe('judgements', () => {
  test('are kept with all they rest on, for their shop alone', async () => {
    const { version } = await save(versionOf([ruleOf({ conditions: { ...ruleOf().conditions, carriers: ['YTO'] } })]));
    const facts = factsOf({ refundId: '88' });
    await decideRefund(db, { shopId: SHOP, facts, buyerKey: 'b1', seenAt: AT - 5 });
    await decide({ refundId: '89' });
    const [kept] = await judgementsOf(db, SHOP, '88');
    expect(kept).toMatchObject({ version, decision: 'LEAVE', cause: 'NO_RULE_MATCHED', ruleId: null, facts, seenAt: AT - 5 });
    expect(kept?.rules[0]?.conditions).toContainEqual({ condition: 'carriers', wanted: ['YTO'], found: 'ZTO', holds: false });
    expect(await judgementsOf(db, OTHER_SHOP, '88')).toEqual([]);
    const page = await listJudgements(db, { shopId: SHOP }, { limit: 1, after: null });
    expect(page.items.map((each) => each.facts.refundId)).toEqual(['89']);
    const rest = await listJudgements(db, { shopId: SHOP }, { limit: 5, after: page.nextCursor });
    expect(rest.items.map((each) => each.facts.refundId)).toEqual(['88']);
    expect((await listJudgements(db, { shopId: SHOP, decision: 'INTERCEPT' }, { limit: 5, after: null })).items).toEqual([]);
    expect([
      await earlierRefunds(db, SHOP, 'b1', '90'),
      await earlierRefunds(db, SHOP, 'b1', '88'),
      await earlierRefunds(db, OTHER_SHOP, 'b1', '90'),
    ]).toEqual([1, 0, 0]);
  });
});

describe('refunds to be judged', () => {
  beforeEach(() => save(versionOf([ruleOf()])).then(() => undefined));
  const want = async (refundId: string, shopId = SHOP) => (await wantJudgements(db, [{ shopId, refundId, seenAt: AT }])).has(refundId);

  test('are taken once, and once more when their claim ends', async () => {
    expect([await want('1'), await want('1'), await want('2')]).toEqual([true, true, true]);
    const claimed = await Promise.all([claimTasks(first.kysely, 5), claimTasks(second.kysely, 5)]);
    expect(
      claimed
        .flat()
        .map(({ refundId }) => refundId)
        .toSorted(),
    ).toEqual(['1', '2']);
    expect(await claimTasks(db, 5)).toEqual([]);
    await db
      .updateTable('rule_tasks')
      .set({ held_until: instant(AT) })
      .where('refund_id', '=', '1')
      .execute();
    expect((await claimTasks(db, 5)).map(({ refundId }) => refundId)).toEqual(['1']);
  });

  test('go when they are judged, unless something was heard of them meanwhile', async () => {
    await want('1');
    const [task] = await claimTasks(db, 1);
    if (task === undefined) throw new Error('nothing was due');
    await want('1');
    await endTask(db, task, null);
    const [again] = await claimTasks(db, 1);
    if (again === undefined) throw new Error('the news was lost');
    await endTask(db, again, null);
    expect(await claimTasks(db, 1)).toEqual([]);
    expect(await db.selectFrom('rule_tasks').select('refund_id').execute()).toEqual([]);
  });

  test('that failed wait, and nobody ends another’s claim', async () => {
    await want('1');
    const [task] = await claimTasks(db, 1);
    if (task === undefined) throw new Error('nothing was due');
    await endTask(db, { ...task, heldUntil: task.heldUntil - 1 }, null);
    await postponeTask(db, task, 60_000, 'no answer');
    expect(await db.selectFrom('rule_tasks').select(['attempts', 'last_error', 'held_until']).execute()).toEqual([
      { attempts: 1, last_error: 'no answer', held_until: null },
    ]);
    expect(await claimTasks(db, 1)).toEqual([]);
  });

  test('of a list are those that were never judged; shops without rules have none', async () => {
    await decide({ refundId: '1' });
    await want('2');
    expect(await wantUnjudged(db, SHOP, ['1', '2', '3'], AT)).toBe(1);
    const stranger = '1003';
    await db.insertInto('shops').values({ shop_id: stranger, platform: 'kuaishou', name: '三号店' }).execute();
    expect(await want('9', stranger)).toBe(false);
  });
});
