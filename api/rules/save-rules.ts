import { faultsOf, mayIntercept, type RuleSet } from '../../domain/rules/rule.ts';
import { currentRules, type SavedRules, saveRules } from '../../store/rule-versions.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';

/** Throws `VALIDATION_FAILED` with every fault of a rule set that its form alone does not show. */
export function requireSound(ruleSet: RuleSet): void {
  const errors = faultsOf(ruleSet);
  if (errors.length > 0) throw problem('VALIDATION_FAILED', { errors });
}

/**
 * Saves the rules as a new version. If they may start an intercept the merchant confirms all of those now, with the bounds they name
 * (R25): `CONFIRMATION_REQUIRED` otherwise. `RULES_CHANGED` when somebody else saved since `baseVersion`.
 */
export async function replaceRules(
  { db }: AppDeps,
  { shopId, actor }: Caller,
  { baseVersion, confirm, ruleSet }: { baseVersion: number; confirm: boolean; ruleSet: RuleSet },
): Promise<SavedRules> {
  requireSound(ruleSet);
  if (mayIntercept(ruleSet) && !confirm) throw problem('CONFIRMATION_REQUIRED');
  const saved = await saveRules(db, { shopId, baseVersion, ruleSet, savedBy: actor });
  if (saved === null) throw problem('RULES_CHANGED');
  return saved;
}

/** Pauses all rules of the shop, or lets them go on, whatever else is being changed; null when the shop has none. */
export async function pauseRules(
  deps: AppDeps,
  caller: Caller,
  { paused, confirm }: { paused: boolean; confirm: boolean },
): Promise<SavedRules | null> {
  for (;;) {
    const present = await currentRules(deps.db, caller.shopId);
    if (present === null || present.limits.paused === paused) return present;
    const ruleSet: RuleSet = { limits: { ...present.limits, paused }, rules: present.rules };
    if (mayIntercept(ruleSet) && !confirm) throw problem('CONFIRMATION_REQUIRED');
    const saved = await saveRules(deps.db, { shopId: caller.shopId, baseVersion: present.version, ruleSet, savedBy: caller.actor });
    // Somebody else saved in between: only others' progress leads here.
    if (saved !== null) return saved;
  }
}
