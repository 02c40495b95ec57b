import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { type World, worldOfCarrier } from '../../domain/world.ts';
import { carrierResultRoutes } from './carrier-results.ts';
import { carrierTrackRoutes } from './carrier-track.ts';
import type { WebhookDeps } from './deps.ts';
import { kuaishouMessageRoutes } from './kuaishou-messages.ts';
import { keepRawBodies } from './raw-body.ts';

export type { WebhookDeps } from './deps.ts';

/**
 * The inbound webhooks (contract: inbound webhooks) of one world, to be registered as a scope of its own: the real one's under `/webhooks`,
 * the sandbox's under `/sandbox/webhooks`. Each
 * verifies the raw bytes, stores in one transaction, then answers: a 2xx means "stored". Nothing here is ever shed:
 * a sender that gets no 2xx repeats a few times only.
 */
export async function webhookRoutes(scope: FastifyInstance, { deps, world }: { deps: WebhookDeps; world: World }): Promise<void> {
  keepRawBodies(scope);
  const ofWorld: WebhookDeps = { ...deps, carriers: deps.carriers.filter(({ carrier }) => worldOfCarrier(carrier.code) === world) };
  carrierTrackRoutes(scope, ofWorld);
  carrierResultRoutes(scope, ofWorld);
  const platform = world === 'REAL' ? deps.platform : deps.sandbox;
  if (platform !== null) kuaishouMessageRoutes(scope, { ...deps, platform }, world);
}
