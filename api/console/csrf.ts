import { createHmac, timingSafeEqual } from 'node:crypto';
import { type DataKey, readDataKey } from '../../store/secrets.ts';
import { derivedKey } from './session-cookie.ts';

/** A page of another origin can make a browser send the cookie, but cannot read or guess this token. */
export interface CsrfTokens {
  /** The token of a session; a new session has a new one. */
  tokenOf(sessionId: string): string;
  fits(sessionId: string, token: unknown): boolean;
}

/** Tokens derived from the session id, so that none need be kept; a former key's fit as well. Comparing takes the same time whatever is wrong. */
export function csrfTokens(dataKey: string): CsrfTokens {
  const present = readDataKey(dataKey);
  const digestUnder = (key: Pick<DataKey, 'key'>) => {
    const derived = derivedKey(key, 'console CSRF token');
    return (sessionId: string) => createHmac('sha256', derived).update(sessionId).digest();
  };
  const digest = digestUnder(present);
  const digests = [digest, ...present.former.map(digestUnder)];
  return {
    tokenOf: (sessionId) => digest(sessionId).toString('base64url'),
    fits(sessionId, token) {
      if (typeof token !== 'string' || !/^[\w-]{43}$/.test(token)) return false;
      const given = Buffer.from(token, 'base64url');
      return digests.map((each) => timingSafeEqual(each(sessionId), given)).includes(true);
    },
  };
}
