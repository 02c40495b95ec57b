import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import type { RuleFacts } from './facts.ts';
import { isOpenAt, nextOpening } from './hours.ts';
import { judge, lookAgainAt, NOTHING_SPENT, type Spent, type SpentToday } from './judge.ts';
import { faultsOf, mayIntercept, type RuleConditions } from './rule.ts';
import { anyFacts, anyRules, AT, factsOf, NO_LIMITS, ruleOf, versionOf } from './test-facts.ts';

const NOTHING: SpentToday = { shop: NOTHING_SPENT, byRule: new Map() };
const decide = (conditions: RuleConditions, over: Partial<RuleFacts> = {}) =>
  judge(versionOf([ruleOf({ action: 'ASK', conditions })]), factsOf(over), NOTHING);
const anySpent: fc.Arbitrary<Spent> = fc.record({ feeFen: fc.integer({ min: 0, max: 5_000 }), count: fc.integer({ min: 0, max: 9 }) });
const anySpentToday: fc.Arbitrary<SpentToday> = fc
  .tuple(anySpent, fc.array(anySpent, { minLength: 5, maxLength: 5 }))
  .map(([shop, rules]) => ({ shop, byRule: new Map(rules.map((spent, index) => [`r${index}`, spent])) }));
const WORKDAYS = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
const blocked = (code: RuleFacts['reasons'][number]['code']) => ({ code, message: code, messageEn: code });

