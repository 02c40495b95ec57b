import type { FastifyRequest } from 'fastify';
import type { EpochMs } from '../../domain/time.ts';
import { type ApiKey, findKey } from '../../store/api-keys.ts';
import type { Db } from '../../store/db.ts';
import type { Caller } from '../http/request.ts';
import { problem } from '../problems/problem.ts';
import { hasScope } from '../scopes.ts';
import { rateLimiter } from './rate-limit.ts';

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
  rateLimit: { burst: number; perSecond: number };
}

/**
 * Finds out who calls and whether they may: 401 without a valid key, 429 over the key's rate, 403 without the route's
 * scope. The shop is the key's; nothing in the request can name another.
 */
export function authenticator({ db, simulatorsInUse, clock, rateLimit }: AuthOptions): (request: FastifyRequest) => Promise<void> {
  const cache = new Map<string, { key: ApiKey | null; until: EpochMs }>();
  const keyLimiter = rateLimiter({ ...rateLimit, clock });
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

  return async (request) => {
    const { scope } = request.routeOptions.config;
    if (scope === null || request.is404) return;
    const secret = KEY_GRAMMAR.exec(request.headers.authorization ?? '')?.[1];
    const key = secret === undefined ? null : await lookUp(secret);
    if (key === null || (key.demo && !simulatorsInUse)) {
      refuseOver(strangerLimiter.take(request.ip));
      throw problem('UNAUTHENTICATED');
    }
    request.caller = callerOf(key);
    refuseOver(keyLimiter.take(key.keyId));
    if (scope === undefined || !hasScope(request.caller.scopes, scope)) throw problem('FORBIDDEN', { params: { scope: scope ?? 'admin' } });
  };
}

function refuseOver(waitSeconds: number): void {
  if (waitSeconds > 0) throw problem('RATE_LIMITED', { retryAfterSeconds: waitSeconds });
}

function callerOf(key: ApiKey): Caller {
  const shown = `${key.prefix}…${key.last4}`;
  return { keyId: key.keyId, shopId: key.shopId, actor: key.label === '' ? shown : `${key.label} (${shown})`, scopes: new Set(key.scopes) };
}

/** The caller of a route that needs a key. */
export function callerOfRequest(request: FastifyRequest): Caller {
  if (request.caller === null) throw problem('UNAUTHENTICATED');
  return request.caller;
}
