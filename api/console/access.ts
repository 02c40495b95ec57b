import type { FastifyRequest } from 'fastify';
import type { AppDeps } from '../deps.ts';
import { requireScope } from '../plugins/auth.ts';
import { CALLER_RATE, sharedRateLimiter } from '../plugins/rate-limit.ts';
import { problem } from '../problems/problem.ts';
import { callerOfStaff, type SignedIn } from './signed-in.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Open to a person who still has to change the password made for them. */
    beforePasswordChange?: boolean;
  }
}

/**
 * The console's own routes are for people alone, never for keys: 401 without a session, 403 without the role's scope.
 * 429 over the person's rate, which is that of a key, over all API processes, and apart from what the pages ask of `/v1`. A route with
 * `scope: null` looks after itself.
 */
export function staffOnly(
  signedIn: (request: FastifyRequest) => Promise<SignedIn | null>,
  { db, callerRate, clock }: Pick<AppDeps, 'db' | 'callerRate' | 'clock'>,
): (request: FastifyRequest) => Promise<void> {
  const limiter = sharedRateLimiter(db, callerRate ?? CALLER_RATE, clock);
  return async (request) => {
    const { scope, beforePasswordChange } = request.routeOptions.config;
    if (scope === null || request.is404) return;
    const person = await signedIn(request);
    if (person === null) throw problem('NOT_SIGNED_IN');
    request.signedIn = person;
    request.caller = callerOfStaff(person);
    const waitSeconds = await limiter.take(`console ${person.staffId}`);
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
