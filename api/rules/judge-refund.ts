import type { StartingRule } from '../../domain/intercept/state.ts';
import { type Judgement, lookAgainAt } from '../../domain/rules/judge.ts';
import type { EpochMs } from '../../domain/time.ts';
import { findByRefund } from '../../store/intercept-reading.ts';
import { type Decided, decideRefund, earlierRefunds, releaseReservation } from '../../store/rule-judgements.ts';
import type { RuleTask } from '../../store/rule-tasks.ts';
import type { SavedRules } from '../../store/rule-versions.ts';
import type { AppDeps } from '../deps.ts';
import { type Permission, startIntercept } from '../intercepts/create-intercept.ts';
import { isProblem } from '../problems/problem.ts';
import { buyerKeyOf, ruleFactsOf } from './rule-facts.ts';

/**
 * Judges a refund by its shop's rules, and starts the intercept if they say so, by the same way and under the same eligibility as a
 * person's. When it is to be judged again, null: never by itself. Throws what may pass (platform, engine or database without an
 * answer); to be repeated then: what was begun is found, and what was reserved for nothing is given back.
 */
export async function judgeRefund(deps: AppDeps, task: Pick<RuleTask, 'shopId' | 'refundId' | 'seenAt'>): Promise<EpochMs | null> {
  const { shopId, refundId } = task;
  const latest = await findByRefund(deps.db, refundId);
  // A carrier that refused a person or a rule is not asked again by a rule.
  const isSettled = latest !== null && (latest.shopId !== shopId || latest.phase !== 'STARTING');
  let againAt: EpochMs | null = null;
  if (!isSettled) {
    try {
      await startIntercept(deps, { shopId, refundId, language: 'zh' }, async (gathered, feeFen) => {
        const buyerKey = buyerKeyOf(shopId, gathered);
        const earlier = buyerKey === null ? null : await earlierRefunds(deps.db, shopId, buyerKey, refundId);
        const facts = ruleFactsOf(gathered, feeFen, earlier);
        const decided = await decideRefund(deps.db, { shopId, facts, buyerKey, seenAt: task.seenAt });
        if (decided.kind !== 'JUDGED') return null;
        againAt = lookAgainAt(decided.rules, decided.judgement, facts);
        return permissionOf(decided);
      });
    } catch (error) {
      if (!isProblem(error) || error.code !== 'REFUND_NOT_FOUND') throw error;
      deps.log.warn({ refundId, shopId }, 'rules: the platform knows no such refund');
    }
  }
  // What is reserved by now has led to no case; another process that is still about to make one judges again first.
  await releaseReservation(deps.db, refundId, 'RESERVED');
  return againAt;
}

function permissionOf({ judgementId, rules, judgement }: Decided & { kind: 'JUDGED' }): Permission | null {
  const rule = judgement.decision === 'INTERCEPT' ? startingRule(rules, judgement, judgementId) : null;
  return rule === null ? null : { initiatedBy: `${rule.name} (rule ${rule.ruleId} v${rule.version})`, rule };
}

function startingRule({ version, savedBy, savedAt, rules }: SavedRules, { ruleId }: Judgement, judgementId: number): StartingRule | null {
  const rule = rules.find((each) => each.ruleId === ruleId);
  const { refundFeeFen, expectedFeeFen } = rule?.conditions ?? {};
  if (rule === undefined || refundFeeFen?.atMost === undefined || expectedFeeFen === undefined) return null;
  return {
    ruleId: rule.ruleId,
    name: rule.name,
    version,
    judgementId,
    confirmedBy: savedBy,
    confirmedAt: savedAt,
    refundAtMostFen: refundFeeFen.atMost,
    feeAtMostFen: expectedFeeFen.atMost,
  };
}
