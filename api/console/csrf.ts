import { createHmac, timingSafeEqual } from 'node:crypto';
import { readDataKey } from '../../store/secrets.ts';
import { derivedKey } from './session-cookie.ts';

/** A page of another origin can make a browser send the cookie, but cannot read or guess this token. */
export interface CsrfTokens {
  /** The token of a session; a new session has a new one. */
  tokenOf(sessionId: string): string;
  fits(sessionId: string, token: unknown): boolean;
}

/** Tokens derived from the session id, so that none need be kept. Comparing takes the same time whatever is wrong. */
export function csrfTokens(dataKey: string): CsrfTokens {
  const key = derivedKey(readDataKey(dataKey), 'console CSRF token');
  const digest = (sessionId: string) => createHmac('sha256', key).update(sessionId).digest();
  return {
    tokenOf: (sessionId) => digest(sessionId).toString('base64url'),
    fits(sessionId, token) {
      if (typeof token !== 'string' || !/^[\w-]{43}$/.test(token)) return false;
      return timingSafeEqual(digest(sessionId), Buffer.from(token, 'base64url'));
    },
  };
}
