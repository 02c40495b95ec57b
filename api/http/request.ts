import type { ProblemCode } from '../problems/catalogue.ts';
import type { Scope } from '../scopes.ts';

/** Who calls, as its key says. The shop never comes from anywhere else. */
export interface Caller {
  keyId: string;
  shopId: string;
  /** Named in the audit log. */
  actor: string;
  scopes: ReadonlySet<string>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of the route in OpenAPI (`operationId`), logs and metrics. */
    operation?: string;
    /** Scope a key needs; null: no key needed. */
    scope?: Scope | null;
    /** Problems of this route beyond those every route has. */
    problems?: readonly ProblemCode[];
    /** The route acts: it takes an `Idempotency-Key`. */
    acts?: boolean;
    /** The answer shows a secret: what is kept of it for replays is encrypted. */
    secretAnswer?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
    /** Code of the problem this request was answered with, for log and metrics. */
    problemCode: string | null;
  }
}
