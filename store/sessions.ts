import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '../domain/role.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from './db.ts';
import { clock, clockBound, sha256 } from './values.ts';

/** How long a session lives: unused, and in all. */
export interface SessionLimits {
  idleMs: number;
  absoluteMs: number;
}

export interface Session {
  staffId: string;
  shopId: string;
  name: string;
  role: Role;
  mustChange: boolean;
  /** Of a demo person, honoured only while the simulators are in use. */
  demo: boolean;
  createdAt: EpochMs;
}

/** A session as listed; its handle names it and opens nothing. */
export interface ListedSession {
  handle: string;
  staffId: string;
  staffName: string;
  createdAt: EpochMs;
  lastSeenAt: EpochMs;
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

/** What names a session on lists, without opening it. */
export function sessionHandle(sessionId: string): string {
  return sha256(sessionId).toString('hex');
}

/** Who a session id stands for, null when it is unknown, revoked, idle or old beyond the limits, or the person is disabled. Notes the use. */
export async function findSession(db: Db, sessionId: string, limits: SessionLimits): Promise<Session | null> {
  const hash = sha256(sessionId);
  const row = await liveSessions(db, limits)
    .select(['staff.staff_id', 'shop_id', 'name', 'role', 'must_change', 'demo', 'sessions.created_at'])
    .select(sql<boolean>`last_seen_at < ${clockBound(-TOUCH_EVERY_MS)}`.as('stale'))
    .where('session_hash', '=', hash)
    .executeTakeFirst();
  if (!row) return null;
  if (row.stale) await db.updateTable('sessions').set({ last_seen_at: clock() }).where('session_hash', '=', hash).execute();
  return {
    staffId: row.staff_id,
    shopId: row.shop_id,
    name: row.name,
    role: row.role,
    mustChange: row.must_change,
    demo: row.demo,
    createdAt: row.created_at,
  };
}

/** Which of these sessions still live; looking is no use of them. */
export async function liveHandles(db: Db, handles: readonly string[], limits: SessionLimits): Promise<Set<string>> {
  if (handles.length === 0) return new Set();
  const rows = await liveSessions(db, limits)
    .select('session_hash')
    .where(
      'session_hash',
      'in',
      handles.map((handle) => Buffer.from(handle, 'hex')),
    )
    .execute();
  return new Set(rows.map(({ session_hash: hash }) => hash.toString('hex')));
}

/** The live sessions of a shop, or of one person of it, latest used first. */
export async function listSessions(db: Db, owner: SessionOwner, limits: SessionLimits): Promise<ListedSession[]> {
  let query = liveSessions(db, limits)
    .select(['session_hash', 'staff.staff_id', 'name', 'sessions.created_at', 'last_seen_at'])
    .where('shop_id', '=', owner.shopId);
  if (owner.staffId !== undefined) query = query.where('staff.staff_id', '=', owner.staffId);
  const rows = await query.orderBy('last_seen_at', 'desc').orderBy('session_hash').limit(200).execute();
  return rows.map((row) => ({
    handle: row.session_hash.toString('hex'),
    staffId: row.staff_id,
    staffName: row.name,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  }));
}

/** Whose sessions are meant: one person's, or everybody's of the shop. */
export interface SessionOwner {
  shopId: string;
  staffId?: string | undefined;
}

/** Ends the session of that handle; false when the owner has none such. Ending twice keeps the first instant. */
export async function revokeByHandle(db: Db, owner: SessionOwner, handle: string): Promise<boolean> {
  let query = db
    .updateTable('sessions')
    .set({ revoked_at: sql<EpochMs>`coalesce(revoked_at, clock_ms())` })
    .where('session_hash', '=', Buffer.from(handle, 'hex'))
    .where('staff_id', 'in', (eb) => eb.selectFrom('staff').select('staff_id').where('shop_id', '=', owner.shopId));
  if (owner.staffId !== undefined) query = query.where('staff_id', '=', owner.staffId);
  return (await query.returning('staff_id').executeTakeFirst()) !== undefined;
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

function liveSessions(db: Db, limits: SessionLimits) {
  return db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.staff_id', 'sessions.staff_id')
    .where('revoked_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('last_seen_at', '>', clockBound(-limits.idleMs))
    .where('sessions.created_at', '>', clockBound(-limits.absoluteMs));
}
