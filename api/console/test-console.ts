import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { Role } from '../../domain/role.ts';
import { createStaff, type Staff } from '../../store/staff.ts';
import { type Answer, send } from '../test-api.ts';
import type { AppDeps } from '../deps.ts';
import { v1 } from '../v1/index.ts';
import { consoleApi } from './index.ts';
import { hashPassword } from './passwords.ts';
import { sessionCookie } from './session-cookie.ts';
import { signedInReader } from './signed-in.ts';

/** A browser as far as the server can tell: keeps the cookie and the page's token. */
export interface Browser {
  /** `console_session=…`, empty before signing in. */
  cookie: string;
  csrfToken: string;
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(shopId: string, name: string, password: string): Promise<Answer>;
}

export function openBrowser(app: FastifyInstance): Browser {
  const browser: Browser = {
    cookie: '',
    csrfToken: '',
    async call(method, url, body, headers = {}) {
      const token = method === 'GET' || browser.csrfToken === '' ? {} : { 'x-csrf-token': browser.csrfToken };
      const cookie = browser.cookie === '' ? {} : { cookie: browser.cookie };
      const payload = body === undefined ? {} : { payload: body as object };
      const answer = await send(app, { method, url, ...payload, headers: { host: 'localhost', ...cookie, ...token, ...headers } });
      const set = [answer.headers['set-cookie']]
        .flat()
        .map(String)
        .find((text) => text.startsWith('console_session='));
      if (set !== undefined) browser.cookie = set.startsWith('console_session=;') ? '' : (set.split(';', 1)[0] ?? '');
      return answer;
    },
    async signIn(shopId, name, password) {
      const answer = await browser.call('POST', '/console/api/session', { shopId, name, password });
      if (answer.status === 200) browser.csrfToken = answer.body.csrfToken;
      return answer;
    },
  };
  return browser;
}

export const PASSWORD = 'correct horse battery';

/** A person of a shop who knows `PASSWORD`. */
export async function addStaff({ db }: Pick<AppDeps, 'db'>, shopId: string, name: string, role: Role, mustChange = false): Promise<Staff> {
  const staff = await createStaff(db, { shopId, name, role, passwordHash: await hashPassword(PASSWORD), mustChange });
  if (staff === null) throw new Error(`the name ${name} is taken`);
  return staff;
}

/** A person who is signed in. */
export async function signedIn(
  app: FastifyInstance,
  deps: Pick<AppDeps, 'db'>,
  shopId: string,
  name: string,
  role: Role,
): Promise<Browser> {
  await addStaff(deps, shopId, name, role);
  const browser = openBrowser(app);
  const answer = await browser.signIn(shopId, name, PASSWORD);
  if (answer.status !== 200) throw new Error(`${name} could not sign in: ${answer.text}`);
  return browser;
}

/** A route as it was registered, and the scope it needs; null: none. */
export interface KnownRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  scope: string | null;
}

/** Every route where a session counts, from the scopes themselves. */
export async function everyRoute(deps: AppDeps): Promise<KnownRoute[]> {
  const seen: RouteOptions[] = [];
  const app = fastify({ exposeHeadRoutes: false });
  app.decorateRequest('caller', null);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('problemCode', null);
  app.addHook('onRoute', (route) => void seen.push(route));
  const reader = signedInReader({ db: deps.db, dataKey: deps.config.dataKey, simulatorsInUse: true });
  await app.register(sessionCookie, { dataKey: deps.config.dataKey });
  await app.register(v1, { prefix: '/v1', deps, signedIn: reader });
  await app.register(consoleApi, { prefix: '/console/api', deps, signedIn: reader });
  await app.ready();
  await app.close();
  return seen.map(({ method, url, config }) => ({ method: method as 'GET', url, scope: config?.scope ?? null }));
}