describe('judging', () => {
  test('the first rule that is not paused and whose conditions all hold decides; every rule down to it is explained', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, anySpentToday, (rules, facts, spent) => {
        const judgement = judge(rules, facts, spent);
        const shown = judgement.rules;
        expect(shown.map(({ ruleId }) => ruleId)).toEqual(rules.rules.slice(0, shown.length).map(({ ruleId }) => ruleId));
        for (const [index, { verdict, conditions }] of shown.entries()) {
          const rule = rules.rules[index];
          const asked = Object.keys(rule?.conditions ?? {});
          expect(verdict === 'PAUSED').toBe(rule?.limits.paused);
          if (verdict !== 'PAUSED') {
            expect(conditions.map(({ condition }) => condition).toSorted()).toEqual(asked.toSorted());
            expect(verdict === 'MATCHED').toBe(conditions.every(({ holds }) => holds));
          }
        }
        const matched = shown.filter(({ verdict }) => verdict === 'MATCHED').map(({ ruleId }) => ruleId);
        expect(matched).toEqual(judgement.ruleId === null ? [] : [judgement.ruleId]);
        if (judgement.ruleId === null)
          expect([judgement.decision, judgement.cause, shown.length]).toEqual(['LEAVE', 'NO_RULE_MATCHED', rules.rules.length]);
        else expect(shown.at(-1)?.ruleId).toBe(judgement.ruleId);
      }),
    );
  });

  test('an intercept is only what its rule says, on an eligible refund, in its hours, within its bounds and budgets, its warnings acknowledged', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, anySpentToday, (rules, facts, spent) => {
        const { decision, cause, ruleId } = judge(rules, facts, spent);
        const rule = rules.rules.find((each) => each.ruleId === ruleId);
        if (decision !== 'INTERCEPT' || rule === undefined) {
          expect(rule?.action === decision).toBe(rule !== undefined && cause === 'RULE');
          return;
        }
        expect(rule.action).toBe('INTERCEPT');
        expect(facts.reasons).toEqual([]);
        expect(rule.acknowledge).toEqual(expect.arrayContaining(facts.warnings.map(({ code }) => code)));
        const fee = facts.expectedFeeFen ?? 0;
        for (const [limits, used] of [
          [rules.limits, spent.shop],
          [rule.limits, spent.byRule.get(rule.ruleId) ?? NOTHING_SPENT],
        ] as const) {
          expect(used.feeFen + fee).toBeLessThanOrEqual(limits.dailyFeeFen ?? Number.POSITIVE_INFINITY);
          expect(used.count + 1).toBeLessThanOrEqual(limits.dailyCount ?? Number.POSITIVE_INFINITY);
          expect(isOpenAt(limits.hours, facts.at)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, RuleConditions, Partial<RuleFacts>, boolean]>([
    ['a carrier of the list', { carriers: ['YTO', 'ZTO'] }, {}, true],
    ['another carrier', { carriers: ['YTO'] }, {}, false],
    ['no carrier', { carriers: ['YTO'] }, { carrier: null }, false],
    ['an outlet', { outletCodes: ['57913'] }, {}, true],
    ['an amount at the upper end', { refundFeeFen: { atLeast: 100, atMost: 200 } }, { refundFeeFen: 200 }, true],
    ['an amount at the lower end', { refundFeeFen: { atLeast: 100, atMost: 200 } }, { refundFeeFen: 100 }, true],
    ['an amount above', { refundFeeFen: { atMost: 200 } }, { refundFeeFen: 201 }, false],
    ['an amount below', { refundFeeFen: { atLeast: 100 } }, { refundFeeFen: 99 }, false],
    ['a fee at its bound', { expectedFeeFen: { atMost: 350 } }, {}, true],
    ['a fee that nobody agreed', { expectedFeeFen: { atMost: 350 } }, { expectedFeeFen: null }, false],
    ['a standing of the track', { trackStandings: ['MOVING'] }, {}, true],
    ['another standing', { trackStandings: ['MOVING'] }, { trackStanding: 'SIGNED' }, false],
    ['a scan of whole hours ago', { lastScanHours: { atMost: 5 } }, { lastScanAt: AT - 6 * HOUR_MS + 1 }, true],
    ['an older scan', { lastScanHours: { atMost: 5 } }, { lastScanAt: AT - 6 * HOUR_MS }, false],
    ['no scan at all', { lastScanHours: { atMost: 5 } }, { lastScanAt: null }, false],
    ['a word of the title', { titleWords: ['拖鞋', '羽绒'] }, {}, true],
    ['no word of the title', { titleWords: ['拖鞋'] }, {}, false],
    ['a category by name', { categories: ['女装'] }, {}, true],
    ['a category by id, whole', { categories: ['142'] }, {}, false],
    ['a province written shorter', { provinces: ['四川'] }, {}, true],
    ['a province written longer', { provinces: ['浙江省'] }, { province: '浙江' }, true],
    ['a province nobody knows', { provinces: ['四川'] }, { province: null }, false],
    ['a part of the reason', { refundReasons: ['不想要'] }, {}, true],
    ['few earlier refunds', { earlierRefunds: { atMost: 1 } }, { earlierRefunds: 1 }, true],
    ['many earlier refunds', { earlierRefunds: { atMost: 1 } }, { earlierRefunds: 2 }, false],
    ['a buyer nobody knows', { earlierRefunds: { atLeast: 0 } }, { earlierRefunds: null }, false],
  ])('%s', (_name, conditions, over, holds) => {
    const judgement = decide(conditions, over);
    expect([judgement.decision, judgement.rules[0]?.conditions[0]?.holds]).toEqual([holds ? 'ASK' : 'LEAVE', holds]);
  });

  test('what stands in the way is named: pause, eligibility, hours, warnings, the rule’s budget, the shop’s', () => {
    const causeOf = (rules = versionOf([ruleOf()]), over: Partial<RuleFacts> = {}, spent = NOTHING) => {
      const { decision, cause } = judge(rules, factsOf(over), spent);
      return `${decision} ${cause}`;
    };
    const partial = { warnings: [blocked('PARTIAL_REFUND' as never)] as never };
    expect(causeOf()).toBe('INTERCEPT RULE');
    expect(causeOf(versionOf([ruleOf()], { paused: true }))).toBe('LEAVE RULES_PAUSED');
    expect(causeOf(versionOf([ruleOf({ limits: { ...NO_LIMITS, paused: true } })]))).toBe('LEAVE NO_RULE_MATCHED');
    expect(causeOf(undefined, { reasons: [blocked('SIGNED')] })).toBe('LEAVE NOT_ELIGIBLE');
    expect(causeOf(versionOf([ruleOf({ action: 'ASK' })]), { reasons: [blocked('SIGNED')] })).toBe('LEAVE NOT_ELIGIBLE');
    expect(causeOf(versionOf([ruleOf({ action: 'LEAVE' })]), { reasons: [blocked('SIGNED')] })).toBe('LEAVE RULE');
    expect(causeOf(versionOf([ruleOf()], { hours: { ...WORKDAYS, from: '10:01' } }))).toBe('LEAVE OUTSIDE_HOURS');
    expect(causeOf(undefined, partial)).toBe('ASK WARNINGS_NOT_ACKNOWLEDGED');
    expect(causeOf(versionOf([ruleOf({ acknowledge: ['PARTIAL_REFUND'] })]), partial)).toBe('INTERCEPT RULE');
    const own = versionOf([ruleOf({ limits: { ...NO_LIMITS, dailyFeeFen: 700 } })]);
    expect(causeOf(own, {}, { shop: NOTHING_SPENT, byRule: new Map([['r1', { feeFen: 350, count: 1 }]]) })).toBe('INTERCEPT RULE');
    expect(causeOf(own, {}, { shop: NOTHING_SPENT, byRule: new Map([['r1', { feeFen: 351, count: 1 }]]) })).toBe('ASK RULE_BUDGET_SPENT');
    expect(causeOf(versionOf([ruleOf()], { dailyCount: 2 }), {}, { ...NOTHING, shop: { feeFen: 0, count: 2 } })).toBe(
      'ASK SHOP_BUDGET_SPENT',
    );
  });
});

describe('looking again', () => {
  const again = (over: Partial<RuleFacts>, rules = versionOf([ruleOf()])) => {
    const facts = factsOf(over);
    return lookAgainAt(rules, judge(rules, facts, NOTHING), facts);
  };
  test('is for what passes by itself, less and less often, and ends with the refund’s time', () => {
    expect(again({ reasons: [blocked('NO_TRACK')] })).toBe(AT + 15 * MINUTE_MS);
    expect(again({ reasons: [blocked('NO_TRACK')], refundCreatedAt: AT - 4 * DAY_MS })).toBe(AT + 6 * HOUR_MS);
    expect(again({ reasons: [blocked('TRACK_UNAVAILABLE')] })).toBe(AT + MINUTE_MS);
    expect(again({ reasons: [blocked('NO_TRACK'), blocked('SIGNED')] })).toBeNull();
    expect(again({ reasons: [blocked('NO_TRACK')], refundCreatedAt: AT - 5 * DAY_MS - 1 })).toBeNull();
    expect(again({ refundFeeFen: 40_000 })).toBeNull();
  });
  test('is also for a refund that met no rule because its outlet, and so its fee, is only known once it is picked up', () => {
    expect(again({ reasons: [blocked('WAYBILL_NOT_EBILL'), blocked('NO_TRACK')], expectedFeeFen: null })).toBe(AT + 15 * MINUTE_MS);
    expect(again({ reasons: [blocked('WAYBILL_NOT_EBILL')], expectedFeeFen: null })).toBeNull();
  });
  test('outside the hours is when the shop’s and the rule’s have begun', () => {
    const rules = versionOf([ruleOf({ limits: { ...NO_LIMITS, hours: { ...WORKDAYS, from: '11:30' } } })], { hours: WORKDAYS });
    expect(again({}, rules)).toBe(AT + 90 * MINUTE_MS);
  });
  test('is never in the past', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, facts) => {
        const at = lookAgainAt(rules, judge(rules, facts, NOTHING), facts);
        expect(at === null || at > facts.at).toBe(true);
      }),
    );
  });
});

