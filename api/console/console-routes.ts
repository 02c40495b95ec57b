import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync, FastifyRequest, RawServerDefault } from 'fastify';
import type { AppDeps } from '../deps.ts';
import type { SessionEndings } from './session-endings.ts';
import type { SignedIn } from './signed-in.ts';

export interface ConsoleOptions {
  deps: AppDeps;
  signedIn: (request: FastifyRequest) => Promise<SignedIn | null>;
  endings: SessionEndings;
}

/** Routes of the console's own: adds them to the scope. */
export type ConsoleRoutes = FastifyPluginAsync<ConsoleOptions, RawServerDefault, TypeBoxTypeProvider>;
