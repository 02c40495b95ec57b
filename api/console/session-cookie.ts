import { hkdfSync } from 'node:crypto';
import secureSession from '@fastify/secure-session';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { SessionLimits } from '../../store/sessions.ts';
import { type DataKey, readDataKey } from '../../store/secrets.ts';

/** A working day at most, two hours unused. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 2 * 3_600_000, absoluteMs: 12 * 3_600_000 };
const COOKIE_NAME = 'console_session';

declare module '@fastify/secure-session' {
  interface SessionData {
    /** The secret id of a row of `sessions`; nothing else is in the cookie. */
    id: string;
  }
}

/** A key for one use, derived from `DATA_KEY`, so that no two uses share one (HKDF, RFC 5869). */
export function derivedKey({ key }: Pick<DataKey, 'key'>, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `refund-intercept ${use}`, 32));
}

async function readSessionCookies(app: FastifyInstance, { dataKey }: { dataKey: string }): Promise<void> {
  const present = readDataKey(dataKey);
  await app.register(secureSession, {
    cookieName: COOKIE_NAME,
    // Whoever signed in before the key was changed stays signed in while the former one is there.
    key: [present, ...present.former].map((each) => derivedKey(each, 'console session cookie')),
    expiry: SESSION_LIMITS.absoluteMs / 1_000,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax' },
  });
}

/** Reads and writes the encrypted session cookie for the routes beside it; who is signed in only the database says. */
export const sessionCookie = fp(readSessionCookies, { name: 'session-cookie' });

/** The session id of a request's cookie, null without one that this service made. */
export function sessionIdOf({ session }: FastifyRequest): string | null {
  const id: unknown = session.get('id');
  return typeof id === 'string' && /^[\w-]{43}$/.test(id) ? id : null;
}

/** Puts a new session into the cookie, replacing whatever was there. */
export function rememberSession(request: FastifyRequest, sessionId: string): void {
  request.session.regenerate();
  request.session.set('id', sessionId);
  request.session.options({ secure: !isThisMachine(request.hostname) });
}

export function forgetSession(request: FastifyRequest): void {
  request.session.options({ secure: !isThisMachine(request.hostname) });
  request.session.delete();
}

/** The one place where a cookie may travel without TLS: it never leaves the machine. */
function isThisMachine(hostname: string): boolean {
  return /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
