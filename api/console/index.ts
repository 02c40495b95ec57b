import helmet from '@fastify/helmet';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { answerWrongMethods } from '../http/routes-known.ts';
import { readBodiesStrictly } from '../http/strict-bodies.ts';
import { compileValidator } from '../http/validation.ts';
import { problemSchema } from '../v1/schemas.ts';
import { staffOnly } from './access.ts';
import type { ConsoleOptions } from './console-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { sessionEndings } from './session-endings.ts';
import { sessionRoutes } from './session-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { viewRoutes } from './view-routes.ts';

/**
 * What people need beside `/v1`: signing in, colleagues, keys, counters, saved views, live updates. Registered with the prefix
 * `/console/api`, where `sessionCookie` reads the cookies. Not part of the public contract, so not in its OpenAPI document.
 */
export async function consoleApi(app: FastifyInstance, { deps, signedIn }: Omit<ConsoleOptions, 'endings'>): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  readBodiesStrictly(app);
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  answerWrongMethods(app);
  app.addHook('onRoute', requireAccessRule);
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  app.addHook('onRequest', staffOnly(signedIn, deps));
  app.addSchema(problemSchema);
  const options: ConsoleOptions = { deps, signedIn, endings: sessionEndings() };
  await app.register(sessionRoutes, options);
  await app.register(staffRoutes, options);
  await app.register(keyRoutes, options);
  await app.register(overviewRoutes, options);
  await app.register(viewRoutes, options);
  await app.register(eventRoutes, options);
}

/** A route without a name or without a word on who may call it stops the start, naming itself (S23). */
function requireAccessRule(route: RouteOptions): void {
  const name = `${String(route.method)} ${route.url}`;
  const { operation, scope } = route.config ?? {};
  if (!operation || scope === undefined) throw new Error(`the route ${name} needs config.operation and config.scope`);
  if (route.url.includes(':') && route.schema?.params === undefined) throw new Error(`the route ${name} needs a schema for its path`);
  if (route.method !== 'GET' && route.method !== 'DELETE' && route.schema?.body === undefined)
    throw new Error(`the route ${name} needs a schema for its body`);
}
