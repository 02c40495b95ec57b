import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { AppDeps } from '../deps.ts';
import { answerWrongMethods } from '../http/routes-known.ts';
import { readBodiesStrictly } from '../http/strict-bodies.ts';
import { compileValidator } from '../http/validation.ts';
import { authenticator, type AuthOptions } from '../plugins/auth.ts';
import { idempotency } from '../plugins/idempotency.ts';
import { CALLER_RATE } from '../plugins/rate-limit.ts';
import { speakAsShops } from '../plugins/worlds.ts';
import { handleError } from '../problems/error-handler.ts';
import { problem } from '../problems/problem.ts';
import { afterTheResultRoutes, afterTheResultSchemas } from './after-the-result.ts';
import { interceptRoutes } from './intercepts/routes.ts';
import { sharedSchemas } from './intercepts/schemas.ts';
import { noticeChannelRoutes } from './notice-channels/routes.ts';
import { noticeChannelSchema } from './notice-channels/schemas.ts';
import { noticeRoutes } from './notices/routes.ts';
import { noticeSchema } from './notices/schemas.ts';
import { outletPriceRoutes } from './outlet-prices/routes.ts';
import { outletSubscriptionRoutes } from './outlet-subscriptions/routes.ts';
import { outletRoutes } from './outlets/routes.ts';
import { refundRoutes } from './refunds/routes.ts';
import { applyRouteRules } from './route-rules.ts';
import { problemSchema } from './schemas.ts';
import { decisionSettingsRoutes } from './decision-settings/routes.ts';
import { decisionSettingsSchema } from './decision-settings/schemas.ts';
import { ruleRoutes } from './rules/routes.ts';
import { judgementSchema, rulesSchema } from './rules/schemas.ts';
import { returnAddressRoutes } from './return-address/routes.ts';
import { returnAddressSchema } from './return-address/schemas.ts';
import { serviceRoutes } from './service/routes.ts';
import { waybillRoutes } from './waybills/routes.ts';
import { webhookEndpointRoutes } from './webhook-endpoints/routes.ts';
import { eventDataSchemas } from './webhook-endpoints/event-data.ts';
import { newWebhookEndpointSchema, webhookDeliverySchema, webhookEndpointSchema } from './webhook-endpoints/schemas.ts';

/** An event loop this late on average over a second: answers come too late to be of use. Pushes on /webhooks are still taken. */
const SHED_ABOVE_MS = 2_000;
/** Building the routes blocks the loop for a while; until the samples of that are over they say nothing. */
const STARTING_MS = 3_000;

/** The API for shops: keys, or a person's session; strict JSON, problems. Registered with the prefix `/v1`. */
export async function v1(
  app: FastifyInstance,
  { deps, signedIn }: { deps: AppDeps; signedIn: NonNullable<AuthOptions['signedIn']> },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  let startedAt = Number.POSITIVE_INFINITY;
  app.addHook('onReady', async () => {
    startedAt = performance.now() + STARTING_MS;
  });
  await app.register(underPressure, {
    maxEventLoopDelay: deps.shedAboveMs ?? SHED_ABOVE_MS,
    pressureHandler: (request, reply) => {
      if (performance.now() >= startedAt) void handleError(problem('OVERLOADED', { retryAfterSeconds: 5 }), request, reply);
    },
  });
  readBodiesStrictly(app);
  app.setValidatorCompiler(compileValidator);
  // Answers are made by typed code and checked against their schemas in tests: nothing is dropped or converted on the way out.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  answerWrongMethods(app);
  app.addHook('onRoute', applyRouteRules);
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  app.addHook(
    'onRequest',
    authenticator({
      db: deps.db,
      simulatorsInUse: deps.config.simulatorsInUse,
      clock: deps.clock,
      rateLimit: deps.callerRate ?? CALLER_RATE,
      signedIn,
    }),
  );
  idempotency(app, deps);
  speakAsShops(app, deps);
  const outgoing = [
    webhookEndpointSchema,
    newWebhookEndpointSchema,
    webhookDeliverySchema,
    noticeSchema,
    noticeChannelSchema,
    ...eventDataSchemas,
  ];
  const rules = [rulesSchema, judgementSchema, decisionSettingsSchema, returnAddressSchema];
  for (const schema of [problemSchema, ...sharedSchemas, ...outgoing, ...rules, ...afterTheResultSchemas]) app.addSchema(schema);

  await app.register(openApiRoute);
  await app.register(refundRoutes, { deps });
  await app.register(interceptRoutes, { deps });
  await app.register(ruleRoutes, { deps });
  await app.register(decisionSettingsRoutes, { deps });
  await app.register(returnAddressRoutes, { deps });
  await app.register(serviceRoutes, { deps });
  await app.register(outletRoutes, { deps });
  await app.register(outletSubscriptionRoutes, { deps });
  await app.register(waybillRoutes, { deps });
  await app.register(outletPriceRoutes, { deps });
  await app.register(webhookEndpointRoutes, { deps });
  await app.register(noticeRoutes, { deps });
  await app.register(noticeChannelRoutes, { deps });
  await app.register(afterTheResultRoutes, { deps });
}

async function openApiRoute(app: FastifyInstance): Promise<void> {
  let document: string | null = null;
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      tags: ['documentation'],
      summary: '本接口的 OpenAPI 3.1 文档',
      response: { 200: { type: 'object', additionalProperties: true, description: 'OpenAPI 3.1' } },
    },
    config: { operation: 'getOpenApi', scope: null },
    handler: async (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.type('application/json').send(document);
    },
  });
}