describe('working hours', () => {
  test('begin with their first minute and end before their last, on the Shanghai clock', () => {
    const open = (text: string) => isOpenAt(WORKDAYS, Date.parse(`${text}+08:00`));
    expect([open('2026-03-10T08:59:59'), open('2026-03-10T09:00:00'), open('2026-03-10T17:59:59'), open('2026-03-10T18:00:00')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([open('2026-03-14T12:00:00'), isOpenAt(null, AT)]).toEqual([false, true]);
  });
  test('begin next on the first of their days that comes', () => {
    const next = (text: string) => nextOpening(WORKDAYS, Date.parse(`${text}+08:00`));
    expect(next('2026-03-13T18:00:00')).toBe(Date.parse('2026-03-16T09:00:00+08:00'));
    expect(next('2026-03-10T03:00:00')).toBe(Date.parse('2026-03-10T09:00:00+08:00'));
    expect(next('2026-03-10T12:00:00')).toBe(Date.parse('2026-03-10T12:00:00+08:00'));
    expect(nextOpening({ days: [2], from: '09:00', to: '10:00' }, Date.parse('2026-03-10T10:00:00+08:00'))).toBe(
      Date.parse('2026-03-17T09:00:00+08:00'),
    );
  });
});

describe('a rule set', () => {
  test('that intercepts names its bounds, those of a day too', () => {
    const pointers = (...faulty: Parameters<typeof faultsOf>) => faultsOf(...faulty).map(({ pointer }) => pointer);
    expect(faultsOf(versionOf([ruleOf()]))).toEqual([]);
    expect(pointers({ limits: NO_LIMITS, rules: [ruleOf({ conditions: {} })] })).toEqual([
      '/rules/0/conditions/refundFeeFen/atMost',
      '/rules/0/conditions/expectedFeeFen/atMost',
      '/limits/dailyFeeFen',
      '/limits/dailyCount',
    ]);
    expect(pointers({ limits: NO_LIMITS, rules: [ruleOf({ action: 'ASK', conditions: {} })] })).toEqual([]);
  });
  test('has ids, ranges and hours that can be', () => {
    const upsideDown = ruleOf({ conditions: { refundFeeFen: { atLeast: 2, atMost: 1 }, expectedFeeFen: { atMost: 1 } } });
    const never = ruleOf({ limits: { ...NO_LIMITS, hours: { days: [1], from: '10:00', to: '09:00' } } });
    expect(faultsOf(versionOf([upsideDown, never])).map(({ pointer }) => pointer)).toEqual([
      '/rules/0/conditions/refundFeeFen/atMost',
      '/rules/1/ruleId',
      '/rules/1/limits/hours/to',
    ]);
  });
  test('may intercept unless it, or each rule that would, is paused', () => {
    const paused = ruleOf({ limits: { ...NO_LIMITS, paused: true } });
    expect([
      mayIntercept(versionOf([ruleOf()])),
      mayIntercept(versionOf([ruleOf()], { paused: true })),
      mayIntercept(versionOf([paused])),
    ]).toEqual([true, false, false]);
  });
});
