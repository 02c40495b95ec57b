import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { findSession, openSession, revokeSession } from './sessions.ts';
import { createStaff, disableStaff, findCredentials, listStaff, noteFailedLogin, noteLogin, setPassword, type Staff } from './staff.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';

const LIMITS = { idleMs: 60_000, absoluteMs: 3_600_000 };
let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 2, applicationName: 'staff-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function added(login: string): Promise<Staff> {
  const staff = await createStaff(database.kysely, {
    shopId: SHOP,
    login,
    name: '王五',
    role: 'OWNER',
    passwordHash: 'h1',
    mustChange: true,
  });
  if (!staff) throw new Error(`login ${login} is taken`);
  return staff;
}

describe('staff', () => {
  test('a login belongs to one person, over all shops', async () => {
    const staff = await added('wang');
    expect(await createStaff(database.kysely, { ...staff, shopId: OTHER_SHOP, login: 'wang', passwordHash: 'h2' })).toBeNull();
    expect(await listStaff(database.kysely, SHOP)).toEqual([staff]);
    expect(await listStaff(database.kysely, OTHER_SHOP)).toEqual([]);
    expect(await findCredentials(database.kysely, 'wang')).toEqual({ staff, passwordHash: 'h1', failedAttempts: 0, lockedUntil: null });
    expect(await findCredentials(database.kysely, 'nobody')).toBeNull();
  });

  test('wrong passwords lock for a while, a right one forgets them', async () => {
    const { staffId } = await added('locked');
    expect(await noteFailedLogin(database.kysely, staffId, 3, 60_000)).toBeNull();
    expect(await noteFailedLogin(database.kysely, staffId, 3, 60_000)).toBeNull();
    const until = await noteFailedLogin(database.kysely, staffId, 3, 60_000);
    expect(await findCredentials(database.kysely, 'locked')).toMatchObject({ failedAttempts: 3, lockedUntil: until });
    expect(until).toEqual(expect.any(Number));
    await noteFailedLogin(database.kysely, staffId, 3, -1);
    expect((await findCredentials(database.kysely, 'locked'))?.lockedUntil).toBeNull();
    await noteLogin(database.kysely, staffId);
    expect((await findCredentials(database.kysely, 'locked'))?.failedAttempts).toBe(0);
  });
});

describe('sessions', () => {
  test('stand for their person until revoked, and only their hash is kept', async () => {
    const staff = await added('session');
    const sessionId = await openSession(database.kysely, staff.staffId);
    expect(await findSession(database.kysely, sessionId, LIMITS)).toMatchObject({
      staffId: staff.staffId,
      shopId: SHOP,
      role: 'OWNER',
      mustChange: true,
    });
    expect(await findSession(database.kysely, `${sessionId}x`, LIMITS)).toBeNull();
    expect(JSON.stringify(await database.kysely.selectFrom('sessions').selectAll().execute())).not.toContain(sessionId);
    await revokeSession(database.kysely, sessionId);
    expect(await findSession(database.kysely, sessionId, LIMITS)).toBeNull();
  });

  test('end idle, old, with a new password and with the person', async () => {
    const staff = await added('ends');
    const age = (column: string) =>
      sql`update sessions set ${sql.ref(column)} = ${sql.ref(column)} - interval '2 hours' where staff_id = ${staff.staffId}`.execute(
        database.kysely,
      );
    const idle = await openSession(database.kysely, staff.staffId);
    await age('last_seen_at');
    expect(await findSession(database.kysely, idle, LIMITS)).toBeNull();
    expect(await findSession(database.kysely, idle, { ...LIMITS, idleMs: 10_800_000 })).not.toBeNull();
    expect(await findSession(database.kysely, idle, LIMITS)).not.toBeNull();
    await age('created_at');
    expect(await findSession(database.kysely, idle, LIMITS)).toBeNull();
    const before = await openSession(database.kysely, staff.staffId);
    await setPassword(database.kysely, staff.staffId, 'h2', false);
    expect(await findSession(database.kysely, before, LIMITS)).toBeNull();
    expect(await findCredentials(database.kysely, 'ends')).toMatchObject({ passwordHash: 'h2', staff: { mustChange: false } });
    const last = await openSession(database.kysely, staff.staffId);
    expect(await disableStaff(database.kysely, OTHER_SHOP, staff.staffId)).toBe(false);
    expect(await disableStaff(database.kysely, SHOP, staff.staffId)).toBe(true);
    expect(await findSession(database.kysely, last, LIMITS)).toBeNull();
    expect(await findCredentials(database.kysely, 'ends')).toBeNull();
  });
});
