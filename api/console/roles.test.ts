import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../domain/role.ts';
import { ROLES } from '../../domain/role.ts';
import { openTestApi, type TestApi } from '../test-api.ts';
import { addStaff, type Browser, everyRoute, type KnownRoute, openBrowser, signedIn } from './test-console.ts';

let api: TestApi;
let routes: KnownRoute[];

beforeAll(async () => {
  api = await openTestApi();
  routes = await everyRoute(api.deps);
});
afterAll(() => api.close());

/** What each role may do, written down once more: a change of the table has to be made here too. */
const MAY: Record<Role, readonly string[]> = {
  OWNER: [
    'intercepts:read',
    'intercepts:write',
    'service:write',
    'settlement:write',
    'webhooks:write',
    'rules:write',
    'outlets:review',
    'personal-data:read',
    'admin',
  ],
  OPERATOR: ['intercepts:read', 'intercepts:write', 'service:write'],
  FINANCE: ['intercepts:read', 'settlement:write'],
  VIEWER: ['intercepts:read'],
};

const concrete = (url: string) => url.replace(/:interceptId|:id\b/, '123-1').replace(/:\w+/g, 'x1');

describe('the console’s own routes', () => {
  test('are these, each with the scope it needs', () => {
    const own = routes
      .filter(({ url }) => url.startsWith('/console/'))
      .map(({ method, url, scope }) => `${method} ${url} ${scope ?? 'everyone'}`);
    expect(own.sort()).toEqual([
      'DELETE /console/api/keys/:keyId admin',
      'DELETE /console/api/session everyone',
      'DELETE /console/api/sessions/:sessionId intercepts:read',
      'DELETE /console/api/views/:viewId intercepts:read',
      'GET /console/api/config intercepts:read',
      'GET /console/api/counters intercepts:read',
      'GET /console/api/demo everyone',
      'GET /console/api/events intercepts:read',
      'GET /console/api/keys admin',
      'GET /console/api/session intercepts:read',
      'GET /console/api/sessions intercepts:read',
      'GET /console/api/staff admin',
      'GET /console/api/views intercepts:read',
      'PATCH /console/api/staff/:staffId admin',
      'PATCH /console/api/views/:viewId intercepts:read',
      'POST /console/api/keys admin',
      'POST /console/api/password intercepts:read',
      'POST /console/api/session everyone',
      'POST /console/api/staff admin',
      'POST /console/api/views intercepts:read',
    ]);
  });

  test('take no key, whatever it may do', async () => {
    for (const { method, url, scope } of routes.filter((route) => route.url.startsWith('/console/'))) {
      if (scope === null) continue;
      const answer = await api.call(method as 'GET', concrete(url));
      expect([method, url, answer.status, answer.body.code]).toEqual([method, url, 401, 'NOT_SIGNED_IN']);
    }
  });

  test('answer a wrong method and an unknown address as the API does', async () => {
    const wrong = await api.call('PUT', '/console/api/session');
    expect([wrong.status, wrong.body.code, wrong.headers['allow']]).toEqual([405, 'METHOD_NOT_ALLOWED', 'DELETE, GET, POST']);
    const unknown = await api.call('GET', '/console/api/nothing', undefined, { accept: 'text/html' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('are not in the public document', async () => {
    expect((await api.call('GET', '/v1/openapi.json')).text).not.toContain('/console');
  });
});

describe('every route', () => {
  test('lets in exactly the roles that hold its scope', async () => {
    const browsers: [Role, Browser][] = [];
    for (const role of ROLES) browsers.push([role, await signedIn(api.app, api.deps, api.shopId, `人-${role}`, role)]);
    const guarded = routes.filter(({ scope }) => scope !== null);
    expect(guarded.length).toBeGreaterThan(30);
    for (const { method, url, scope } of guarded) {
      for (const [role, browser] of browsers) {
        // Whoever is let in fails for another reason; a stream is declined so that it ends.
        const answer = await browser.call(method, `${concrete(url)}?nothing=1`, method === 'GET' ? undefined : {}, {
          accept: 'application/json',
        });
        const letIn = answer.status !== 401 && answer.status !== 403;
        expect([role, method, url, letIn, answer.body?.code === 'FORBIDDEN']).toEqual([
          role,
          method,
          url,
          MAY[role].includes(scope ?? ''),
          !MAY[role].includes(scope ?? ''),
        ]);
      }
    }
  });

  test('needs someone to be signed in', async () => {
    for (const { method, url } of routes.filter(({ scope }) => scope !== null)) {
      expect([method, url, (await openBrowser(api.app).call(method, concrete(url))).status]).toEqual([method, url, 401]);
    }
  });
});

describe('a person on /v1', () => {
  test('acts for the own shop alone, by name, and a new role counts at once', async () => {
    const owner = await signedIn(api.app, api.deps, api.shopId, '老板娘', 'OWNER');
    const helper = await addStaff(api.deps, api.shopId, '帮手', 'OWNER');
    const browser = openBrowser(api.app);
    await browser.signIn(api.shopId, '帮手', 'correct horse battery');
    expect((await browser.call('POST', '/v1/service/close', { reason: '不用了' })).status).toBe(200);
    const { rows } = { rows: await api.deps.db.selectFrom('service_agreements').select('closed_by').execute() };
    expect(rows.every(({ closed_by: by }) => by === null || by === 'staff:帮手')).toBe(true);
    expect((await owner.call('PATCH', `/console/api/staff/${helper.staffId}`, { role: 'VIEWER' })).body.staff.role).toBe('VIEWER');
    expect((await browser.call('POST', '/v1/service/close', { reason: '不用了' })).body.code).toBe('FORBIDDEN');
    expect((await browser.call('GET', '/v1/service')).status).toBe(200);
  });

  test('has a rate of their own, not their colleagues’', async () => {
    const slow = await openTestApi({ callerRate: { burst: 10, perSecond: 0.01 } });
    const [one, two] = [
      await signedIn(slow.app, slow.deps, slow.shopId, '快手', 'VIEWER'),
      await signedIn(slow.app, slow.deps, slow.shopId, '慢手', 'VIEWER'),
    ];
    for (let n = 0; n < 10; n += 1) expect((await one.call('GET', '/v1/service')).status).toBe(200);
    const over = await one.call('GET', '/v1/service');
    expect([over.status, over.body.code, Number(over.headers['retry-after']) > 0]).toEqual([429, 'RATE_LIMITED', true]);
    expect((await two.call('GET', '/v1/service')).status).toBe(200);
    await slow.close();
  });

  test('has one rate on the console’s routes as well, over all API processes', async () => {
    const callerRate = { burst: 10, perSecond: 0.01 };
    const first = await openTestApi({ callerRate });
    const second = await openTestApi({ callerRate, db: first.deps.db, config: first.deps.config });
    const here = await signedIn(first.app, first.deps, first.shopId, '两窗', 'VIEWER');
    const there = Object.assign(openBrowser(second.app), { cookie: here.cookie });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await (n % 2 === 0 ? here : there).call('GET', '/console/api/session')).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    await second.close();
    await first.close();
  });
});
