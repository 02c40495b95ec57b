import type { FastifyRequest } from 'fastify';
import type { EpochMs } from '../../domain/time.ts';
import { type ApiKey, findKey } from '../../store/api-keys.ts';
import type { Db } from '../../store/db.ts';
import type { Rate } from '../../store/rate-limits.ts';
import { callerOfStaff, type SignedIn } from '../console/signed-in.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';
import { hasScope, type Scope } from '../scopes.ts';
import { rateLimiter, sharedRateLimiter } from './rate-limit.ts';

/** A revoked key is refused at the latest after this long. */
const KEY_CACHE_MS = 1_000;
const MAX_CACHED = 5_000;
const KEY_GRAMMAR = /^Bearer ([\x21-\x7e]{16,200})$/i;

/** Wrong keys from one address: enough for a broken client, useless for guessing. */
const WRONG_KEYS = { burst: 100, perSecond: 5 };

export interface AuthOptions {
  db: Db;
  /** Demo keys are honoured only while simulators stand in for the outside world. */
  simulatorsInUse: boolean;
  clock: () => EpochMs;
  /** Of each caller, over all API processes. */
  rateLimit: Rate;
  /** The person whose session's cookie came with a request without `Authorization`. */
  signedIn?: (request: FastifyRequest) => Promise<SignedIn | null>;
}

/**
 * Finds out who calls and whether they may: 401 without a valid key or session, 429 over the caller's rate, 403 without
 * the route's scope. The shop is the key's or the person's; nothing in the request can name another. A session counts
 * only where no key is sent, and for changes only with its `x-csrf-token`.
 */
export function authenticator({
  db,
  simulatorsInUse,
  clock,
  rateLimit,
  signedIn,
}: AuthOptions): (request: FastifyRequest) => Promise<void> {
  const cache = new Map<string, { key: ApiKey | null; until: EpochMs }>();
  const callerLimiter = sharedRateLimiter(db, rateLimit, clock);
  const strangerLimiter = rateLimiter({ ...WRONG_KEYS, clock });

  async function lookUp(secret: string): Promise<ApiKey | null> {
    const at = clock();
    const cached = cache.get(secret);
    if (cached && at < cached.until && at >= cached.until - KEY_CACHE_MS) return cached.key;
    const key = await findKey(db, secret);
    if (cache.size >= MAX_CACHED) cache.clear();
    if (key !== null) cache.set(secret, { key, until: at + KEY_CACHE_MS });
    return key;
  }

  async function callerByKey(request: FastifyRequest): Promise<Caller | null> {
    const secret = KEY_GRAMMAR.exec(request.headers.authorization ?? '')?.[1];
    const key = secret === undefined ? null : await lookUp(secret);
    return key === null || (key.demo && !simulatorsInUse) ? null : callerOf(key);
  }

  async function callerBySession(request: FastifyRequest): Promise<Caller | null> {
    const person = (await signedIn?.(request)) ?? null;
    if (person?.mustChange) throw problem('PASSWORD_CHANGE_REQUIRED');
    return person === null ? null : callerOfStaff(person);
  }

  return async (request) => {
    const { scope } = request.routeOptions.config;
    if (scope === null || request.is404) return;
    const caller = await (request.headers.authorization === undefined ? callerBySession(request) : callerByKey(request));
    if (caller === null) {
      refuseOver(strangerLimiter.take(request.ip));
      throw problem('UNAUTHENTICATED');
    }
    request.caller = caller;
    refuseOver(await callerLimiter.take(caller.keyId));
    requireScope(caller, scope);
  };
}

/** 403 unless the caller holds the scope; a route that names none is for `admin`. */
export function requireScope(caller: Caller, scope: Scope = 'admin'): void {
  if (!hasScope(caller.scopes, scope)) throw problem('FORBIDDEN', { params: { scope } });
}

function refuseOver(waitSeconds: number): void {
  if (waitSeconds > 0) throw problem('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
}

function callerOf(key: ApiKey): Caller {
  const shown = `${key.prefix}…${key.last4}`;
  return { keyId: key.keyId, shopId: key.shopId, actor: key.label === '' ? shown : `${key.label} (${shown})`, scopes: new Set(key.scopes) };
}

/** The caller of a route that needs one. */
export function callerOfRequest(request: FastifyRequest): Caller {
  if (request.caller === null) throw problem('UNAUTHENTICATED');
  return request.caller;
}
