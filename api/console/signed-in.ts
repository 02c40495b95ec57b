import type { FastifyRequest } from 'fastify';
import type { Db } from '../../store/db.ts';
import { findSession, type Session, sessionHandle } from '../../store/sessions.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';
import { csrfTokens } from './csrf.ts';
import { ROLE_SCOPES } from './roles.ts';
import { SESSION_LIMITS, sessionIdOf } from './session-cookie.ts';

/** A person with a live session. */
export interface SignedIn extends Session {
  sessionId: string;
  /** Names the session on lists. */
  handle: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who the session's cookie stands for, on routes that asked. */
    signedIn: SignedIn | null;
  }
}

export interface SignedInOptions {
  db: Db;
  dataKey: string;
  /** Demo people are honoured only while simulators stand in for the outside world. */
  simulatorsInUse: boolean;
}

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Finds out who is signed in: null without a live session, 403 when a request that may change something lacks the
 * session's `x-csrf-token`. Asked anew for every request, so a revoked session and a new role count at once.
 */
export function signedInReader({ db, dataKey, simulatorsInUse }: SignedInOptions): (request: FastifyRequest) => Promise<SignedIn | null> {
  const csrf = csrfTokens(dataKey);
  return async (request) => {
    const sessionId = sessionIdOf(request);
    const session = sessionId === null ? null : await findSession(db, sessionId, SESSION_LIMITS);
    if (sessionId === null || session === null || (session.demo && !simulatorsInUse)) return null;
    if (!READS.includes(request.method) && !csrf.fits(sessionId, request.headers['x-csrf-token'])) throw problem('CSRF_TOKEN_INVALID');
    return { ...session, sessionId, handle: sessionHandle(sessionId) };
  };
}

/** The live session of a request's cookie, for what only reads. */
export async function readingSession(request: FastifyRequest, db: Db): Promise<Session | null> {
  const sessionId = sessionIdOf(request);
  return sessionId === null ? null : findSession(db, sessionId, SESSION_LIMITS);
}

/** A person as the caller of a route: of their own shop, with the scopes of their role. */
export function callerOfStaff({ staffId, shopId, name, role }: Pick<Session, 'staffId' | 'shopId' | 'name' | 'role'>): Caller {
  return { keyId: staffId, shopId, actor: `staff:${name}`, scopes: new Set(ROLE_SCOPES[role]) };
}
