import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginIdempotent, finishIdempotent, type IdempotencyScope, releaseIdempotent } from '../../store/idempotency.ts';
import { openSealed, readDataKey, seal, type SealedFor } from '../../store/secrets.ts';
import type { AppDeps } from '../deps.ts';
import { problem } from '../problems/problem.ts';

/** Longer than any request runs: a key held longer belongs to a process that died. */
const HOLD_MS = 60_000;
/** Headers that are part of an answer. */
const KEPT_HEADERS = ['content-type', 'location'] as const;

interface Held {
  scope: IdempotencyScope;
  holder: string;
}

/**
 * `Idempotency-Key` on the routes that act. The same request again gets the first one's answer with
 * `Idempotent-Replayed: true`. Only success is kept: every refusal left nothing behind, so a repeat is judged afresh,
 * and after a crash or a 503 the business keys find whatever was begun.
 */
export function idempotency(app: FastifyInstance, { db, config }: Pick<AppDeps, 'db' | 'config'>): void {
  const dataKey = readDataKey(config.dataKey);
  const held = new WeakMap<FastifyRequest, Held>();

  app.addHook('preHandler', async (request, reply) => {
    const scope = scopeOf(request);
    if (scope === null) return;
    const begun = await beginIdempotent(db, scope, fingerprintOf(request), HOLD_MS);
    switch (begun.kind) {
      case 'FIRST':
        held.set(request, { scope, holder: begun.holder });
        return;
      case 'RUNNING':
        throw problem('IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 });
      case 'REUSED':
        throw problem('IDEMPOTENCY_KEY_REUSED');
      case 'DONE':
        return reply
          .code(begun.response.status)
          .headers(begun.response.headers)
          .header('idempotent-replayed', 'true')
          .send(shown(request, begun.response.body));
    }
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const mine = held.get(request);
    if (mine === undefined) return;
    held.delete(request);
    try {
      if (reply.statusCode >= 300 || typeof payload !== 'string') return await releaseIdempotent(db, mine.scope, mine.holder);
      const headers = Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      );
      await finishIdempotent(db, mine.scope, mine.holder, { status: reply.statusCode, headers, body: kept(request, payload) });
    } catch (error) {
      request.log.warn({ err: error }, 'the answer could not be kept for replays');
    }
  });

  /** What shows a secret is kept encrypted, like the secret itself (S15). */
  function kept(request: FastifyRequest, body: string): string {
    return request.routeOptions.config.secretAnswer ? seal(dataKey, body, sealedFor(request)) : body;
  }

  function shown(request: FastifyRequest, body: string): string {
    return request.routeOptions.config.secretAnswer ? openSealed(dataKey, body, sealedFor(request)) : body;
  }
}

function sealedFor({ caller, routeOptions }: FastifyRequest): SealedFor {
  return { shopId: caller?.shopId ?? '', purpose: `kept answer of ${routeOptions.config.operation}` };
}

function scopeOf({ routeOptions, headers, caller }: FastifyRequest): IdempotencyScope | null {
  const { acts, operation } = routeOptions.config;
  const idempotencyKey = headers['idempotency-key'];
  if (!acts || operation === undefined || caller === null || typeof idempotencyKey !== 'string') return null;
  return { keyId: caller.keyId, operation, idempotencyKey };
}

function fingerprintOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${method} ${url}\n${canonical(body)}`)
    .digest('hex');
}

/** The same text for bodies that differ in the order of keys only. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
