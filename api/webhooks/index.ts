import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { carrierResultRoutes } from './carrier-results.ts';
import { carrierTrackRoutes } from './carrier-track.ts';
import type { WebhookDeps } from './deps.ts';
import { kuaishouMessageRoutes } from './kuaishou-messages.ts';
import { keepRawBodies } from './raw-body.ts';

export type { WebhookDeps } from './deps.ts';

/**
 * The inbound webhooks (contract: inbound webhooks), to be registered under `/webhooks` as a scope of its own. Each
 * verifies the raw bytes, stores in one transaction, then answers: a 2xx means "stored". Nothing here is ever shed:
 * a sender that gets no 2xx repeats a few times only.
 */
export async function webhookRoutes(scope: FastifyInstance, options: { deps: WebhookDeps }): Promise<void> {
  keepRawBodies(scope);
  carrierTrackRoutes(scope, options.deps);
  carrierResultRoutes(scope, options.deps);
  kuaishouMessageRoutes(scope, options.deps);
}
