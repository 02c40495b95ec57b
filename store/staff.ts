import { type Selectable, sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, inTransaction } from './db.ts';
import { revokeSessionsOf } from './sessions.ts';
import type { Tables } from './tables.ts';
import { clock, newId } from './values.ts';

/** A person who signs in to the console for one shop. */
export interface Staff {
  staffId: string;
  shopId: string;
  login: string;
  name: string;
  role: string;
  /** The password was set by someone else and must be changed first. */
  mustChange: boolean;
  createdAt: EpochMs;
  disabledAt: EpochMs | null;
}

/** What signing in needs beside: compared and counted, never shown. */
export interface StaffCredentials {
  staff: Staff;
  passwordHash: string;
  failedAttempts: number;
  /** Set while wrong passwords lock the account, by PostgreSQL's clock. */
  lockedUntil: EpochMs | null;
}

export interface NewStaff {
  shopId: string;
  login: string;
  name: string;
  role: string;
  passwordHash: string;
  mustChange: boolean;
}

/** Adds a person; null when the login is taken. */
export async function createStaff(db: Db, staff: NewStaff): Promise<Staff | null> {
  const row = await db
    .insertInto('staff')
    .values({
      staff_id: newId('staff'),
      shop_id: staff.shopId,
      login: staff.login,
      name: staff.name,
      role: staff.role,
      password_hash: staff.passwordHash,
      must_change: staff.mustChange,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? staffOf(row) : null;
}

/** All people of a shop, disabled ones too, oldest first. */
export async function listStaff(db: Db, shopId: string): Promise<Staff[]> {
  const rows = await db.selectFrom('staff').selectAll().where('shop_id', '=', shopId).orderBy('created_at').orderBy('staff_id').execute();
  return rows.map(staffOf);
}

/** The person of that login with what signing in compares, null when there is none or they are disabled. */
export async function findCredentials(db: Db, login: string): Promise<StaffCredentials | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .select(sql<EpochMs | null>`case when locked_until > clock_ms() then locked_until end`.as('locked'))
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row
    ? { staff: staffOf(row), passwordHash: row.password_hash, failedAttempts: row.failed_attempts, lockedUntil: row.locked }
    : null;
}

/** Counts a wrong password; from the `limit`th on each locks the account for `lockMs`. Returns until when, or null. */
export async function noteFailedLogin(db: Db, staffId: string, limit: number, lockMs: number): Promise<EpochMs | null> {
  const row = await db
    .updateTable('staff')
    .set({
      failed_attempts: sql<number>`failed_attempts + 1`,
      locked_until: sql<EpochMs | null>`case when failed_attempts + 1 >= ${limit} then clock_ms() + ${lockMs} * interval '1 millisecond' end`,
    })
    .where('staff_id', '=', staffId)
    .returning('locked_until')
    .executeTakeFirst();
  return row?.locked_until ?? null;
}

/** Forgets wrong passwords after a right one. */
export async function noteLogin(db: Db, staffId: string): Promise<void> {
  await db.updateTable('staff').set({ failed_attempts: 0, locked_until: null }).where('staff_id', '=', staffId).execute();
}

/** Sets a password and ends every session of the person. */
export function setPassword(db: Db, staffId: string, passwordHash: string, mustChange: boolean): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .updateTable('staff')
      .set({ password_hash: passwordHash, must_change: mustChange, failed_attempts: 0, locked_until: null })
      .where('staff_id', '=', staffId)
      .execute();
    await revokeSessionsOf(trx, staffId);
  });
}

/** Ends a person's access and every session; false when the shop has no such active person. */
export function disableStaff(db: Db, shopId: string, staffId: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const row = await trx
      .updateTable('staff')
      .set({ disabled_at: clock() })
      .where('shop_id', '=', shopId)
      .where('staff_id', '=', staffId)
      .where('disabled_at', 'is', null)
      .returning('staff_id')
      .executeTakeFirst();
    if (row) await revokeSessionsOf(trx, staffId);
    return row !== undefined;
  });
}

function staffOf(row: Omit<Selectable<Tables['staff']>, 'password_hash' | 'failed_attempts' | 'locked_until'>): Staff {
  return {
    staffId: row.staff_id,
    shopId: row.shop_id,
    login: row.login,
    name: row.name,
    role: row.role,
    mustChange: row.must_change,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  };
}
