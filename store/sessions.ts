import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock, clockPlus, sha256 } from './values.ts';

/** How long a session lives: unused, and in all. */
export interface SessionLimits {
  idleMs: number;
  absoluteMs: number;
}

export interface Session {
  staffId: string;
  shopId: string;
  name: string;
  role: string;
  mustChange: boolean;
  createdAt: EpochMs;
}

/** A last use is written again only after this long. */
const TOUCH_EVERY_MS = 60_000;

/** Opens a session and returns its secret id, 256 random bits; only its hash is kept. */
export async function openSession(db: Db, staffId: string): Promise<string> {
  const sessionId = randomBytes(32).toString('base64url');
  await db
    .insertInto('sessions')
    .values({ session_hash: sha256(sessionId), staff_id: staffId })
    .execute();
  return sessionId;
}

/** Who a session id stands for, null when it is unknown, revoked, idle or old beyond the limits, or the person is disabled. Notes the use. */
export async function findSession(db: Db, sessionId: string, limits: SessionLimits): Promise<Session | null> {
  const hash = sha256(sessionId);
  const row = await db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.staff_id', 'sessions.staff_id')
    .select(['staff.staff_id', 'shop_id', 'name', 'role', 'must_change', 'sessions.created_at', 'last_seen_at'])
    .select(sql<boolean>`last_seen_at < ${clockPlus(-TOUCH_EVERY_MS)}`.as('stale'))
    .where('session_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('last_seen_at', '>', clockPlus(-limits.idleMs))
    .where('sessions.created_at', '>', clockPlus(-limits.absoluteMs))
    .executeTakeFirst();
  if (!row) return null;
  if (row.stale) await db.updateTable('sessions').set({ last_seen_at: clock() }).where('session_hash', '=', hash).execute();
  return {
    staffId: row.staff_id,
    shopId: row.shop_id,
    name: row.name,
    role: row.role,
    mustChange: row.must_change,
    createdAt: row.created_at,
  };
}

/** Ends one session. */
export async function revokeSession(db: Db, sessionId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: clock() })
    .where('session_hash', '=', sha256(sessionId))
    .where('revoked_at', 'is', null)
    .execute();
}

/** Ends every session of a person. */
export async function revokeSessionsOf(db: Db, staffId: string): Promise<void> {
  await db.updateTable('sessions').set({ revoked_at: clock() }).where('staff_id', '=', staffId).where('revoked_at', 'is', null).execute();
}
