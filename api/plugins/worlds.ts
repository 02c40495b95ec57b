import type { FastifyInstance } from 'fastify';
import { asMeant, asTold } from '../../domain/world.ts';
import type { AppDeps } from '../deps.ts';

/**
 * A shop of the sandbox speaks of carriers as every shop does (`ZTO`): what it sends is taken as its own world's, what it is told is named
 * as it knows it. So the same program works with either.
 */
export function speakAsShops(app: FastifyInstance, { worldOf }: Pick<AppDeps, 'worldOf'>): void {
  app.addHook('preHandler', async (request) => {
    const { caller } = request;
    if (caller === null || (await worldOf(caller.shopId)) !== 'SANDBOX') return;
    request.query = asMeant('SANDBOX', request.query);
    request.body = asMeant('SANDBOX', request.body);
  });
  app.addHook('preSerialization', async ({ caller }, _reply, answer) =>
    caller !== null && (await worldOf(caller.shopId)) === 'SANDBOX' ? asTold(answer) : answer,
  );
}
