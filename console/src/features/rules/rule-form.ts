import type { Rule, RuleConditions, RuleLimits } from '../../api/types.ts';
import { parseYuan } from '../../ui/format.ts';

/** What bounds a rule or the shop, as it is typed. */
export interface LimitFields {
  dailyYuan?: string;
  dailyCount?: string;
  inHours?: boolean;
  days?: number[];
  from?: string;
  to?: string;
}

/** A rule as it is typed: amounts in yuan, numbers as text, lists as chosen. */
export interface RuleFields extends LimitFields {
  name: string;
  action: Rule['action'];
  paused?: boolean;
  acknowledge?: Rule['acknowledge'];
  refundFrom?: string;
  refundTo?: string;
  feeTo?: string;
  scanHoursFrom?: string;
  scanHoursTo?: string;
  earlierFrom?: string;
  earlierTo?: string;
  carriers?: NonNullable<RuleConditions['carriers']>;
  outletCodes?: string[];
  trackStandings?: NonNullable<RuleConditions['trackStandings']>;
  titleWords?: string[];
  categories?: string[];
  provinces?: string[];
  refundReasons?: string[];
}

const LISTS = ['carriers', 'outletCodes', 'trackStandings', 'titleWords', 'categories', 'provinces', 'refundReasons'] as const;
const WORKDAYS = [1, 2, 3, 4, 5];

const isTyped = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const fenOf = (text: string | undefined): number | undefined => (isTyped(text) ? (parseYuan(text) ?? Number.NaN) : undefined);
const wholeOf = (text: string | undefined): number | undefined => (isTyped(text) ? (parseWhole(text) ?? Number.NaN) : undefined);
const yuanOf = (fen: number | null | undefined): string | undefined =>
  fen === null || fen === undefined ? undefined : (fen / 100).toFixed(2);
const textOf = (value: number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/** A whole number as it is typed, null for anything else. */
export function parseWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

function rangeOf(atLeast: number | undefined, atMost: number | undefined): { atLeast?: number; atMost?: number } | undefined {
  if (atLeast === undefined && atMost === undefined) return undefined;
  return { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
}

/** The bounds that were typed; the form has checked each. */
export function limitsOf(fields: LimitFields, paused: boolean): RuleLimits {
  const { dailyYuan, dailyCount, inHours = false, days = WORKDAYS, from = '09:00', to = '18:00' } = fields;
  return {
    paused,
    dailyFeeFen: fenOf(dailyYuan) ?? null,
    dailyCount: wholeOf(dailyCount) ?? null,
    hours: inHours ? { days, from, to } : null,
  };
}

/** Bounds as a form shows them. */
export function limitFieldsOf({ dailyFeeFen, dailyCount, hours }: RuleLimits): LimitFields {
  const shown: LimitFields = {
    inHours: hours !== null,
    days: hours?.days ?? WORKDAYS,
    from: hours?.from ?? '09:00',
    to: hours?.to ?? '18:00',
  };
  const [dailyYuan, count] = [yuanOf(dailyFeeFen), textOf(dailyCount)];
  return { ...shown, ...(dailyYuan === undefined ? {} : { dailyYuan }), ...(count === undefined ? {} : { dailyCount: count }) };
}

/** The rule that was typed. */
export function ruleOf(ruleId: string, fields: RuleFields): Rule {
  const conditions: RuleConditions = {};
  for (const name of LISTS) {
    const chosen = fields[name];
    if (chosen !== undefined && chosen.length > 0) Object.assign(conditions, { [name]: chosen });
  }
  const feeTo = fenOf(fields.feeTo);
  const ranges = {
    refundFeeFen: rangeOf(fenOf(fields.refundFrom), fenOf(fields.refundTo)),
    expectedFeeFen: feeTo === undefined ? undefined : { atMost: feeTo },
    lastScanHours: rangeOf(wholeOf(fields.scanHoursFrom), wholeOf(fields.scanHoursTo)),
    earlierRefunds: rangeOf(wholeOf(fields.earlierFrom), wholeOf(fields.earlierTo)),
  };
  for (const [name, range] of Object.entries(ranges)) if (range !== undefined) Object.assign(conditions, { [name]: range });
  const { name, action, acknowledge = [], paused = false } = fields;
  return { ruleId, name: name.trim(), action, conditions, acknowledge, limits: limitsOf(fields, paused) };
}

/** A rule as its form shows it. */
export function fieldsOf({ name, action, conditions, acknowledge, limits }: Rule): RuleFields {
  const { refundFeeFen, expectedFeeFen, lastScanHours, earlierRefunds, ...lists } = conditions;
  const typed = {
    refundFrom: yuanOf(refundFeeFen?.atLeast),
    refundTo: yuanOf(refundFeeFen?.atMost),
    feeTo: yuanOf(expectedFeeFen?.atMost),
    scanHoursFrom: textOf(lastScanHours?.atLeast),
    scanHoursTo: textOf(lastScanHours?.atMost),
    earlierFrom: textOf(earlierRefunds?.atLeast),
    earlierTo: textOf(earlierRefunds?.atMost),
  };
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  return { name, action, acknowledge, paused: limits.paused, ...lists, ...given, ...limitFieldsOf(limits) };
}

/** The list with one element a place further up or down; the same list where there is none. */
export function moved<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const other = index + by;
  const [one, two] = [list[index], list[other]];
  if (one === undefined || two === undefined) return [...list];
  return list.map((each, place) => (place === index ? two : place === other ? one : each));
}
