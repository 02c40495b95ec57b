import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { findSession, listSessions, liveHandles, openSession, revokeByHandle, revokeSession, sessionHandle } from './sessions.ts';
import { upsertShop } from './shops.ts';
import { forgetAttempts, takeAttempt } from './sign-in-attempts.ts';
import { changeStaff, createStaff, findCredentials, listDemoStaff, listStaff, putDemoStaff, setPassword, type Staff } from './staff.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';

const LIMITS = { idleMs: 60_000, absoluteMs: 3_600_000 };
const BACK_OFF = { after: 3, firstMs: 1_000, longestMs: 5_000 };
let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'staff-test', onError: () => undefined });
  await addShops(database.kysely);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function added(name: string, staff: Partial<Parameters<typeof createStaff>[1]> = {}): Promise<Staff> {
  const made = await createStaff(database.kysely, { shopId: SHOP, name, role: 'OWNER', passwordHash: 'h1', mustChange: true, ...staff });
  if (!made) throw new Error(`the name ${name} is taken`);
  return made;
}

describe('staff', () => {
  test('a name belongs to one person of a shop, also after they left', async () => {
    const staff = await added('王五', { shopId: OTHER_SHOP, role: 'VIEWER' });
    expect(await createStaff(database.kysely, { ...staff, passwordHash: 'h2' })).toBeNull();
    expect(await listStaff(database.kysely, OTHER_SHOP)).toEqual([staff]);
    expect(await findCredentials(database.kysely, OTHER_SHOP, '王五')).toEqual({ staff, passwordHash: 'h1' });
    expect(await findCredentials(database.kysely, SHOP, '王五')).toBeNull();
    await changeStaff(database.kysely, OTHER_SHOP, staff.staffId, { active: false });
    expect(await findCredentials(database.kysely, OTHER_SHOP, '王五')).toBeNull();
    expect(await createStaff(database.kysely, { ...staff, passwordHash: 'h2' })).toBeNull();
    await changeStaff(database.kysely, OTHER_SHOP, staff.staffId, { active: true });
    expect(await findCredentials(database.kysely, OTHER_SHOP, '王五')).not.toBeNull();
  });

  test('only the own shop changes a person, and what is left out stays', async () => {
    const { staffId } = await added('改', { role: 'VIEWER' });
    expect(await changeStaff(database.kysely, OTHER_SHOP, staffId, { role: 'OWNER' })).toEqual({ kind: 'NOT_FOUND' });
    const changed = await changeStaff(database.kysely, SHOP, staffId, { role: 'FINANCE' });
    expect(changed).toMatchObject({ kind: 'CHANGED', staff: { role: 'FINANCE', disabledAt: null, mustChange: true } });
    await setPassword(database.kysely, staffId, 'own');
    expect(await findCredentials(database.kysely, SHOP, '改')).toMatchObject({ passwordHash: 'own', staff: { mustChange: false } });
    await changeStaff(database.kysely, SHOP, staffId, { passwordHash: 'made' });
    expect(await findCredentials(database.kysely, SHOP, '改')).toMatchObject({ passwordHash: 'made', staff: { mustChange: true } });
  });

  test('the last active owner stays one, also when two demote each other at once', async () => {
    const shop = '2788410077';
    await upsertShop(database.kysely, { shopId: shop, platform: 'KUAISHOU', name: '两人店' });
    const first = await added('甲', { shopId: shop });
    expect(await changeStaff(database.kysely, shop, first.staffId, { role: 'VIEWER' })).toEqual({ kind: 'LAST_OWNER' });
    expect(await changeStaff(database.kysely, shop, first.staffId, { active: false })).toEqual({ kind: 'LAST_OWNER' });
    const second = await added('乙', { shopId: shop });
    const both = await Promise.all([first, second].map(({ staffId }) => changeStaff(database.kysely, shop, staffId, { role: 'VIEWER' })));
    expect(both.map(({ kind }) => kind).sort()).toEqual(['CHANGED', 'LAST_OWNER']);
    expect((await listStaff(database.kysely, shop)).filter(({ role }) => role === 'OWNER')).toHaveLength(1);
  });

  test('demo people keep their sessions while the password fits, and are left alone once they have their own', async () => {
    const put = (hash: string) =>
      putDemoStaff(
        database.kysely,
        { shopId: SHOP, name: '演示', role: 'VIEWER' },
        { fits: async (kept) => kept === hash, hash: async () => hash },
      );
    await put('d1');
    const [staff] = await listDemoStaff(database.kysely);
    expect(staff).toMatchObject({ name: '演示', mustChange: false });
    const sessionId = await openSession(database.kysely, staff?.staffId ?? '');
    await put('d1');
    expect(await findSession(database.kysely, sessionId, LIMITS)).toMatchObject({ demo: true });
    await put('d2');
    expect(await findSession(database.kysely, sessionId, LIMITS)).toBeNull();
    expect(await findCredentials(database.kysely, SHOP, '演示')).toMatchObject({ passwordHash: 'd2' });
    await setPassword(database.kysely, staff?.staffId ?? '', 'own');
    await put('d3');
    expect(await findCredentials(database.kysely, SHOP, '演示')).toMatchObject({ passwordHash: 'own', staff: { demo: false } });
    expect(await listDemoStaff(database.kysely)).toEqual([]);
  });
});

