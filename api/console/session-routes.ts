import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toRfc3339 } from '../../domain/time.ts';
import { type Db, now } from '../../store/db.ts';
import { listSessions, openSession, revokeByHandle, revokeSession, type SessionOwner, sessionHandle } from '../../store/sessions.ts';
import { type BackOff, forgetAttempts, takeAttempt } from '../../store/sign-in-attempts.ts';
import { findCredentials, listDemoStaff, setPassword, type StaffCredentials } from '../../store/staff.ts';
import { rateLimiter } from '../plugins/rate-limit.ts';
import { problem } from '../problems/problem.ts';
import { hasScope } from '../scopes.ts';
import { closed, text } from '../v1/schemas.ts';
import { signedInOf } from './access.ts';
import { csrfTokens } from './csrf.ts';
import { demoPassword } from './demo-staff.ts';
import type { ConsoleRoutes } from './console-routes.ts';
import { keptName } from './kept-name.ts';
import { hashPassword, judgePassword, MAX_PASSWORD_LENGTH, passwordFits, passwordOfNobody } from './passwords.ts';
import { forgetSession, rememberSession, SESSION_LIMITS, sessionIdOf } from './session-cookie.ts';
import { callerOfStaff, type SignedIn } from './signed-in.ts';

/** Five slips are free; then half a minute, doubling up to a quarter of an hour. */
const BACK_OFF: BackOff = { after: 5, firstMs: 30_000, longestMs: 900_000 };
/** Sign-ins from one address, whatever the name: each costs this machine some 20 ms and 19 MiB. */
const SIGN_INS = { burst: 50, perSecond: 5 };

