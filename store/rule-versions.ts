import type { RuleSet, RuleVersion } from '../domain/rules/rule.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction } from './db.ts';
import { jsonb } from './values.ts';

/** A version as saved: who saved it confirmed what it starts, then (R25). */
export interface SavedRules extends RuleVersion {
  savedBy: string;
  savedAt: EpochMs;
}

/** The version in force, null when the shop never saved one. */
export async function currentRules(db: Db, shopId: string): Promise<SavedRules | null> {
  return (await listRuleVersions(db, shopId, 1))[0] ?? null;
}

/** The shop's versions, newest first. */
export async function listRuleVersions(db: Db, shopId: string, limit: number): Promise<SavedRules[]> {
  const rows = await db
    .selectFrom('rule_versions')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row.rule_set, version: row.version, savedBy: row.saved_by, savedAt: row.saved_at }));
}

/**
 * Adds a version after `baseVersion`, 0 for the first; null when somebody else has saved one since. Waits for judgements under way:
 * none is made by an older version once this one is there.
 */
export function saveRules(
  db: Db,
  { shopId, baseVersion, ruleSet, savedBy }: { shopId: string; baseVersion: number; ruleSet: RuleSet; savedBy: string },
): Promise<SavedRules | null> {
  return inTransaction(db, async (trx) => {
    await holdRules(trx, shopId);
    const present = await currentRules(trx, shopId);
    if ((present?.version ?? 0) !== baseVersion) return null;
    await trx
      .insertInto('rule_versions')
      .values({ shop_id: shopId, version: baseVersion + 1, rule_set: jsonb(ruleSet), saved_by: savedBy })
      .execute();
    return currentRules(trx, shopId);
  });
}

/** One shop's judgements and changes of its rules happen one after the other: so its budgets hold whoever judges. */
export function holdRules(trx: Parameters<typeof holdLock>[0], shopId: string): Promise<void> {
  return holdLock(trx, `rules:${shopId}`);
}
