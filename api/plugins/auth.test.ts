import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pino from 'pino';
import { createKey, putDemoKey, revokeKey } from '../../store/api-keys.ts';
import { now as dbNow, openDatabase } from '../../store/db.ts';
import { openTestApi, type TestApi } from '../test-api.ts';
import { CALLER_RATE, sharedRateLimiter } from './rate-limit.ts';

let api: TestApi;
let now = Date.now();
beforeAll(async () => {
  api = await openTestApi({ clock: () => now, callerRate: CALLER_RATE });
});
afterAll(() => api.close());

const list = (secret: string, headers: Record<string, string> = {}) =>
  api.call('GET', '/v1/intercepts', undefined, { authorization: `Bearer ${secret}`, ...headers });

describe('keys', () => {
  test('a wrong form is 401 with the scheme, and a key in the query helps nobody', async () => {
    for (const authorization of [
      '',
      'Bearer',
      `Basic ${api.key}`,
      `Bearer  ${api.key}`,
      `Bearer ${api.key} x`,
      api.key,
      `Bearer ${api.key.slice(0, -1)}`,
    ]) {
      const answer = await api.call('GET', '/v1/intercepts', undefined, { authorization });
      expect([authorization.slice(0, 8), answer.status, answer.headers['www-authenticate']]).toEqual([
        authorization.slice(0, 8),
        401,
        'Bearer',
      ]);
    }
    expect((await api.call('GET', `/v1/intercepts?key=${api.key}`, undefined, { authorization: '' })).status).toBe(401);
  });

  test('a revoked key is refused within a second', async () => {
    const { key, secret } = await createKey(api.deps.db, { shopId: api.shopId, label: '', scopes: ['intercepts:read'], expiresAt: null });
    expect((await list(secret)).status).toBe(200);
    await revokeKey(api.deps.db, api.shopId, key.keyId);
    now += 1_000;
    expect((await list(secret)).status).toBe(401);
  });

  test('an expired key is refused', async () => {
    const { secret } = await createKey(api.deps.db, { shopId: api.shopId, label: '', scopes: ['admin'], expiresAt: Date.now() - 1 });
    expect((await list(secret)).status).toBe(401);
  });

  test('the demo key counts only while simulators are in use', async () => {
    const secret = 'demo_0123456789abcdef';
    await putDemoKey(api.deps.db, { shopId: api.shopId, label: '演示', scopes: ['intercepts:read'], expiresAt: null, secret });
    expect((await list(secret)).status).toBe(200);
    const real = await openTestApi({ config: { ...api.deps.config, simulatorsInUse: false }, db: api.deps.db });
    try {
      expect((await real.call('GET', '/v1/intercepts', undefined, { authorization: `Bearer ${secret}` })).status).toBe(401);
    } finally {
      await real.close();
    }
  });

  describe('the rate of a key', () => {
    /** A second process on the same database. */
    let second: TestApi;
    beforeAll(async () => {
      second = await openTestApi({ clock: () => now, db: api.deps.db, callerRate: CALLER_RATE });
    });
    afterAll(() => second.close());

    /** Requests at once, spread over both processes: how many passed, and the most that may have by the database's clock. */
    async function burst(secret: string, count: number, allowed: number) {
      const beganAt = await dbNow(api.deps.db);
      const apis = [api, second];
      const answers = await Promise.all(
        Array.from({ length: count }, (_, n) =>
          (apis[n % 2] ?? api).call('GET', '/v1/intercepts', undefined, { authorization: `Bearer ${secret}` }),
        ),
      );
      const seconds = ((await dbNow(api.deps.db)) - beganAt + 1) / 1_000;
      const passed = answers.filter(({ status }) => status === 200).length;
      return { passed, atMost: allowed + Math.ceil(seconds * CALLER_RATE.perSecond) };
    }
    /** What the database's clock will have made up for by then: a second's worth is missing, or an hour's. */
    async function missing(duration: '1 second' | '1 hour'): Promise<void> {
      now += 1_000;
      await sql`update rate_limits set full_at = clock_timestamp() + ${duration}::interval`.execute(api.deps.db);
    }

    test('is 100 at once and 50 a second over all processes together, then 429 with the time to wait; other keys are not touched', async () => {
      const mine = await api.newKey(['intercepts:read']);
      const other = await api.newKey(['intercepts:read']);
      expect((await burst(mine, 100, 100)).passed).toBe(100);
      await missing('1 second');
      const { passed, atMost } = await burst(mine, 400, 50);
      expect(passed).toBeGreaterThanOrEqual(50);
      expect(passed).toBeLessThanOrEqual(atMost);
      await missing('1 hour');
      const refused = await list(mine);
      expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '1']);
      expect((await list(other)).status).toBe(200);
    });

    test('is kept by each process alone while the database does not answer', async () => {
      const gone = openDatabase('postgres://nobody@127.0.0.1:9/none', { max: 1, applicationName: 'rate test', onError: () => undefined });
      const limiter = sharedRateLimiter(gone.kysely, CALLER_RATE, () => now);
      const waits = await Promise.all(Array.from({ length: 130 }, () => limiter.take('a')));
      expect(waits.filter((wait) => wait === 0)).toHaveLength(100);
      await gone.close();
    });
  });

  test('guessing is slowed down by address, whatever the headers claim', async () => {
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) => list(`wrong-key-${String(n).padStart(20, '0')}`, { 'x-forwarded-for': `10.0.0.${n}` })),
    );
    expect(answers.some(({ status }) => status === 429)).toBe(true);
    expect((await list(api.key)).status).toBe(200);
  });

  describe('behind a proxy', () => {
    let behind: TestApi;
    const logged: Record<string, unknown>[] = [];
    beforeAll(async () => {
      behind = await openTestApi({
        clock: () => now,
        log: pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) }),
        config: { ...api.deps.config, http: { ...api.deps.config.http, trustedProxies: ['10.9.0.0/16'] } },
      });
    });
    afterAll(() => behind.close());

    /** Statuses of that many requests with wrong keys, as a peer passes them on for somebody. */
    async function wrongKeys(peer: string, forwardedFor: (n: number) => string, count = 120): Promise<Set<number>> {
      const guess = (n: number) =>
        behind.app.inject({
          method: 'GET',
          url: '/v1/intercepts',
          remoteAddress: peer,
          headers: { authorization: `Bearer wrong-key-${String(n).padStart(20, '0')}`, 'x-forwarded-for': forwardedFor(n) },
        });
      const answers = await Promise.all(Array.from({ length: count }, (_, n) => guess(n)));
      return new Set(answers.map(({ statusCode }) => statusCode));
    }

    test('that is trusted, one stranger slows nobody but himself, whatever he writes before his address', async () => {
      expect(await wrongKeys('10.9.0.1', (n) => `192.0.2.${n}, 203.0.113.7`)).toEqual(new Set([401, 429]));
      expect(await wrongKeys('10.9.0.1', () => '203.0.113.7', 1)).toEqual(new Set([429]));
      expect(await wrongKeys('10.9.0.2', () => '203.0.113.8', 1)).toEqual(new Set([401]));
      expect(logged.at(-1)).toMatchObject({ status: 401, ip: '203.0.113.8' });
      expect((await behind.call('GET', '/v1/intercepts')).status).toBe(200);
      expect(logged.at(-1)).toMatchObject({ status: 200, keyId: expect.any(String) });
      expect(logged.at(-1)).not.toHaveProperty('ip');
    });

    test('that is not trusted, what it forwards stays without effect', async () => {
      expect(await wrongKeys('10.8.0.1', (n) => `203.0.113.${n}`)).toEqual(new Set([401, 429]));
    });
  });
});