const password = Type.String({ minLength: 1, maxLength: MAX_PASSWORD_LENGTH });
const signInBody = closed({ shopId: Type.String({ pattern: '^\\d{1,19}$' }), name: text(64), password });
const passwordBody = closed({ current: password, next: password });
const sessionPath = closed({ sessionId: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

/** Signing in and out, the own password, and the sessions one may see. */
export const sessionRoutes: ConsoleRoutes = async (app, { deps, signedIn, endings }) => {
  const { db, config, worldOf } = deps;
  const csrf = csrfTokens(config.dataKey);
  const addresses = rateLimiter({ ...SIGN_INS, clock: deps.clock });

  /** Always a new session with a new id: one that somebody else planted is worth nothing (fixation). */
  async function beginSession(request: FastifyRequest, staffId: string): Promise<string> {
    const before = sessionIdOf(request);
    if (before !== null) {
      await revokeSession(db, before);
      endings.end([sessionHandle(before)]);
    }
    const sessionId = await openSession(db, staffId);
    rememberSession(request, sessionId);
    return sessionId;
  }

  async function viewSession(
    { staffId, shopId, name, role, mustChange }: Omit<SignedIn, 'sessionId' | 'handle' | 'createdAt' | 'demo'>,
    sessionId: string,
  ) {
    const sandbox = (await worldOf(shopId)) === 'SANDBOX';
    return {
      staff: { staffId, name, role, shopId, sandbox, mustChangePassword: mustChange },
      csrfToken: csrf.tokenOf(sessionId),
      serverTime: toRfc3339(await now(db)),
    };
  }

  app.route({
    method: 'POST',
    url: '/session',
    schema: { body: signInBody },
    config: { operation: 'signIn', scope: null },
    handler: async (request) => {
      refuseOver(addresses.take(request.ip));
      const { shopId, password: given } = request.body;
      const name = keptName(request.body.name);
      const staff = await provePassword(db, { shopId, name }, given, { simulatorsInUse: config.simulatorsInUse });
      if (staff === null) throw problem('SIGN_IN_FAILED');
      const sessionId = await beginSession(request, staff.staffId);
      request.caller = callerOfStaff(staff);
      return viewSession(staff, sessionId);
    },
  });

  app.route({
    method: 'GET',
    url: '/session',
    config: { operation: 'getSession', scope: 'intercepts:read', beforePasswordChange: true },
    handler: async (request) => {
      const person = signedInOf(request);
      return viewSession(person, person.sessionId);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/session',
    config: { operation: 'signOut', scope: null },
    handler: async (request, reply) => {
      const person = await signedIn(request);
      if (person !== null) {
        await revokeSession(db, person.sessionId);
        endings.end([person.handle]);
      }
      forgetSession(request);
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'POST',
    url: '/password',
    schema: { body: passwordBody },
    config: { operation: 'changePassword', scope: 'intercepts:read', beforePasswordChange: true },
    handler: async (request) => {
      const person = signedInOf(request);
      const { current, next } = request.body;
      const proven = await provePassword(db, person, current, { simulatorsInUse: config.simulatorsInUse });
      if (proven === null) throw problem('CURRENT_PASSWORD_WRONG');
      const reason = judgePassword(next, { ...person, current });
      if (reason !== null) throw problem('PASSWORD_REFUSED', { extensions: { reason } });
      const others = await listSessions(db, person, SESSION_LIMITS);
      await setPassword(db, person.staffId, await hashPassword(next));
      endings.end(others.map(({ handle }) => handle));
      return viewSession({ ...person, mustChange: false }, await beginSession(request, person.staffId));
    },
  });

  app.route({
    method: 'GET',
    url: '/sessions',
    config: { operation: 'listSessions', scope: 'intercepts:read' },
    handler: async (request) => {
      const person = signedInOf(request);
      const sessions = await listSessions(db, visibleTo(person), SESSION_LIMITS);
      return {
        items: sessions.map(({ handle, staffId, staffName: name, createdAt, lastSeenAt }) => ({
          sessionId: handle,
          staffId,
          staffName: name,
          createdAt: toRfc3339(createdAt),
          lastSeenAt: toRfc3339(lastSeenAt),
          current: handle === person.handle,
        })),
      };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sessions/:sessionId',
    schema: { params: sessionPath },
    config: { operation: 'endSession', scope: 'intercepts:read' },
    handler: async (request, reply) => {
      const person = signedInOf(request);
      const { sessionId: handle } = request.params;
      if (!(await revokeByHandle(db, visibleTo(person), handle))) throw problem('NOT_FOUND');
      endings.end([handle]);
      if (handle === person.handle) forgetSession(request);
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/demo',
    config: { operation: 'getDemoStaff', scope: null },
    handler: async () => {
      const { demoApiKey, simulatorsInUse } = config;
      if (!simulatorsInUse || demoApiKey === null) throw problem('NOT_FOUND');
      const staff = await listDemoStaff(db);
      return { staff: staff.map(({ shopId, name, role }) => ({ shopId, name, role, password: demoPassword(demoApiKey, name) })) };
    },
  });
};

/** Owners see and end every session of the shop, others their own. */
function visibleTo(person: SignedIn): SessionOwner {
  const all = hasScope(callerOfStaff(person).scopes, 'admin');
  return all ? { shopId: person.shopId } : { shopId: person.shopId, staffId: person.staffId };
}

/** The person of this name if the password is theirs, else null; 429 while wrong ones lock the name. Takes as long for a name nobody has. */
async function provePassword(
  db: Db,
  { shopId, name }: { shopId: string; name: string },
  given: string,
  { simulatorsInUse }: { simulatorsInUse: boolean },
): Promise<StaffCredentials['staff'] | null> {
  const attempt = await takeAttempt(db, { shopId, name }, BACK_OFF);
  if (attempt.kind === 'LOCKED') throw problem('SIGN_IN_LOCKED', { retryAfterSeconds: attempt.waitMs / 1_000 });
  const found = await findCredentials(db, shopId, name);
  const known = found !== null && (!found.staff.demo || simulatorsInUse) ? found : null;
  const fits = known === null ? await passwordOfNobody(given) : await passwordFits(known.passwordHash, given);
  if (known === null || !fits) return null;
  await forgetAttempts(db, { shopId, name });
  return known.staff;
}

function refuseOver(waitSeconds: number): void {
  if (waitSeconds > 0) throw problem('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
}
