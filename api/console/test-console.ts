import type { FastifyInstance } from 'fastify';
import type { Role } from '../../domain/role.ts';
import { createStaff, type Staff } from '../../store/staff.ts';
import { type Answer, send } from '../test-api.ts';
import type { AppDeps } from '../deps.ts';
import { hashPassword } from './passwords.ts';

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
