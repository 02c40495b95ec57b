import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { putDemoStaff } from '../../store/staff.ts';
import { openTestApi, OTHER_SHOP, send, type TestApi } from '../test-api.ts';
import { DEMO_STAFF, demoPassword } from './demo-staff.ts';
import { hashPassword } from './passwords.ts';
import { addStaff, openBrowser, PASSWORD, signedIn } from './test-console.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const setCookieOf = (answer: { headers: Record<string, unknown> }) => [answer.headers['set-cookie']].flat().map(String).join();

describe('signing in', () => {
  test('answers who it is, a page token and the time, and the session goes on', async () => {
    const staff = await addStaff(api.deps, api.shopId, '张三', 'OPERATOR');
    const browser = openBrowser(api.app);
    const answer = await browser.signIn(api.shopId, ' 张三 ', PASSWORD);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        staff: { staffId: staff.staffId, name: '张三', role: 'OPERATOR', shopId: api.shopId, sandbox: false, mustChangePassword: false },
        csrfToken: expect.stringMatching(/^[\w-]{43}$/),
        serverTime: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const again = await browser.call('GET', '/console/api/session');
    expect([again.status, again.body.staff, again.body.csrfToken]).toEqual([200, answer.body.staff, answer.body.csrfToken]);
    const out = await browser.call('DELETE', '/console/api/session');
    expect([out.status, out.text, browser.cookie]).toEqual([204, '', '']);
    expect((await browser.call('GET', '/console/api/session')).body.code).toBe('NOT_SIGNED_IN');
  });

  test('with a wrong password, shop or name is one and the same refusal', async () => {
    await addStaff(api.deps, api.shopId, '错', 'VIEWER');
    const tries = [
      [api.shopId, '错', `${PASSWORD}x`],
      [OTHER_SHOP.shopId, '错', PASSWORD],
      [api.shopId, '没有此人', PASSWORD],
      ['1', '错', PASSWORD],
    ] as const;
    for (const [shopId, name, password] of tries) {
      const answer = await openBrowser(api.app).signIn(shopId, name, password);
      const { instance: _instance, ...body } = answer.body;
      expect([answer.status, body.code, body.detail]).toEqual([401, 'SIGN_IN_FAILED', '店铺、姓名或密码不正确；多次输错会暂时锁定']);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  test('locks a name after five wrong passwords for longer and longer, whether or not anyone has it', async () => {
    await addStaff(api.deps, api.shopId, '被锁', 'VIEWER');
    for (const name of ['被锁', '无此名']) {
      const waits: number[] = [];
      for (let n = 0; n < 5; n += 1) expect((await openBrowser(api.app).signIn(api.shopId, name, 'wrong')).status).toBe(401);
      for (let n = 0; n < 2; n += 1) {
        const locked = await openBrowser(api.app).signIn(api.shopId, name, PASSWORD);
        expect([locked.status, locked.body.code, locked.body.retryable]).toEqual([429, 'SIGN_IN_LOCKED', true]);
        waits.push(Number(locked.headers['retry-after']));
        await sql`update sign_in_attempts set locked_until = clock_ms() where name = ${name}`.execute(api.deps.db);
        expect((await openBrowser(api.app).signIn(api.shopId, name, 'wrong')).status).toBe(401);
      }
      // What is left of 30 and 60 seconds: on a busy machine a second may have gone.
      expect(waits.map((seconds) => Math.ceil(seconds / 30) * 30)).toEqual([30, 60]);
    }
    await sql`update sign_in_attempts set locked_until = clock_ms() where name = '被锁'`.execute(api.deps.db);
    expect((await openBrowser(api.app).signIn(api.shopId, '被锁', PASSWORD)).status).toBe(200);
    expect((await openBrowser(api.app).signIn(api.shopId, '被锁', 'wrong')).status).toBe(401);
  });

  test('from one address is limited whatever the name', async () => {
    let at = Date.now();
    const other = await openTestApi({ clock: () => at });
    const tryOnce = () =>
      send(other.app, {
        method: 'POST',
        url: '/console/api/session',
        payload: { shopId: '1', name: 'x', password: 'y' },
        headers: { host: 'localhost' },
      });
    const statuses: number[] = [];
    for (let n = 0; n < 51; n += 1) {
      await sql`delete from sign_in_attempts`.execute(other.deps.db);
      statuses.push((await tryOnce()).status);
    }
    expect([statuses.slice(0, 50).every((status) => status === 401), statuses[50]]).toEqual([true, 429]);
    at += 1_000;
    await sql`delete from sign_in_attempts`.execute(other.deps.db);
    expect((await tryOnce()).status).toBe(401);
    await other.close();
  });

  test.each([
    ['not JSON', 'application/x-www-form-urlencoded', 'shopId=1&name=x&password=y', 415],
    ['an unknown field', 'application/json', '{"shopId":"1","name":"x","password":"y","role":"OWNER"}', 400],
    ['a number for the shop', 'application/json', '{"shopId":1,"name":"x","password":"y"}', 400],
    ['a very long password', 'application/json', JSON.stringify({ shopId: '1', name: 'x', password: 'y'.repeat(201) }), 400],
    ['NUL in the name', 'application/json', '{"shopId":"1","name":"x\\u0000","password":"y"}', 400],
  ])('with %s is refused as the API refuses it', async (_what, type, payload, status) => {
    const answer = await send(api.app, {
      method: 'POST',
      url: '/console/api/session',
      payload,
      headers: { 'content-type': type, host: 'localhost' },
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining('application/problem+json')]);
  });
});

describe('the cookie', () => {
  test('is hidden from scripts and other sites, and leaves this machine only over TLS', async () => {
    await addStaff(api.deps, api.shopId, '饼干', 'VIEWER');
    const cookieAt = async (host: string) =>
      setCookieOf(
        await openBrowser(api.app).call('POST', '/console/api/session', { shopId: api.shopId, name: '饼干', password: PASSWORD }, { host }),
      );
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      expect([host, await cookieAt(host)]).toEqual([
        host,
        expect.stringMatching(/^console_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
    }
    for (const host of ['intercept.example.com', '192.168.1.7:8080', 'localhost.example.com', '127.0.0.1.example.com']) {
      expect([host, await cookieAt(host)]).toEqual([
        host,
        expect.stringMatching(/^console_session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
    }
  });

  test('that was changed, made elsewhere or is no cookie at all counts for nothing', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '改饼干', 'VIEWER');
    const good = browser.cookie;
    const value = good.slice('console_session='.length);
    const flipped = `console_session=${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`;
    for (const cookie of [
      flipped,
      'console_session=',
      'console_session=x',
      'console_session=%E0%A4%A',
      `console_session=${value.slice(0, 20)}`,
      'console_session=a%3Bb',
    ]) {
      browser.cookie = cookie;
      expect([cookie, (await browser.call('GET', '/console/api/session')).body.code]).toEqual([cookie, 'NOT_SIGNED_IN']);
    }
    const elsewhere = await openTestApi();
    const foreign = await signedIn(elsewhere.app, elsewhere.deps, elsewhere.shopId, '改饼干', 'VIEWER');
    browser.cookie = foreign.cookie;
    expect((await browser.call('GET', '/console/api/session')).status).toBe(401);
    await elsewhere.close();
    browser.cookie = good;
    expect((await browser.call('GET', '/console/api/session')).status).toBe(200);
  });

  test('gets another session at every sign-in, and the one before is worth nothing (fixation)', async () => {
    const attacker = await signedIn(api.app, api.deps, api.shopId, '甲方', 'VIEWER');
    const planted = attacker.cookie;
    await addStaff(api.deps, api.shopId, '受害', 'OWNER');
    const victim = openBrowser(api.app);
    victim.cookie = planted;
    expect((await victim.signIn(api.shopId, '受害', PASSWORD)).status).toBe(200);
    expect(victim.cookie).not.toBe(planted);
    attacker.cookie = planted;
    expect((await attacker.call('GET', '/console/api/session')).status).toBe(401);
    expect((await victim.call('GET', '/console/api/session')).body.staff.name).toBe('受害');
  });
});

describe('the page token', () => {
  test('is needed for whatever may change something, here and on /v1, and belongs to one session', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '令牌', 'OWNER');
    const other = await signedIn(api.app, api.deps, api.shopId, '令牌二', 'OWNER');
    const own = browser.csrfToken;
    const changes = [
      ['POST', '/console/api/staff', { name: '新人', role: 'VIEWER' }],
      ['DELETE', '/console/api/session', undefined],
      ['POST', '/v1/service/close', { reason: '测试' }],
      ['DELETE', '/v1/intercepts/1-1', undefined],
    ] as const;
    for (const token of ['', other.csrfToken, `${own}x`, own.slice(1), 'x'.repeat(43)]) {
      browser.csrfToken = token;
      for (const [method, url, body] of changes) {
        const answer = await browser.call(method, url, body);
        expect([token, url, answer.status, answer.body.code]).toEqual([token, url, 403, 'CSRF_TOKEN_INVALID']);
      }
    }
    browser.csrfToken = own;
    expect((await browser.call('POST', '/v1/service/close', { reason: '测试' })).status).toBe(200);
  });

  test('does not make up for a session, and a key on /v1 needs none', async () => {
    const answer = await send(api.app, {
      method: 'POST',
      url: '/v1/service/close',
      payload: { reason: 'x' },
      headers: { 'x-csrf-token': 'x'.repeat(43) },
    });
    expect([answer.status, answer.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await api.call('POST', '/v1/service/close', { reason: '测试' })).status).toBe(200);
  });

  test('a wrong key is not made good by a session', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '错密钥', 'OWNER');
    expect((await browser.call('GET', '/v1/intercepts')).status).toBe(200);
    for (const authorization of ['Bearer wrong-wrong-wrong-wrong', 'Basic x', '']) {
      expect([authorization, (await browser.call('GET', '/v1/intercepts', undefined, { authorization })).status]).toEqual([
        authorization,
        401,
      ]);
    }
  });
});

describe('the password', () => {
  test('made by somebody else opens nothing but its own change', async () => {
    await addStaff(api.deps, api.shopId, '首次', 'OWNER', true);
    const browser = openBrowser(api.app);
    expect((await browser.signIn(api.shopId, '首次', PASSWORD)).body.staff.mustChangePassword).toBe(true);
    for (const url of ['/v1/intercepts', '/console/api/staff', '/console/api/counters', '/console/api/events']) {
      const answer = await browser.call('GET', url);
      expect([url, answer.status, answer.body.code]).toEqual([url, 403, 'PASSWORD_CHANGE_REQUIRED']);
    }
    const changed = await browser.call('POST', '/console/api/password', { current: PASSWORD, next: 'my very own words' });
    expect([changed.status, changed.body.staff.mustChangePassword]).toEqual([200, false]);
    browser.csrfToken = changed.body.csrfToken;
    expect((await browser.call('GET', '/v1/intercepts')).status).toBe(200);
    expect((await browser.call('POST', '/console/api/keys', { label: 'ERP', scopes: ['intercepts:read'] })).status).toBe(201);
  });

  test('is changed by who knows it, ends all other sessions, and the new one counts', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '换密', 'VIEWER');
    const elsewhere = openBrowser(api.app);
    await elsewhere.signIn(api.shopId, '换密', PASSWORD);
    const before = browser.cookie;
    const change = (current: string, next: string) => browser.call('POST', '/console/api/password', { current, next });
    expect((await change('wrong', 'my very own words')).body.code).toBe('CURRENT_PASSWORD_WRONG');
    const refused = [
      ['eleven char', 'TOO_SHORT'],
      ['abababababababab', 'TOO_SIMPLE'],
      [PASSWORD, 'UNCHANGED'],
      ['我叫换密所以我的密码也是换密', 'CONTAINS_NAME'],
      [`shop ${api.shopId}`, 'CONTAINS_NAME'],
    ] as const;
    for (const [next, reason] of refused) {
      const answer = await change(PASSWORD, next);
      expect([next, answer.status, answer.body.code, answer.body.reason]).toEqual([next, 422, 'PASSWORD_REFUSED', reason]);
    }
    expect((await change(PASSWORD, 'my very own words')).status).toBe(200);
    expect((await elsewhere.call('GET', '/console/api/session')).status).toBe(401);
    expect((await browser.call('GET', '/console/api/session')).status).toBe(200);
    browser.cookie = before;
    expect((await browser.call('GET', '/console/api/session')).status).toBe(401);
    expect((await openBrowser(api.app).signIn(api.shopId, '换密', PASSWORD)).status).toBe(401);
    expect((await openBrowser(api.app).signIn(api.shopId, '换密', 'my very own words')).status).toBe(200);
  });

  test('cannot be guessed through its change either', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '猜密', 'VIEWER');
    const guess = () => browser.call('POST', '/console/api/password', { current: 'wrong', next: 'my very own words' });
    for (let n = 0; n < 5; n += 1) expect((await guess()).status).toBe(422);
    expect((await guess()).body.code).toBe('SIGN_IN_LOCKED');
  });

  test('is kept as an Argon2id hash alone', async () => {
    const { rows } = await sql<{ password_hash: string }>`select password_hash from staff`.execute(api.deps.db);
    expect(rows.length).toBeGreaterThan(3);
    for (const { password_hash: hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('sessions', () => {
  test('are seen and ended by their person, and by an owner for the whole shop', async () => {
    const owner = await signedIn(api.app, api.deps, OTHER_SHOP.shopId, '老板', 'OWNER');
    const clerk = await signedIn(api.app, api.deps, OTHER_SHOP.shopId, '店员', 'OPERATOR');
    const stranger = await signedIn(api.app, api.deps, api.shopId, '外人', 'OWNER');
    const own = (await clerk.call('GET', '/console/api/sessions')).body.items;
    expect(own).toEqual([
      expect.objectContaining({ staffName: '店员', current: true, sessionId: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    ]);
    const all = (await owner.call('GET', '/console/api/sessions')).body.items as {
      sessionId: string;
      staffName: string;
      current: boolean;
    }[];
    expect(new Map(all.map(({ staffName, current }) => [staffName, current]))).toEqual(
      new Map([
        ['店员', false],
        ['老板', true],
      ]),
    );
    const [owners, clerks] = [all.find(({ current }) => current), own[0]];
    const url = (session: { sessionId: string } | undefined) => `/console/api/sessions/${session?.sessionId}`;
    expect((await clerk.call('DELETE', url(owners))).body.code).toBe('NOT_FOUND');
    expect((await stranger.call('DELETE', url(clerks))).status).toBe(404);
    expect((await clerk.call('GET', '/v1/intercepts')).status).toBe(200);
    expect((await owner.call('DELETE', url(clerks))).status).toBe(204);
    expect((await clerk.call('GET', '/v1/intercepts')).status).toBe(401);
    expect((await owner.call('DELETE', url(owners))).status).toBe(204);
    expect(owner.cookie).toBe('');
  });

  test('end unused after two hours, and after twelve in all', async () => {
    const browser = await signedIn(api.app, api.deps, api.shopId, '闲置', 'VIEWER');
    const age = (column: string, interval: string) =>
      sql`update sessions set ${sql.ref(column)} = ${sql.ref(column)} - ${interval}::interval where staff_id = (select staff_id from staff where name = '闲置')`.execute(
        api.deps.db,
      );
    await age('last_seen_at', '119 minutes');
    expect((await browser.call('GET', '/console/api/session')).status).toBe(200);
    await age('last_seen_at', '121 minutes');
    expect((await browser.call('GET', '/console/api/session')).status).toBe(401);
    await browser.signIn(api.shopId, '闲置', PASSWORD);
    await age('created_at', '12 hours');
    expect((await browser.call('GET', '/console/api/session')).status).toBe(401);
  });
});

describe('demo people', () => {
  test('are offered with passwords that work, only while the simulators are in use', async () => {
    const config = { ...api.deps.config, demoApiKey: 'demo_key-for-this-test' };
    const demo = await openTestApi({ config: { ...config } });
    for (const { name, role } of DEMO_STAFF) {
      const password = demoPassword(config.demoApiKey, name);
      await putDemoStaff(demo.deps.db, { shopId: demo.shopId, name, role }, { fits: async () => true, hash: () => hashPassword(password) });
    }
    const offered = await openBrowser(demo.app).call('GET', '/console/api/demo');
    expect(offered.body.staff.map(({ role }: { role: string }) => role)).toEqual(['OWNER', 'OPERATOR', 'FINANCE', 'VIEWER']);
    for (const { shopId, name, password } of offered.body.staff)
      expect((await openBrowser(demo.app).signIn(shopId, name, password)).status).toBe(200);
    const real = await openTestApi({ db: demo.deps.db, config: { ...config, simulatorsInUse: false } });
    expect((await openBrowser(real.app).call('GET', '/console/api/demo')).body.code).toBe('NOT_FOUND');
    const [first] = offered.body.staff;
    expect((await openBrowser(real.app).signIn(first.shopId, first.name, first.password)).body.code).toBe('SIGN_IN_FAILED');
    await real.close();
    await demo.close();
  });

  test('are not offered without a demo key', async () => {
    expect((await openBrowser(api.app).call('GET', '/console/api/demo')).status).toBe(404);
  });
});
