import type { Fen } from '../money.ts';
import { shanghaiDay } from '../time.ts';
import type { RuleFacts } from './facts.ts';
import { type Judgement, judge, NOTHING_SPENT, type Spent, type SpentToday } from './judge.ts';
import type { RuleVersion } from './rule.ts';

/** What rules would have made of one refund as it stood then. */
export interface DryRunCase {
  facts: RuleFacts;
  judgement: Judgement;
}

/** A rule set going through past facts in the order in which they were judged, keeping its own budgets. */
export interface DryRun {
  /** Null: this refund was intercepted already by an earlier look. */
  take(facts: RuleFacts): DryRunCase | null;
  /** What the intercepts of each day came to. */
  days(): SpentToday[];
}

interface Day {
  shop: Spent;
  byRule: Map<string, Spent>;
}

/** Judges as the service itself does, with the same function; what it would have started counts against the budgets of its day. */
export function startDryRun(version: RuleVersion): DryRun {
  const days = new Map<string, Day>();
  const intercepted = new Set<string>();
  const spentOn = (day: string): Day => days.get(day) ?? { shop: NOTHING_SPENT, byRule: new Map() };
  return {
    days: () => [...days.values()],
    take(facts) {
      if (intercepted.has(facts.refundId)) return null;
      const day = shanghaiDay(facts.at);
      const spent = spentOn(day);
      const judgement = judge(version, facts, spent);
      if (judgement.decision === 'INTERCEPT' && judgement.ruleId !== null) {
        intercepted.add(facts.refundId);
        days.set(day, spend(spent, judgement.ruleId, facts.expectedFeeFen ?? 0));
      }
      return { facts, judgement };
    },
  };
}

function spend({ shop, byRule }: Day, ruleId: string, feeFen: Fen): Day {
  byRule.set(ruleId, plus(byRule.get(ruleId) ?? NOTHING_SPENT, feeFen));
  return { shop: plus(shop, feeFen), byRule };
}

function plus({ feeFen, count }: Spent, more: Fen): Spent {
  return { feeFen: feeFen + more, count: count + 1 };
}
