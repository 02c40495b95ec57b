import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApi, OTHER_SHOP, send, type TestApi } from '../test-api.ts';
import { addStaff, type Browser, openBrowser, signedIn } from './test-console.ts';

let api: TestApi;
let owner: Browser;
let stranger: Browser;
beforeAll(async () => {
  api = await openTestApi();
  owner = await signedIn(api.app, api.deps, api.shopId, '老板', 'OWNER');
  stranger = await signedIn(api.app, api.deps, OTHER_SHOP.shopId, '别家老板', 'OWNER');
});
afterAll(() => api.close());

describe('staff', () => {
  test('are added with a password that is shown once and must be changed', async () => {
    const added = await owner.call('POST', '/console/api/staff', { name: '  新人 ', role: 'FINANCE' });
    expect([added.status, added.body]).toEqual([
      201,
      {
        staff: {
          staffId: expect.any(String),
          name: '新人',
          role: 'FINANCE',
          active: true,
          mustChangePassword: true,
          demo: false,
          createdAt: expect.any(String),
        },
        password: expect.stringMatching(/^[A-HJ-NP-Za-km-z2-9]{16}$/),
      },
    ]);
    const signIn = await openBrowser(api.app).signIn(api.shopId, '新人', added.body.password);
    expect([signIn.status, signIn.body.staff.mustChangePassword]).toEqual([200, true]);
    const listed = await owner.call('GET', '/console/api/staff');
    expect(listed.body.items.map(({ name }: { name: string }) => name)).toEqual(['老板', '新人']);
    expect(listed.text).not.toContain(added.body.password);
    expect(listed.text).not.toContain('argon2');
  });

  test('have a name of their own, of visible characters', async () => {
    expect((await owner.call('POST', '/console/api/staff', { name: '老板', role: 'VIEWER' })).body.code).toBe('STAFF_NAME_TAKEN');
    for (const name of ['', '   ', '\u3000', 'a\nb', 'a\u007fb', 'x'.repeat(65)]) {
      expect([name, (await owner.call('POST', '/console/api/staff', { name, role: 'VIEWER' })).status]).toEqual([name, 400]);
    }
    for (const role of ['ADMIN', 'owner', null])
      expect((await owner.call('POST', '/console/api/staff', { name: '某', role })).status).toBe(400);
  });

  test('who leave are signed out, and a new password signs out too', async () => {
    const clerk = await signedIn(api.app, api.deps, api.shopId, '离职', 'OPERATOR');
    const { staffId } = (await clerk.call('GET', '/console/api/session')).body.staff;
    const change = (body: object) => owner.call('PATCH', `/console/api/staff/${staffId}`, body);
    expect((await change({ active: false })).body).toEqual({ staff: expect.objectContaining({ active: false }) });
    expect((await clerk.call('GET', '/v1/service')).status).toBe(401);
    expect((await clerk.signIn(api.shopId, '离职', 'correct horse battery')).status).toBe(401);
    expect((await change({ active: true })).body.staff.active).toBe(true);
    expect((await clerk.signIn(api.shopId, '离职', 'correct horse battery')).status).toBe(200);
    const reset = await change({ resetPassword: true });
    expect([reset.status, reset.body.staff.mustChangePassword]).toEqual([200, true]);
    expect((await clerk.call('GET', '/v1/service')).status).toBe(401);
    expect((await clerk.signIn(api.shopId, '离职', reset.body.password)).status).toBe(200);
  });

  test('keep an owner, and are nobody else’s', async () => {
    const { staffId } = (await owner.call('GET', '/console/api/session')).body.staff;
    for (const body of [{ role: 'VIEWER' }, { active: false }]) {
      const refused = await owner.call('PATCH', `/console/api/staff/${staffId}`, body);
      expect([refused.status, refused.body.code]).toEqual([409, 'LAST_OWNER']);
    }
    const foreign = await stranger.call('PATCH', `/console/api/staff/${staffId}`, { role: 'VIEWER' });
    const absent = await stranger.call('PATCH', '/console/api/staff/staff_none', { role: 'VIEWER' });
    expect([foreign.status, foreign.body.code]).toEqual([absent.status, absent.body.code]);
    expect(foreign.body.code).toBe('NOT_FOUND');
    expect((await stranger.call('GET', '/console/api/staff')).text).not.toContain(staffId);
    for (const body of [{}, { staffId: 'x' }, { resetPassword: false }, { active: 'false' }]) {
      expect([body, (await owner.call('PATCH', `/console/api/staff/${staffId}`, body)).status]).toEqual([body, 400]);
    }
  });
});

