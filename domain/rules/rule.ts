import type { CarrierCode } from '../carrier.ts';
import type { ParcelState } from '../eligibility/track-summary.ts';
import type { WarningCode } from '../eligibility/reason.ts';
import type { Fen } from '../money.ts';

/** What a rule (自动拦截规则) does with a refund it matches: starts the intercept, leaves it to a person, or leaves it alone. */
export const RULE_ACTIONS = ['INTERCEPT', 'ASK', 'LEAVE'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** Where a parcel may stand for a rule: as its track says, or why there is none. */
export const TRACK_STANDINGS = [
  'NO_TRACK',
  'UNAVAILABLE',
  'UNKNOWN',
  'MOVING',
  'OUT_FOR_DELIVERY',
  'AWAITING_PICKUP',
  'SIGNED',
  'RETURNING',
  'RETURN_SIGNED',
] as const satisfies readonly ('NO_TRACK' | 'UNAVAILABLE' | ParcelState)[];
export type TrackStanding = (typeof TRACK_STANDINGS)[number];

/** A closed range of whole numbers; an end that is left out is open. */
export interface Range {
  atLeast?: number;
  atMost?: number;
}

/** All that a refund must meet; what is left out asks for nothing. A fact that nobody knows meets no condition. */
export interface RuleConditions {
  carriers?: readonly CarrierCode[];
  outletCodes?: readonly string[];
  refundFeeFen?: Range;
  /** The fee agreed with the outlet, now. */
  expectedFeeFen?: { atMost: Fen };
  trackStandings?: readonly TrackStanding[];
  /** Whole hours since the parcel's last scan. */
  lastScanHours?: Range;
  /** Each is part of a title; one is enough. */
  titleWords?: readonly string[];
  /** As blocked categories are written: digits are an id, anything else is part of a name. */
  categories?: readonly string[];
  provinces?: readonly string[];
  /** Parts of the buyer's reason; one is enough. */
  refundReasons?: readonly string[];
  /** Other refunds of this buyer that were judged for this shop before. */
  earlierRefunds?: Range;
}

/** On these days of the week (1 Monday … 7 Sunday), from a minute of the Shanghai day until before another. */
export interface WorkingHours {
  days: readonly number[];
  /** `HH:MM`. */
  from: string;
  /** `HH:MM`, later than `from`; `24:00` is the end of the day. */
  to: string;
}

/** What bounds a rule, or all rules of a shop together. Budgets count from midnight to midnight in Shanghai; null: no bound. */
export interface RuleLimits {
  paused: boolean;
  dailyFeeFen: Fen | null;
  dailyCount: number | null;
  hours: WorkingHours | null;
}

export interface Rule {
  /** The same in every version. */
  ruleId: string;
  name: string;
  action: RuleAction;
  conditions: RuleConditions;
  /** Warnings that the shop takes for seen on every refund of this rule; any other makes it ask. */
  acknowledge: readonly WarningCode[];
  limits: RuleLimits;
}

/** A shop's rules in their order, with what bounds all of them together. */
export interface RuleSet {
  limits: RuleLimits;
  rules: readonly Rule[];
}

/** One saved version. Who saved it has confirmed every intercept that it starts (R25). */
export interface RuleVersion extends RuleSet {
  version: number;
}

/** One fault of a rule set, at a JSON Pointer into it. */
export interface RuleFault {
  pointer: string;
  message: string;
}

/**
 * What a rule set must have beyond its form. A rule that intercepts names the most it may refund and the most it may cost, and its
 * shop the most of a day: that is what is confirmed once instead of every time (R25).
 */
export function faultsOf({ limits, rules }: RuleSet): RuleFault[] {
  const faults: RuleFault[] = hoursFaults(limits, '/limits');
  const seen = new Set<string>();
  for (const [index, { ruleId, action, conditions, limits: own }] of rules.entries()) {
    const at = `/rules/${index}`;
    if (seen.has(ruleId)) faults.push({ pointer: `${at}/ruleId`, message: '规则编号重复 (twice the same id)' });
    seen.add(ruleId);
    faults.push(...hoursFaults(own, `${at}/limits`), ...rangeFaults(conditions, `${at}/conditions`));
    if (action !== 'INTERCEPT') continue;
    if (conditions.refundFeeFen?.atMost === undefined)
      faults.push({ pointer: `${at}/conditions/refundFeeFen/atMost`, message: '自动拦截须设退款金额上限 (an intercept needs a bound)' });
    if (conditions.expectedFeeFen === undefined)
      faults.push({ pointer: `${at}/conditions/expectedFeeFen/atMost`, message: '自动拦截须设拦截费上限 (an intercept needs a bound)' });
  }
  if (rules.some(({ action }) => action === 'INTERCEPT')) {
    if (limits.dailyFeeFen === null)
      faults.push({ pointer: '/limits/dailyFeeFen', message: '自动拦截须设每日费用上限 (a bound is needed)' });
    if (limits.dailyCount === null) faults.push({ pointer: '/limits/dailyCount', message: '自动拦截须设每日单数上限 (a bound is needed)' });
  }
  return faults;
}

/** Whether this version may start an intercept: then its saving is a confirmation and has to say so. */
export function mayIntercept({ limits, rules }: RuleSet): boolean {
  return !limits.paused && rules.some((rule) => rule.action === 'INTERCEPT' && !rule.limits.paused);
}

function hoursFaults({ hours }: RuleLimits, at: string): RuleFault[] {
  if (hours === null || hours.from < hours.to) return [];
  return [{ pointer: `${at}/hours/to`, message: '结束时间须晚于开始时间 (must be later than from)' }];
}

function rangeFaults(conditions: RuleConditions, at: string): RuleFault[] {
  return (['refundFeeFen', 'lastScanHours', 'earlierRefunds'] as const).flatMap((name) => {
    const { atLeast = 0, atMost = Number.MAX_SAFE_INTEGER } = conditions[name] ?? {};
    return atLeast <= atMost ? [] : [{ pointer: `${at}/${name}/atMost`, message: '上限须不小于下限 (must not be below atLeast)' }];
  });
}
