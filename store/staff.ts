import type { Selectable } from 'kysely';
import type { Role } from '../domain/role.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Db, holdLock, inTransaction, type Trx } from './db.ts';
import { revokeSessionsOf } from './sessions.ts';
import type { Tables } from './tables.ts';
import { clock, newId } from './values.ts';

/** A person who signs in to the console for one shop; the name is theirs alone within the shop. */
export interface Staff {
  staffId: string;
  shopId: string;
  name: string;
  role: Role;
  /** The password was set by someone else and must be changed first. */
  mustChange: boolean;
  /** Offered on the sign-in page, and honoured only while the simulators are in use. */
  demo: boolean;
  createdAt: EpochMs;
  disabledAt: EpochMs | null;
}

/** What signing in compares, never shown. */
export interface StaffCredentials {
  staff: Staff;
  passwordHash: string;
}

export interface NewStaff {
  shopId: string;
  name: string;
  role: Role;
  passwordHash: string;
  mustChange: boolean;
}

/** Adds a person; null when the shop has one of that name, active or not. */
export function createStaff(db: Db, staff: NewStaff): Promise<Staff | null> {
  return insertStaff(db, staff, false);
}

/** All people of a shop, disabled ones too, oldest first. */
export async function listStaff(db: Db, shopId: string): Promise<Staff[]> {
  const rows = await db.selectFrom('staff').selectAll().where('shop_id', '=', shopId).orderBy('created_at').orderBy('staff_id').execute();
  return rows.map(staffOf);
}

/** The person of that name with what signing in compares, null when the shop has none or they are disabled. */
export async function findCredentials(db: Db, shopId: string, name: string): Promise<StaffCredentials | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('name', '=', name)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row ? { staff: staffOf(row), passwordHash: row.password_hash } : null;
}

/** Sets the password a person chose and ends every session of theirs. A demo person becomes an ordinary one. */
export function setPassword(db: Db, staffId: string, passwordHash: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .updateTable('staff')
      .set({ password_hash: passwordHash, must_change: false, demo: false })
      .where('staff_id', '=', staffId)
      .execute();
    await revokeSessionsOf(trx, staffId);
  });
}

/** What an owner changes of a person; what is left out stays. */
export interface StaffChange {
  role?: Role | undefined;
  active?: boolean | undefined;
  /** A password made for them, to be changed at the next sign-in. */
  passwordHash?: string | undefined;
}

export type StaffChanged = { kind: 'CHANGED'; staff: Staff } | { kind: 'NOT_FOUND' } | { kind: 'LAST_OWNER' };

/**
 * Changes a person of the shop. Deactivating and a new password end every session of theirs; a new role counts from the
 * next request on. A shop keeps at least one active owner: two owners who demote each other at once are told so.
 */
export function changeStaff(db: Db, shopId: string, staffId: string, change: StaffChange): Promise<StaffChanged> {
  return inTransaction(db, async (trx) => {
    await holdLock(trx, `staff:${shopId}`);
    const present = await trx
      .selectFrom('staff')
      .selectAll()
      .where('shop_id', '=', shopId)
      .where('staff_id', '=', staffId)
      .executeTakeFirst();
    if (!present) return { kind: 'NOT_FOUND' };
    const loses = (change.role !== undefined && change.role !== 'OWNER') || change.active === false;
    if (loses && isActiveOwner(present) && (await activeOwners(trx, shopId)) === 1) return { kind: 'LAST_OWNER' };
    const row = await trx
      .updateTable('staff')
      .set({
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(change.active === undefined
          ? {}
          : { disabled_at: change.active ? null : present.disabled_at === null ? clock() : present.disabled_at }),
        ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash, must_change: true, demo: false }),
      })
      .where('staff_id', '=', staffId)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (change.active === false || change.passwordHash !== undefined) await revokeSessionsOf(trx, staffId);
    return { kind: 'CHANGED', staff: staffOf(row) };
  });
}

/**
 * A person of the demo shop whose password is published on the sign-in page. One that is there keeps its sessions when
 * `passwordFits` says so of the stored hash; one who chose a password of their own, or was deactivated, is left alone.
 */
export async function putDemoStaff(
  db: Db,
  staff: Omit<NewStaff, 'mustChange' | 'passwordHash'>,
  password: { fits(hash: string): Promise<boolean>; hash(): Promise<string> },
): Promise<void> {
  const { shopId, name } = staff;
  const present = await findCredentials(db, shopId, name);
  if (present === null) {
    await insertStaff(db, { ...staff, passwordHash: await password.hash(), mustChange: false }, true);
  } else if (present.staff.demo && !(await password.fits(present.passwordHash))) {
    const passwordHash = await password.hash();
    await inTransaction(db, async (trx) => {
      await trx
        .updateTable('staff')
        .set({ password_hash: passwordHash })
        .where('staff_id', '=', present.staff.staffId)
        .where('demo', '=', true)
        .execute();
      await revokeSessionsOf(trx, present.staff.staffId);
    });
  }
}

/** The people offered on the sign-in page of a demo. */
export async function listDemoStaff(db: Db): Promise<Staff[]> {
  const rows = await db
    .selectFrom('staff')
    .selectAll()
    .where('demo', '=', true)
    .where('disabled_at', 'is', null)
    .orderBy('created_at')
    .orderBy('staff_id')
    .execute();
  return rows.map(staffOf);
}

async function insertStaff(db: Db, staff: NewStaff, demo: boolean): Promise<Staff | null> {
  const row = await db
    .insertInto('staff')
    .values({
      staff_id: newId('staff'),
      shop_id: staff.shopId,
      name: staff.name,
      role: staff.role,
      password_hash: staff.passwordHash,
      must_change: staff.mustChange,
      demo,
    })
    .onConflict((conflict) => conflict.columns(['shop_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? staffOf(row) : null;
}

function isActiveOwner(row: Pick<Selectable<Tables['staff']>, 'role' | 'disabled_at'>): boolean {
  return row.role === 'OWNER' && row.disabled_at === null;
}

async function activeOwners(trx: Trx, shopId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('staff')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('shop_id', '=', shopId)
    .where('role', '=', 'OWNER')
    .where('disabled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

function staffOf(row: Selectable<Tables['staff']>): Staff {
  return {
    staffId: row.staff_id,
    shopId: row.shop_id,
    name: row.name,
    role: row.role,
    mustChange: row.must_change,
    demo: row.demo,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  };
}
