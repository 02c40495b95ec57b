import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { createKey, findKey, listKeys, putDemoKey, revokeKey } from './api-keys.ts';
import { type Database, now, openDatabase } from './db.ts';
import { beginIdempotent, finishIdempotent, releaseIdempotent } from './idempotency.ts';
import { movePlatformCursor, readPlatformCursor } from './platform-cursors.ts';
import { addShops, warmUp, OTHER_SHOP, SHOP } from './test-cases.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'access-test', onError: () => undefined });
  await addShops(database.kysely);
  await warmUp(database.kysely, 10);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('API keys', () => {
  const wanted = { shopId: SHOP, label: 'ERP', scopes: ['intercepts:read'], expiresAt: null };

  test('are found by their secret, which is kept nowhere', async () => {
    const { key, secret } = await createKey(database.kysely, wanted);
    expect(secret).toMatch(/^ik_live_[A-Za-z0-9_-]{43}$/);
    expect(await findKey(database.kysely, secret)).toEqual(key);
    expect(key).toMatchObject({ shopId: SHOP, prefix: 'ik_live_', last4: secret.slice(-4), demo: false });
    expect(await findKey(database.kysely, `${secret}x`)).toBeNull();
    const rows = await database.kysely.selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8, 40));
  });

  test('no longer count once revoked or expired', async () => {
    const { key, secret } = await createKey(database.kysely, wanted);
    expect(await revokeKey(database.kysely, OTHER_SHOP, key.keyId)).toBe(false);
    expect(await findKey(database.kysely, secret)).not.toBeNull();
    expect(await revokeKey(database.kysely, SHOP, key.keyId)).toBe(true);
    expect(await findKey(database.kysely, secret)).toBeNull();
    const at = await now(database.kysely);
    const expired = await createKey(database.kysely, { ...wanted, expiresAt: at - 1 });
    const living = await createKey(database.kysely, { ...wanted, expiresAt: at + 60_000 });
    expect(await findKey(database.kysely, expired.secret)).toBeNull();
    expect((await findKey(database.kysely, living.secret))?.expiresAt).toBe(at + 60_000);
    expect((await listKeys(database.kysely, SHOP)).some((listed) => listed.keyId === key.keyId && listed.revokedAt !== null)).toBe(true);
  });

  test('the demo key is put once, and a new secret ends the old one', async () => {
    const demo = { ...wanted, label: 'demo', scopes: ['admin'], secret: 'ik_live_demo-1' };
    const first = await putDemoKey(database.kysely, demo);
    expect(await putDemoKey(database.kysely, { ...demo, scopes: ['intercepts:write'] })).toEqual({
      ...first,
      scopes: ['intercepts:write'],
    });
    expect((await findKey(database.kysely, demo.secret))?.demo).toBe(true);
    await putDemoKey(database.kysely, { ...demo, secret: 'ik_live_demo-2' });
    expect(await findKey(database.kysely, 'ik_live_demo-1')).toBeNull();
    expect(await findKey(database.kysely, 'ik_live_demo-2')).not.toBeNull();
  });
});

describe('idempotency keys', () => {
  const scope = (idempotencyKey: string) => ({ keyId: 'key_1', operation: 'createIntercept', idempotencyKey });
  const response = { status: 201, headers: { location: '/v1/intercepts/9-1' }, body: '{"金额":1}' };
  const begin = (key: string, fingerprint = 'f', holdMs = 60_000) => beginIdempotent(database.kysely, scope(key), fingerprint, holdMs);

  async function first(key: string, holdMs = 60_000): Promise<string> {
    const start = await begin(key, 'f', holdMs);
    if (start.kind !== 'FIRST') throw new Error(`expected the first use, got ${start.kind}`);
    return start.holder;
  }

  test('of many at once one goes on; afterwards all get its answer', async () => {
    const starts = await Promise.all(Array.from({ length: 20 }, () => begin('race')));
    expect(starts.filter((start) => start.kind === 'FIRST')).toHaveLength(1);
    expect(starts.filter((start) => start.kind === 'RUNNING')).toHaveLength(19);
    const winner = starts.find((start) => start.kind === 'FIRST');
    expect(winner && (await finishIdempotent(database.kysely, scope('race'), winner.holder, response))).toBe(true);
    expect(await begin('race')).toEqual({ kind: 'DONE', response });
    expect(await begin('race', 'other body')).toEqual({ kind: 'REUSED' });
    expect((await beginIdempotent(database.kysely, { ...scope('race'), keyId: 'key_2' }, 'f', 1)).kind).toBe('FIRST');
    expect((await beginIdempotent(database.kysely, { ...scope('race'), operation: 'other' }, 'f', 1)).kind).toBe('FIRST');
  });

  test('a refusal that is not kept lets the key go', async () => {
    await releaseIdempotent(database.kysely, scope('released'), await first('released'));
    expect((await begin('released', 'corrected body')).kind).toBe('FIRST');
  });

  test('a request that died no longer holds its key, and cannot answer for its successor', async () => {
    const dead = await first('died', -1);
    expect(await begin('died', 'other body')).toEqual({ kind: 'REUSED' });
    const successor = await first('died');
    expect(await finishIdempotent(database.kysely, scope('died'), dead, response)).toBe(false);
    await releaseIdempotent(database.kysely, scope('died'), dead);
    expect((await begin('died')).kind).toBe('RUNNING');
    expect(await finishIdempotent(database.kysely, scope('died'), successor, response)).toBe(true);
  });

  test('answers are kept at least a day, then the key is new', async () => {
    await finishIdempotent(database.kysely, scope('aged'), await first('aged'), response);
    const row = await database.kysely
      .selectFrom('idempotency_keys')
      .select(['created_at', 'expires_at'])
      .where('idempotency_key', '=', 'aged')
      .executeTakeFirstOrThrow();
    expect(row.expires_at - row.created_at).toBeGreaterThanOrEqual(86_400_000);
    await database.kysely
      .updateTable('idempotency_keys')
      .set(({ ref }) => ({ expires_at: ref('created_at') }))
      .where('idempotency_key', '=', 'aged')
      .execute();
    expect((await begin('aged', 'other body')).kind).toBe('FIRST');
  });
});

describe('platform cursors', () => {
  test('only move forward', async () => {
    expect(await readPlatformCursor(database.kysely, SHOP, 'refunds')).toBeNull();
    await movePlatformCursor(database.kysely, SHOP, 'refunds', 2_000);
    await movePlatformCursor(database.kysely, SHOP, 'refunds', 1_000);
    expect(await readPlatformCursor(database.kysely, SHOP, 'refunds')).toBe(2_000);
    await movePlatformCursor(database.kysely, SHOP, 'refunds', 3_000);
    expect(await readPlatformCursor(database.kysely, SHOP, 'refunds')).toBe(3_000);
    expect(await readPlatformCursor(database.kysely, OTHER_SHOP, 'refunds')).toBeNull();
  });
});
