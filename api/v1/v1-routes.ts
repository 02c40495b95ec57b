import type { FastifyPluginAsync, RawServerDefault } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { AppDeps } from '../deps.ts';

/** A resource of the API: adds its routes to the scope. */
export type V1Routes = FastifyPluginAsync<{ deps: AppDeps }, RawServerDefault, TypeBoxTypeProvider>;