describe('attempts to sign in', () => {
  const pastLock = (name: string) =>
    sql`update sign_in_attempts set locked_until = clock_ms() - interval '1 second' where name = ${name}`.execute(database.kysely);
  const attempt = (name: string) => takeAttempt(database.kysely, { shopId: SHOP, name }, BACK_OFF);

  test('lock the name from the third on, each time longer up to a limit, until a right password', async () => {
    const waits: number[] = [];
    for (let n = 1; n <= 7; n += 1) {
      expect(await attempt('锁')).toEqual({ kind: 'ALLOWED' });
      const again = await database.kysely.selectFrom('sign_in_attempts').selectAll().where('name', '=', '锁').executeTakeFirstOrThrow();
      waits.push(again.locked_until === null ? 0 : again.locked_until - again.last_at);
      if (again.locked_until !== null) {
        const locked = await attempt('锁');
        expect(locked).toMatchObject({ kind: 'LOCKED' });
        expect(locked.kind === 'LOCKED' && locked.waitMs <= 5_000 && locked.waitMs > 0).toBe(true);
        await pastLock('锁');
      }
    }
    expect(waits.map((ms) => Math.round(ms / 1_000))).toEqual([0, 0, 1, 2, 4, 5, 5]);
    await forgetAttempts(database.kysely, { shopId: SHOP, name: '锁' });
    expect(await attempt('锁')).toEqual({ kind: 'ALLOWED' });
    expect(await attempt('锁')).toEqual({ kind: 'ALLOWED' });
  });

  test('many at once are no more guesses than one after another', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => attempt('并发')));
    expect(all.filter(({ kind }) => kind === 'ALLOWED')).toHaveLength(3);
  });

  test('of yesterday no longer count', async () => {
    for (let n = 0; n < 3; n += 1) await attempt('昨天');
    await sql`update sign_in_attempts set last_at = last_at - interval '25 hours', locked_until = locked_until - interval '25 hours'`.execute(
      database.kysely,
    );
    expect(await attempt('昨天')).toEqual({ kind: 'ALLOWED' });
    const row = await database.kysely.selectFrom('sign_in_attempts').selectAll().where('name', '=', '昨天').executeTakeFirstOrThrow();
    expect([row.failed, row.locked_until]).toEqual([1, null]);
  });
});

describe('sessions', () => {
  test('stand for their person until revoked, and only their hash is kept', async () => {
    const staff = await added('会话');
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

  test('are listed and ended by handles, within the shop and for a person alone', async () => {
    const [one, two] = [await added('列一'), await added('列二')];
    const ids = [await openSession(database.kysely, one.staffId), await openSession(database.kysely, two.staffId)] as const;
    const handle = sessionHandle(ids[1]);
    const owned = await listSessions(database.kysely, { shopId: SHOP, staffId: two.staffId }, LIMITS);
    expect(owned).toMatchObject([{ handle, staffName: '列二' }]);
    expect(JSON.stringify(owned)).not.toContain(ids[1]);
    const all = await listSessions(database.kysely, { shopId: SHOP }, LIMITS);
    expect(all.map(({ staffName }) => staffName)).toEqual(expect.arrayContaining(['列一', '列二']));
    expect(await liveHandles(database.kysely, ids.map(sessionHandle), LIMITS)).toEqual(new Set(ids.map(sessionHandle)));
    expect(await revokeByHandle(database.kysely, { shopId: OTHER_SHOP }, handle)).toBe(false);
    expect(await revokeByHandle(database.kysely, { shopId: SHOP, staffId: one.staffId }, handle)).toBe(false);
    expect(await findSession(database.kysely, ids[1], LIMITS)).not.toBeNull();
    expect(await revokeByHandle(database.kysely, { shopId: SHOP }, handle)).toBe(true);
    expect(await findSession(database.kysely, ids[1], LIMITS)).toBeNull();
    expect(await liveHandles(database.kysely, ids.map(sessionHandle), LIMITS)).toEqual(new Set([sessionHandle(ids[0])]));
  });

  test('end idle, old, with a new password and with the person', async () => {
    const staff = await added('结束');
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
    await setPassword(database.kysely, staff.staffId, 'h2');
    expect(await findSession(database.kysely, before, LIMITS)).toBeNull();
    const last = await openSession(database.kysely, staff.staffId);
    await changeStaff(database.kysely, SHOP, staff.staffId, { role: 'VIEWER' });
    expect(await findSession(database.kysely, last, LIMITS)).toMatchObject({ role: 'VIEWER' });
    await changeStaff(database.kysely, SHOP, staff.staffId, { active: false });
    expect(await findSession(database.kysely, last, LIMITS)).toBeNull();
  });
});
