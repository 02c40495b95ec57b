import type { BlockingReasonCode } from '../eligibility/reason.ts';
import type { Fen } from '../money.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../time.ts';
import { checkConditions, type ConditionVerdict } from './conditions.ts';
import type { RuleFacts } from './facts.ts';
import { isOpenAt, nextOpening } from './hours.ts';
import type { Rule, RuleAction, RuleLimits, RuleVersion } from './rule.ts';

/** What the intercepts of one day came to, as far as they are started or reserved. */
export interface Spent {
  feeFen: Fen;
  count: number;
}

/** What was spent of the day's budgets: by all rules together, and by each. */
export interface SpentToday {
  shop: Spent;
  byRule: ReadonlyMap<string, Spent>;
}

/** Why a judgement came out as it did. `RULE`: the rule's own action; everything else stood in the way of it. */
export const JUDGEMENT_CAUSES = [
  'RULE',
  'NO_RULE_MATCHED',
  'RULES_PAUSED',
  'NOT_ELIGIBLE',
  'OUTSIDE_HOURS',
  'WARNINGS_NOT_ACKNOWLEDGED',
  'RULE_BUDGET_SPENT',
  'SHOP_BUDGET_SPENT',
] as const;
export type JudgementCause = (typeof JUDGEMENT_CAUSES)[number];

/** What one rule made of the facts; `PAUSED`: it was passed over. */
export interface RuleVerdict {
  ruleId: string;
  name: string;
  action: RuleAction;
  verdict: 'MATCHED' | 'NOT_MATCHED' | 'PAUSED';
  conditions: ConditionVerdict[];
}

/** One judgement, with everything that explains it: each rule looked at, down to the one that decided. */
export interface Judgement {
  version: number;
  decision: RuleAction;
  cause: JudgementCause;
  /** The rule that matched, null when none did. */
  ruleId: string | null;
  rules: RuleVerdict[];
}

export const NOTHING_SPENT: Spent = { feeFen: 0, count: 0 };

/**
 * Judges one refund by a version of a shop's rules. The first rule that is not paused and whose conditions all hold decides; what
 * its action needs besides (eligibility, hours, acknowledged warnings, what is left of the day's budgets) may turn an intercept into
 * a question or into nothing, never the other way round. Pure: the instant is the facts', the budget the caller's.
 */
export function judge(version: RuleVersion, facts: RuleFacts, spent: SpentToday): Judgement {
  const rules: RuleVerdict[] = [];
  const verdict = (decision: RuleAction, cause: JudgementCause, rule: Rule | null): Judgement => {
    return { version: version.version, decision, cause, ruleId: rule?.ruleId ?? null, rules };
  };
  if (version.limits.paused) return verdict('LEAVE', 'RULES_PAUSED', null);
  for (const rule of version.rules) {
    const { ruleId, name, action, limits } = rule;
    const conditions = limits.paused ? [] : checkConditions(rule.conditions, facts);
    const matched = !limits.paused && conditions.every(({ holds }) => holds);
    rules.push({ ruleId, name, action, verdict: limits.paused ? 'PAUSED' : matched ? 'MATCHED' : 'NOT_MATCHED', conditions });
    if (matched) {
      const { decision, cause } = carryOut(rule, version, facts, spent);
      return verdict(decision, cause, rule);
    }
  }
  return verdict('LEAVE', 'NO_RULE_MATCHED', null);
}

function carryOut(rule: Rule, { limits }: RuleVersion, facts: RuleFacts, spent: SpentToday): Pick<Judgement, 'decision' | 'cause'> {
  if (rule.action === 'LEAVE') return { decision: 'LEAVE', cause: 'RULE' };
  if (facts.reasons.length > 0) return { decision: 'LEAVE', cause: 'NOT_ELIGIBLE' };
  if (rule.action === 'ASK') return { decision: 'ASK', cause: 'RULE' };
  if (!isOpenAt(limits.hours, facts.at) || !isOpenAt(rule.limits.hours, facts.at)) return { decision: 'LEAVE', cause: 'OUTSIDE_HOURS' };
  if (facts.warnings.some(({ code }) => !rule.acknowledge.includes(code))) return { decision: 'ASK', cause: 'WARNINGS_NOT_ACKNOWLEDGED' };
  const feeFen = facts.expectedFeeFen ?? 0;
  if (exceeds(rule.limits, spent.byRule.get(rule.ruleId) ?? NOTHING_SPENT, feeFen)) return { decision: 'ASK', cause: 'RULE_BUDGET_SPENT' };
  if (exceeds(limits, spent.shop, feeFen)) return { decision: 'ASK', cause: 'SHOP_BUDGET_SPENT' };
  return { decision: 'INTERCEPT', cause: 'RULE' };
}

function exceeds({ dailyFeeFen, dailyCount }: RuleLimits, spent: Spent, feeFen: Fen): boolean {
  return (dailyFeeFen !== null && spent.feeFen + feeFen > dailyFeeFen) || (dailyCount !== null && spent.count + 1 > dailyCount);
}

/** What may be otherwise in a while without anybody doing anything about the refund. */
const PASSING: readonly BlockingReasonCode[] = ['NO_TRACK', 'TRACK_UNAVAILABLE', 'OUTLET_PENDING_REVIEW'];
/** And what may stand beside it only because of it: the pick-up scan may be what names the outlet, and the outlet's price. */
const PASSING_WITH_IT: readonly BlockingReasonCode[] = [...PASSING, 'WAYBILL_NOT_EBILL'];
/** How long a refund is looked at again: the platform pays or closes it about then (R28). */
const LOOKED_AT_FOR_MS = 5 * DAY_MS;
const SOONEST_MS = 10 * MINUTE_MS;
const LATEST_MS = 6 * HOUR_MS;

/**
 * When a refund that was left is to be judged again, null: never by itself. Outside the working hours when they begin; where only
 * what passes stood in the way after half the refund's age, so that each look costs less and less.
 */
export function lookAgainAt({ limits, rules }: RuleVersion, { cause, ruleId }: Judgement, facts: RuleFacts): EpochMs | null {
  const age = facts.at - facts.refundCreatedAt;
  if (age > LOOKED_AT_FOR_MS) return null;
  if (cause === 'OUTSIDE_HOURS') {
    const own = rules.find((rule) => rule.ruleId === ruleId)?.limits.hours ?? null;
    const [shop, rule] = [nextOpening(limits.hours, facts.at), nextOpening(own, facts.at)];
    return shop === null || rule === null ? null : Math.max(shop, rule);
  }
  const passes =
    facts.reasons.some(({ code }) => PASSING.includes(code)) && facts.reasons.every(({ code }) => PASSING_WITH_IT.includes(code));
  if (!passes || (cause !== 'NOT_ELIGIBLE' && cause !== 'NO_RULE_MATCHED')) return null;
  if (facts.reasons.some(({ code }) => code === 'TRACK_UNAVAILABLE')) return facts.at + MINUTE_MS;
  return facts.at + Math.min(LATEST_MS, Math.max(SOONEST_MS, Math.floor(age / 2)));
}
