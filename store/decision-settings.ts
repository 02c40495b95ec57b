import { sql } from 'kysely';
import { DEFAULT_SETTINGS, type DecisionSettings } from '../domain/decisions/settings.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock, jsonb } from './values.ts';

/** Settings in force; version 0 and nobody's where the shop never saved any. */
export interface SavedSettings extends DecisionSettings {
  version: number;
  /** Of the person named for an escalation. */
  escalationName: string | null;
  savedBy: string | null;
  savedAt: EpochMs | null;
}

const NEVER_SAVED: SavedSettings = { version: 0, ...DEFAULT_SETTINGS, escalationName: null, savedBy: null, savedAt: null };

export async function decisionSettings(db: Db, shopId: string): Promise<SavedSettings> {
  const row = await db
    .selectFrom('decision_settings')
    .leftJoin('staff', 'staff.staff_id', 'decision_settings.escalate_to')
    .selectAll('decision_settings')
    .select('staff.name')
    .where('decision_settings.shop_id', '=', shopId)
    .executeTakeFirst();
  if (!row) return NEVER_SAVED;
  const { version, proposals, remind_hours, escalate_to, escalate_hours } = row;
  const escalation = escalate_to === null || escalate_hours === null ? null : { staffId: escalate_to, hoursBefore: escalate_hours };
  return {
    version,
    proposals,
    remindHoursBefore: remind_hours,
    escalation,
    escalationName: row.name,
    savedBy: row.saved_by,
    savedAt: row.saved_at,
  };
}

/** Saves the settings after `baseVersion`, 0 for the first time; false when somebody else has saved some since. */
export async function saveDecisionSettings(
  db: Db,
  { shopId, baseVersion, settings, savedBy }: { shopId: string; baseVersion: number; settings: DecisionSettings; savedBy: string },
): Promise<boolean> {
  const { proposals, remindHoursBefore, escalation } = settings;
  const columns = {
    version: baseVersion + 1,
    proposals: jsonb(proposals),
    remind_hours: sql<number[]>`${[...remindHoursBefore]}::integer[]`,
    escalate_to: escalation?.staffId ?? null,
    escalate_hours: escalation?.hoursBefore ?? null,
    saved_by: savedBy,
    saved_at: clock(),
  };
  const saved =
    baseVersion === 0
      ? await db
          .insertInto('decision_settings')
          .values({ shop_id: shopId, ...columns })
          .onConflict((conflict) => conflict.column('shop_id').doNothing())
          .executeTakeFirst()
      : await db
          .updateTable('decision_settings')
          .set(columns)
          .where('shop_id', '=', shopId)
          .where('version', '=', baseVersion)
          .executeTakeFirst();
  return Number('numUpdatedRows' in saved ? saved.numUpdatedRows : saved.numInsertedOrUpdatedRows) > 0;
}

/** Whether somebody signs in to this shop under that id now. */
export async function isActiveStaff(db: Db, shopId: string, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staff')
    .select('staff_id')
    .where('shop_id', '=', shopId)
    .where('staff_id', '=', staffId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
