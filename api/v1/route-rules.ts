import type { RouteOptions } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS, type ProblemCode } from '../problems/catalogue.ts';
import { closed, ref } from './schemas.ts';

const EVERY_ROUTE: ProblemCode[] = ['VALIDATION_FAILED', 'INTERNAL_ERROR', 'OVERLOADED'];
const WITH_KEY: ProblemCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'DATABASE_UNAVAILABLE'];
/** What no path can name, or nobody of the shop has. */
const WITH_PATH: ProblemCode[] = ['NOT_FOUND'];
const WITH_BODY: ProblemCode[] = ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const WITH_IDEMPOTENCY: ProblemCode[] = ['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'];

const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$', description: '1 到 255 个可见 ASCII 字符' })),
});

/** Every problem a route may answer with. */
export function problemsOf(route: Pick<RouteOptions, 'config' | 'schema'>): ProblemCode[] {
  const { scope, acts, problems = [] } = route.config ?? {};
  return [
    ...new Set([
      ...EVERY_ROUTE,
      ...(scope === null ? [] : WITH_KEY),
      ...(route.schema?.params === undefined ? [] : WITH_PATH),
      ...(route.schema?.body === undefined ? [] : WITH_BODY),
      ...(acts ? WITH_IDEMPOTENCY : []),
      ...problems,
    ]),
  ];
}

/**
 * Holds each route of /v1 to the house rules and completes its schema: a name, a scope, a documented answer; every query
 * is closed; every problem is documented. A route that breaks a rule stops the start, naming itself (S23).
 */
export function applyRouteRules(route: RouteOptions): void {
  const name = `${String(route.method)} ${route.url}`;
  const { operation, scope, acts } = route.config ?? {};
  const response = (route.schema?.response ?? {}) as Record<string, unknown>;
  if (!operation || scope === undefined) throw new Error(`the route ${name} needs config.operation and config.scope`);
  if (!route.schema?.summary || !route.schema.tags?.length) throw new Error(`the route ${name} needs a summary and a tag`);
  if (Object.keys(response).length === 0) throw new Error(`the route ${name} documents no answer`);
  if (route.url.includes(':') && route.schema.params === undefined) throw new Error(`the route ${name} needs a schema for its path`);
  route.schema = {
    ...route.schema,
    operationId: operation,
    security: scope === null ? [] : [{ key: [] }],
    querystring: route.schema.querystring ?? closed({}),
    ...(acts ? { headers: idempotencyHeaders } : {}),
    response: { ...response, ...documentProblems(problemsOf(route)) },
  };
}

function documentProblems(codes: ProblemCode[]): Record<number, unknown> {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      status,
      {
        description: these.map((code) => `\`${code}\` ${PROBLEMS[code].title.zh}`).join('；'),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  );
}
