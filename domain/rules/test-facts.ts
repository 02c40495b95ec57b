import fc from 'fast-check';
import { BLOCKING_REASONS, WARNINGS } from '../eligibility/reason.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { RuleFacts } from './facts.ts';
import { type Rule, RULE_ACTIONS, type RuleConditions, type RuleLimits, type RuleVersion, TRACK_STANDINGS } from './rule.ts';

/** A Tuesday, 10:00 in Shanghai. */
export const AT = Date.parse('2026-03-10T02:00:00.000Z');
export const NO_LIMITS: RuleLimits = { paused: false, dailyFeeFen: null, dailyCount: null, hours: null };

/** An ordinary refund that may be intercepted, unless the test says otherwise. */
export function factsOf(over: Partial<RuleFacts> = {}): RuleFacts {
  return {
    refundId: '9007199254740993',
    orderId: '9007199254740995',
    at: AT,
    refundCreatedAt: AT - 30 * MINUTE_MS,
    refundFeeFen: 12_345,
    reason: '不想要了',
    itemTitle: '加厚羽绒服 女款',
    categories: [{ id: '1421', name: '女装' }],
    province: '四川省',
    waybillNo: '73100000000001',
    carrier: 'ZTO',
    outletCode: '57913',
    outletName: '义乌国际商贸城网点',
    trackStanding: 'MOVING',
    lastScanAt: AT - 5 * HOUR_MS,
    expectedFeeFen: 350,
    earlierRefunds: 0,
    reasons: [],
    warnings: [],
    ...over,
  };
}

/** A rule that intercepts every ordinary refund, unless the test says otherwise. */
export function ruleOf(over: Partial<Rule> = {}): Rule {
  return {
    ruleId: 'r1',
    name: '小额快拦',
    action: 'INTERCEPT',
    conditions: { refundFeeFen: { atMost: 30_000 }, expectedFeeFen: { atMost: 500 } },
    acknowledge: [],
    limits: NO_LIMITS,
    ...over,
  };
}

export function versionOf(rules: Rule[], limits: Partial<RuleLimits> = {}): RuleVersion {
  return { version: 3, limits: { ...NO_LIMITS, dailyFeeFen: 1_000_000, dailyCount: 1_000, ...limits }, rules };
}

const fewFen = fc.integer({ min: 0, max: 1_000 });
const finding = <T extends string>(codes: readonly T[]) =>
  fc.constantFrom(...codes).map((code) => ({ code, message: code, messageEn: code }));
const carriers = ['ZTO', 'YTO', 'STO'];

/** Facts of every kind, small enough that rules often meet them. */
export const anyFacts: fc.Arbitrary<RuleFacts> = fc
  .record({
    refundId: fc.integer({ min: 1, max: 40 }).map(String),
    at: fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => AT + minutes * MINUTE_MS),
    refundFeeFen: fewFen,
    itemTitle: fc.constantFrom('羽绒服', '拖鞋', '赠品毛巾', ''),
    province: fc.constantFrom('四川省', '浙江', null),
    carrier: fc.constantFrom(...carriers, null),
    trackStanding: fc.constantFrom(...TRACK_STANDINGS),
    lastScanAt: fc.option(fc.integer({ min: 0, max: 100 }).map((hours) => AT - hours * HOUR_MS)),
    expectedFeeFen: fc.option(fewFen),
    earlierRefunds: fc.option(fc.integer({ min: 0, max: 3 })),
    reasons: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(finding(BLOCKING_REASONS), { maxLength: 2 }) },
    ),
    warnings: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(finding(WARNINGS), { maxLength: 2 }) }),
  })
  .map((over) => factsOf({ ...over, refundCreatedAt: over.at - HOUR_MS }));

const range = fc.record({ atLeast: fewFen, atMost: fewFen }, { requiredKeys: [] });
const conditions: fc.Arbitrary<RuleConditions> = fc.record(
  {
    carriers: fc.subarray(carriers, { minLength: 1 }),
    refundFeeFen: range,
    expectedFeeFen: fc.record({ atMost: fewFen }),
    trackStandings: fc.subarray([...TRACK_STANDINGS], { minLength: 3 }),
    lastScanHours: fc.record({ atMost: fc.integer({ min: 0, max: 100 }) }),
    titleWords: fc.subarray(['羽绒', '拖鞋', '赠品'], { minLength: 1 }),
    provinces: fc.subarray(['四川', '浙江省'], { minLength: 1 }),
    earlierRefunds: fc.record({ atMost: fc.integer({ min: 0, max: 3 }) }),
  },
  { requiredKeys: [] },
);
const limits: fc.Arbitrary<RuleLimits> = fc.record({
  paused: fc.boolean(),
  dailyFeeFen: fc.option(fc.integer({ min: 0, max: 3_000 })),
  dailyCount: fc.option(fc.integer({ min: 0, max: 5 })),
  hours: fc.option(
    fc.record({
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      from: fc.constantFrom('00:00', '09:00'),
      to: fc.constantFrom('18:30', '24:00'),
    }),
  ),
});

/** Rule sets of up to five rules, each with a number of its own for an id. */
export const anyRules: fc.Arbitrary<RuleVersion> = fc
  .record({
    limits: fc.record({ ...anyLimits(), paused: fc.constant(false) }),
    rules: fc.array(
      fc.record({
        action: fc.constantFrom(...RULE_ACTIONS, 'INTERCEPT' as const),
        conditions,
        acknowledge: fc.subarray([...WARNINGS]),
        limits: fc.oneof({ weight: 2, arbitrary: fc.constant(NO_LIMITS) }, { weight: 1, arbitrary: limits }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ limits: own, rules }) => ({
    version: 1,
    limits: own,
    rules: rules.map((rule, index) => ({ ...rule, ruleId: `r${index}`, name: `规则${index}` })),
  }));

function anyLimits() {
  return {
    dailyFeeFen: fc.option(fc.integer({ min: 0, max: 6_000 })),
    dailyCount: fc.option(fc.integer({ min: 0, max: 10 })),
    hours: fc.constant(null),
  };
}
