import { type DryRunCase, startDryRun } from '../../domain/rules/dry-run.ts';
import { type JudgementCause, NOTHING_SPENT, type Spent } from '../../domain/rules/judge.ts';
import type { RuleAction, RuleSet } from '../../domain/rules/rule.ts';
import { DAY_MS, type EpochMs } from '../../domain/time.ts';
import { now } from '../../store/db.ts';
import { pastFacts } from '../../store/rule-judgements.ts';
import type { AppDeps } from '../deps.ts';

/** Refunds and money of one outcome. */
export interface DryRunTotal {
  decision: RuleAction;
  cause: JudgementCause;
  ruleId: string | null;
  refunds: number;
  refundFeeFen: number;
  /** Of intercepts: what they would have cost if every one succeeded. */
  feeFen: number;
}

export interface DryRunReport {
  from: EpochMs;
  to: EpochMs;
  /** Refunds that were judged in that time, each once, by its last look. */
  refunds: number;
  totals: DryRunTotal[];
  /** The most that one day would have come to. */
  busiestDay: Spent;
  items: DryRunCase[];
  /** Place of the next page among the refunds, null at the end. */
  next: number | null;
}

/**
 * What a rule set would have done with the refunds of the last days, by the facts kept with their judgements: the same function on
 * the same facts, so it foretells what the rules do. Nothing is started or kept. `items` are the refunds from the newest on, `skip` of
 * them left out, only those of one decision if it is named.
 */
export async function dryRun(
  deps: Pick<AppDeps, 'db'>,
  shopId: string,
  { ruleSet, days, decision, skip, limit }: { ruleSet: RuleSet; days: number; decision?: RuleAction; skip: number; limit: number },
): Promise<DryRunReport> {
  const to = await now(deps.db);
  const from = to - days * DAY_MS;
  const run = startDryRun({ ...ruleSet, version: 0 });
  const cases = new Map<string, DryRunCase>();
  for await (const batch of pastFacts(deps.db, shopId, from, to)) {
    for (const facts of batch) {
      const judged = run.take(facts);
      if (judged === null) continue;
      // By its last look: where it was looked at again, its place is that of the last one.
      cases.delete(facts.refundId);
      cases.set(facts.refundId, judged);
    }
  }
  const all = [...cases.values()].reverse();
  const shown = decision === undefined ? all : all.filter(({ judgement }) => judgement.decision === decision);
  const next = skip + limit;
  return {
    from,
    to,
    refunds: all.length,
    totals: addUp(all),
    busiestDay: run.days().reduce<Spent>((most, { shop }) => (shop.feeFen > most.feeFen ? shop : most), NOTHING_SPENT),
    items: shown.slice(skip, next),
    next: shown.length > next ? next : null,
  };
}

function addUp(cases: readonly DryRunCase[]): DryRunTotal[] {
  const totals = new Map<string, DryRunTotal>();
  for (const { facts, judgement } of cases) {
    const { decision, cause, ruleId } = judgement;
    const key = `${decision} ${cause} ${ruleId ?? ''}`;
    const total = totals.get(key) ?? { decision, cause, ruleId, refunds: 0, refundFeeFen: 0, feeFen: 0 };
    total.refunds += 1;
    total.refundFeeFen += facts.refundFeeFen;
    if (decision === 'INTERCEPT') total.feeFen += facts.expectedFeeFen ?? 0;
    totals.set(key, total);
  }
  return [...totals.values()].toSorted((a, b) => b.refunds - a.refunds || b.feeFen - a.feeFen);
}
