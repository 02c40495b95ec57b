import type { FastifyRequest } from 'fastify';
import type { EpochMs } from '../../domain/time.ts';
import { requireScope } from '../plugins/auth.ts';
import { rateLimiter } from '../plugins/rate-limit.ts';
import { problem } from '../problems/problem.ts';
import { callerOfStaff, type SignedIn } from './signed-in.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open to a person who still has to change the password made for them. */
    beforePasswordChange?: boolean;
  }
}

/** Each person on the console's own routes: bursts of 100, 50 a second, as keys have. */
const RATE_LIMIT = { burst: 100, perSecond: 50 };

/**
 * The console's own routes are for people alone, never for keys: 401 without a session, 403 without the role's scope.
 * A route with `scope: null` looks after itself.
 */
export function staffOnly(
  signedIn: (request: FastifyRequest) => Promise<SignedIn | null>,
  clock: () => EpochMs,
): (request: FastifyRequest) => Promise<void> {
  const limiter = rateLimiter({ ...RATE_LIMIT, clock });
  return async (request) => {
    const { scope, beforePasswordChange } = request.routeOptions.config;
    if (scope === null || request.is404) return;
    const person = await signedIn(request);
    if (person === null) throw problem('NOT_SIGNED_IN');
    request.signedIn = person;
    request.caller = callerOfStaff(person);
    const waitSeconds = limiter.take(person.staffId);
    if (waitSeconds > 0) throw problem('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
    if (person.mustChange && !beforePasswordChange) throw problem('PASSWORD_CHANGE_REQUIRED');
    requireScope(request.caller, scope);
  };
}

/** Who is signed in, on a route that only signed-in people reach. */
export function signedInOf({ signedIn }: FastifyRequest): SignedIn {
  if (signedIn === null) throw problem('NOT_SIGNED_IN');
  return signedIn;
}
