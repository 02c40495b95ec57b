import { findBlockedCategory } from '../eligibility/category.ts';
import { HOUR_MS } from '../time.ts';
import type { RuleFacts } from './facts.ts';
import type { Range, RuleConditions } from './rule.ts';

export const CONDITIONS = [
  'carriers',
  'outletCodes',
  'refundFeeFen',
  'expectedFeeFen',
  'trackStandings',
  'lastScanHours',
  'titleWords',
  'categories',
  'provinces',
  'refundReasons',
  'earlierRefunds',
] as const satisfies readonly (keyof RuleConditions)[];
export type ConditionName = (typeof CONDITIONS)[number];

/** What one condition asked for, what there was, and whether that met it. */
export interface ConditionVerdict {
  condition: ConditionName;
  wanted: readonly string[] | Range;
  found: string | number | null;
  holds: boolean;
}

/** The facts that conditions ask for. */
export type ConditionFacts = Pick<
  RuleFacts,
  | 'at'
  | 'carrier'
  | 'outletCode'
  | 'refundFeeFen'
  | 'expectedFeeFen'
  | 'trackStanding'
  | 'lastScanAt'
  | 'itemTitle'
  | 'categories'
  | 'province'
  | 'reason'
  | 'earlierRefunds'
>;

/** Every condition of a rule against the facts, in a fixed order; a rule without conditions has no verdicts and matches. */
export function checkConditions(conditions: RuleConditions, facts: ConditionFacts): ConditionVerdict[] {
  return CONDITIONS.flatMap((condition) => {
    const wanted = conditions[condition];
    if (wanted === undefined) return [];
    const { found, holds } = isList(wanted) ? checkWords(condition, wanted, facts) : checkRange(condition, wanted, facts);
    return [{ condition, wanted, found, holds }];
  });
}

type Finding = Pick<ConditionVerdict, 'found' | 'holds'>;

function checkWords(condition: ConditionName, wanted: readonly string[], facts: ConditionFacts): Finding {
  const oneOf = (found: string | null): Finding => ({ found, holds: found !== null && wanted.includes(found) });
  const partOf = (found: string): Finding => ({ found, holds: wanted.some((word) => found.includes(word)) });
  switch (condition) {
    case 'carriers':
      return oneOf(facts.carrier);
    case 'outletCodes':
      return oneOf(facts.outletCode);
    case 'trackStandings':
      return oneOf(facts.trackStanding);
    case 'titleWords':
      return partOf(facts.itemTitle);
    case 'refundReasons':
      return partOf(facts.reason);
    case 'provinces': {
      // 浙江 and 浙江省 are the same place: platforms write either.
      const { province } = facts;
      return { found: province, holds: province !== null && wanted.some((name) => province.startsWith(name) || name.startsWith(province)) };
    }
    case 'categories': {
      const match = findBlockedCategory(facts.categories, wanted);
      const shown = match ?? facts.categories[0];
      return { found: shown === undefined ? null : shown.name || shown.id, holds: match !== null };
    }
    default:
      throw new Error(`the condition ${condition} takes a range, not words`);
  }
}

function checkRange(condition: ConditionName, { atLeast, atMost }: Range, facts: ConditionFacts): Finding {
  const found = numberOf(condition, facts);
  const holds = found !== null && (atLeast === undefined || found >= atLeast) && (atMost === undefined || found <= atMost);
  return { found, holds };
}

function numberOf(condition: ConditionName, facts: ConditionFacts): number | null {
  switch (condition) {
    case 'refundFeeFen':
      return facts.refundFeeFen;
    case 'expectedFeeFen':
      return facts.expectedFeeFen;
    case 'earlierRefunds':
      return facts.earlierRefunds;
    case 'lastScanHours':
      return facts.lastScanAt === null ? null : Math.floor((facts.at - facts.lastScanAt) / HOUR_MS);
    default:
      throw new Error(`the condition ${condition} takes words, not a range`);
  }
}

function isList(wanted: readonly string[] | Range): wanted is readonly string[] {
  return Array.isArray(wanted);
}
