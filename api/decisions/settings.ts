import { type DecisionSettings, faultsOfProposals } from '../../domain/decisions/settings.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { decisionSettings, isActiveStaff, type SavedSettings, saveDecisionSettings } from '../../store/decision-settings.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';

/** Settings as the API shows them, the person of the escalation by name. */
export function viewSettings({ version, proposals, remindHoursBefore, escalation, escalationName, savedBy, savedAt }: SavedSettings) {
  return {
    version,
    proposals: [...proposals],
    remindHoursBefore: [...remindHoursBefore],
    escalation: escalation === null ? null : { ...escalation, staffName: escalationName ?? '' },
    savedBy,
    savedAt: savedAt === null ? null : toRfc3339(savedAt),
  };
}

/**
 * Saves how the shop's people are helped to decide. `VALIDATION_FAILED` with every fault, a person that does not sign in to this shop
 * among them; `RULES_CHANGED` when somebody else saved since `baseVersion`.
 */
export async function replaceSettings(
  { db }: AppDeps,
  { shopId, actor }: Caller,
  { baseVersion, settings }: { baseVersion: number; settings: DecisionSettings },
): Promise<SavedSettings> {
  const errors = faultsOfProposals(settings.proposals);
  const { escalation } = settings;
  if (escalation !== null && !(await isActiveStaff(db, shopId, escalation.staffId)))
    errors.push({ pointer: '/escalation/staffId', message: '店铺没有这名在用的员工 (nobody of the shop signs in so)' });
  if (errors.length > 0) throw problem('VALIDATION_FAILED', { errors });
  if (!(await saveDecisionSettings(db, { shopId, baseVersion, settings, savedBy: actor }))) throw problem('RULES_CHANGED');
  return decisionSettings(db, shopId);
}