describe('keys', () => {
  test('are made with a secret that is shown once and works, until revoked', async () => {
    const made = await owner.call('POST', '/console/api/keys', { label: 'ERP', scopes: ['intercepts:read'] });
    expect([made.status, made.body]).toEqual([
      201,
      {
        key: {
          keyId: expect.any(String),
          label: 'ERP',
          shown: `ik_live_…${made.body.secret.slice(-4)}`,
          scopes: ['intercepts:read'],
          demo: false,
          createdAt: expect.any(String),
          expiresAt: null,
          lastUsedAt: null,
          revokedAt: null,
        },
        secret: expect.stringMatching(/^ik_live_[\w-]{43}$/),
      },
    ]);
    const use = () => send(api.app, { method: 'GET', url: '/v1/service', headers: { authorization: `Bearer ${made.body.secret}` } });
    expect((await use()).status).toBe(200);
    const listed = await owner.call('GET', '/console/api/keys');
    const mine = listed.body.items.find(({ keyId }: { keyId: string }) => keyId === made.body.key.keyId);
    expect(mine).toMatchObject({ lastUsedAt: expect.any(String) });
    expect(listed.text).not.toContain(made.body.secret);
    const url = `/console/api/keys/${made.body.key.keyId}`;
    expect((await stranger.call('DELETE', url)).status).toBe(404);
    expect((await owner.call('DELETE', url)).status).toBe(204);
    expect((await owner.call('GET', '/console/api/keys')).body.items[0]).toMatchObject({ revokedAt: expect.any(String) });
  });

  test.each([
    [{ label: 'x', scopes: [] }],
    [{ label: 'x', scopes: ['root'] }],
    [{ label: '', scopes: ['admin'] }],
    [{ label: 'x', scopes: ['admin', 'admin'] }],
    [{ label: 'x', scopes: ['admin'], expiresAt: 'tomorrow' }],
    [{ label: 'x', scopes: ['admin'], shopId: '1' }],
  ])('%j is refused', async (body) => {
    expect((await owner.call('POST', '/console/api/keys', body)).status).toBe(400);
  });
});

describe('set-up of the pages', () => {
  test('shows Temporal to owners alone', async () => {
    await addStaff(api.deps, api.shopId, '看客', 'VIEWER');
    const viewer = openBrowser(api.app);
    await viewer.signIn(api.shopId, '看客', 'correct horse battery');
    const { temporalUiUrl, ...rest } = (await owner.call('GET', '/console/api/config')).body;
    expect(temporalUiUrl).toBe('http://127.0.0.1:8233');
    expect(rest).toMatchObject({
      temporalNamespace: 'default',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      roles: { VIEWER: ['intercepts:read'], OWNER: ['admin'] },
      agreement: {
        version: (await owner.call('GET', '/v1/service')).body.agreementVersion,
        text: expect.stringContaining('拦截一经发起不能取消'),
      },
    });
    expect((await viewer.call('GET', '/console/api/config')).body).toMatchObject({ temporalUiUrl: null, temporalNamespace: null });
  });

  test('counts nothing where there is nothing', async () => {
    expect((await owner.call('GET', '/console/api/counters')).body).toEqual({
      toHandle: 0,
      dueWithin24h: 0,
      intercepting: 0,
      failedToHandle: 0,
      rejectable: 0,
      returnTrouble: 0,
      claiming: 0,
      disputed: 0,
    });
  });
});
