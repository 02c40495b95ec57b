import type { RuleFacts } from '../../domain/rules/facts.ts';
import type { Judgement } from '../../domain/rules/judge.ts';
import { toRfc3339 } from '../../domain/time.ts';
import type { KeptJudgement } from '../../store/rule-judgements.ts';
import type { SavedRules } from '../../store/rule-versions.ts';
import { showFindings } from '../intercepts/preview-intercept.ts';
import type { Language } from '../problems/problem.ts';

/** What was decided about a refund and why, as a dry run and a kept judgement both show it. */
export function viewJudged(facts: RuleFacts, { decision, cause, ruleId, rules }: Omit<Judgement, 'version'>, language: Language) {
  const { refundId, orderId, refundFeeFen, expectedFeeFen, itemTitle, carrier, outletName, at, reasons, warnings } = facts;
  return {
    refundId,
    orderId,
    decision,
    cause,
    ruleId,
    refundFeeFen,
    expectedFeeFen,
    itemTitle,
    carrier,
    outletName,
    at: toRfc3339(at),
    rules,
    reasons: showFindings(reasons, language),
    warnings: showFindings(warnings, language),
  };
}

export function viewJudgement({ judgementId, facts, seenAt, judgedAt, ...judgement }: KeptJudgement, language: Language) {
  const { trackStanding, lastScanAt, province, reason, earlierRefunds } = facts;
  return {
    judgementId: String(judgementId),
    version: judgement.version,
    ...viewJudged(facts, judgement, language),
    trackStanding,
    lastScanAt: lastScanAt === null ? null : toRfc3339(lastScanAt),
    province,
    reason,
    earlierRefunds,
    seenAt: toRfc3339(seenAt),
    judgedAt: toRfc3339(judgedAt),
  };
}

/** The rules of a shop that never saved any: none, and paused. */
const NEVER_SAVED = { limits: { paused: true, dailyFeeFen: null, dailyCount: null, hours: null }, rules: [] };

export function viewRules(saved: SavedRules | null) {
  if (saved === null) return { version: 0, ...NEVER_SAVED, savedBy: null, savedAt: null };
  const { version, limits, rules, savedBy, savedAt } = saved;
  return { version, limits, rules, savedBy, savedAt: toRfc3339(savedAt) };
}
