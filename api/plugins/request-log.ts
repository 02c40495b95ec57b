import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiMetrics } from '../metrics.ts';

/** One log line and one count for every request, also for those whose caller went away before the answer. */
export function logRequests(app: FastifyInstance, metrics: ApiMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.requestFinished(operationOf(request), reply.statusCode, reply.elapsedTime / 1_000);
    request.log.info(
      { ...describe(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime), problem: request.problemCode ?? undefined },
      'request',
    );
  });
  app.addHook('onRequestAbort', async (request) => {
    metrics.requestAborted(operationOf(request));
    request.log.warn(describe(request), 'request aborted by the caller');
  });
}

function operationOf(request: FastifyRequest): string {
  return request.routeOptions.config.operation ?? (request.is404 ? 'notFound' : 'other');
}

/** No header, no body and no query leaves here: they carry keys and people. */
function describe(request: FastifyRequest): Record<string, string | undefined> {
  const { interceptId } = (request.params ?? {}) as { interceptId?: string };
  return {
    operation: operationOf(request),
    method: request.method,
    route: request.routeOptions.url,
    keyId: request.caller?.keyId,
    // A stranger has nothing else to be told by.
    ip: request.caller === null ? request.ip : undefined,
    shopId: request.caller?.shopId,
    workflowId: interceptId === undefined ? undefined : `intercept:${interceptId.slice(0, 40)}`,
  };
}
