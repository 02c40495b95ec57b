import type { FastifyInstance } from 'fastify';
import type { World } from '../../domain/world.ts';
import { takeMessage } from '../../evidence/intake.ts';
import type { WebhookDeps } from './deps.ts';
import { rawBody, WEBHOOK_BODY_LIMIT } from './raw-body.ts';
import { whileStoring } from './storing.ts';

/**
 * `POST /kuaishou/messages`: an encrypted message of the platform. What does not decrypt to a message of our
 * application is 401; everything else, the heartbeat too, is stored and answered `{"result":1}` within 3 s.
 */
export function kuaishouMessageRoutes(scope: FastifyInstance, deps: WebhookDeps, world: World): void {
  scope.post(
    '/kuaishou/messages',
    {
      bodyLimit: WEBHOOK_BODY_LIMIT,
      schema: { hide: true },
      config: { operation: world === 'REAL' ? 'pushKuaishouMessage' : 'pushSandboxKuaishouMessage' },
    },
    async (request, reply) => {
      const message = deps.platform.readMessage(rawBody(request));
      if (message.kind === 'REJECTED') {
        request.log.warn('platform message refused: it does not decrypt to a message of our application');
        return reply.code(401).send({ result: 0, error_msg: 'not a message of this application' });
      }
      await whileStoring(takeMessage(deps.db, world, message));
      deps.wakePump?.();
      return reply.code(200).send({ result: 1 });
    },
  );
}
