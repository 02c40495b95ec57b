import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { consoleApi } from './console/index.ts';
import { consolePages } from './console/pages.ts';
import { sessionCookie } from './console/session-cookie.ts';
import { signedInReader } from './console/signed-in.ts';
import type { AppDeps } from './deps.ts';
import './http/request.ts';
import { refuseBrokenRequest } from './http/broken-request.ts';
import { parseQueryString } from './http/query-string.ts';
import { docsPage } from './plugins/docs-page.ts';
import { documentation } from './plugins/documentation.ts';
import { traceRequests } from './plugins/request-trace.ts';
import { logRequests } from './plugins/request-log.ts';
import { handleError, sendProblem } from './problems/error-handler.ts';
import { problem } from './problems/problem.ts';
import { v1 } from './v1/index.ts';
import { webhookRoutes } from './webhooks/index.ts';

/** Longest request this service ever needs to read or answer, and how long an idle connection is kept. */
const TIMEOUTS = { requestTimeout: 30_000, connectionTimeout: 60_000, keepAliveTimeout: 65_000 };
const HEADERS_TIMEOUT_MS = 15_000;
/** How often a connection that is too slow is looked for: Node's 30 s would double its time. */
const SLOW_CHECK_MS = 5_000;
const MAX_HEADER_BYTES = 16_384;

/**
 * The public server, not yet listening. Its scopes have their own rules for who may call, what a body is and how errors
 * look: `/v1` (keys or a person's session, strict JSON, problem+json), `/console/api` (sessions alone), `/webhooks`
 * (signatures over raw bytes, the sender's own answers), and the pages for people.
 *
 * A new resource is a folder `v1/<resource>/` with `schemas.ts` (TypeBox values, closed objects, every text and number
 * bounded) and `routes.ts`, named in `v1/index.ts`. Each route has a schema and `config: {operation, scope, problems, acts}`;
 * its handler reads the input, calls one function of a use case and maps the result. A start without these fails.
 */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { trustedProxies } = deps.config.http;
  const app = fastify({
    ...TIMEOUTS,
    // Whatever others write into a forwarded header stays without effect.
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    bodyLimit: 65_536,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: SLOW_CHECK_MS },
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply.header('x-request-id', request.id)),
    routerOptions: { querystringParser: parseQueryString, maxParamLength: 200 },
  });
  app.server.maxRequestsPerSocket = 10_000;

  app.decorateRequest('caller', null);
  app.decorateRequest('problemCode', null);
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  if (deps.config.tracesWanted) traceRequests(app);
  logRequests(app, deps.metrics);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problem('NOT_FOUND')));

  await app.register(documentation);
  await app.register(docsPage);
  await app.register(callersWithSessions, { deps });
  await app.register(consolePages, { folder: deps.consoleFolder });
  await app.register(webhookRoutes, { prefix: '/webhooks', deps, world: 'REAL' });
  await app.register(webhookRoutes, { prefix: '/sandbox/webhooks', deps, world: 'SANDBOX' });
  return app;
}

/** The scopes where a person's session counts. */
async function callersWithSessions(app: FastifyInstance, { deps }: { deps: AppDeps }): Promise<void> {
  const { db, config } = deps;
  await app.register(sessionCookie, { dataKey: config.dataKey });
  const signedIn = signedInReader({ db, dataKey: config.dataKey, simulatorsInUse: config.simulatorsInUse });
  await app.register(v1, { prefix: '/v1', deps, signedIn });
  await app.register(consoleApi, { prefix: '/console/api', deps, signedIn });
}
