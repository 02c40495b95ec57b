import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PushReply, RawPush } from '../../carriers/port.ts';
import { codeOf } from '../../domain/world.ts';
import { takePush } from '../../evidence/intake.ts';
import type { WebhookDeps } from './deps.ts';
import { headerValues, rawBody, WEBHOOK_BODY_LIMIT } from './raw-body.ts';
import { whileStoring } from './storing.ts';

/**
 * `POST /carriers/{code}/track` for every carrier of the registry: the carrier's own push, verified and read by its
 * adapter and answered in the carrier's own form. POST alone, and nothing is read from the query: addresses end up in
 * the logs of proxies, and a scan names people; no carrier is known to push otherwise.
 */
export function carrierTrackRoutes(scope: FastifyInstance, deps: WebhookDeps): void {
  for (const {
    carrier: { code },
    client,
  } of deps.carriers) {
    scope.post(
      `/carriers/${codeOf(code).toLowerCase()}/track`,
      { bodyLimit: WEBHOOK_BODY_LIMIT, schema: { hide: true }, config: { operation: `pushTrack${code}` } },
      async (request, reply) => {
        const push = asPush(request);
        const reading = client.readPush(push);
        if (reading.kind === 'BAD_SIGNATURE') {
          request.log.warn({ carrier: code }, 'track push refused: bad signature');
          return answer(reply, reading.reply);
        }
        if (reading.unreadable !== null)
          request.log.warn({ carrier: code, unreadable: reading.unreadable }, 'track push not understood, kept in quarantine');
        await whileStoring(deps.db.transaction().execute((trx) => takePush(trx, { carrier: code, ...reading, body: push.body })));
        deps.wakePump?.();
        return answer(reply, reading.reply);
      },
    );
  }
}

/** A repeated header is left out: no carrier sends one, and joined it would be neither of the two. */
function asPush(request: FastifyRequest): RawPush {
  const headers: RawPush['headers'] = {};
  for (const name of Object.keys(request.headers)) {
    const values = headerValues(request, name);
    if (values.length === 1) headers[name] = values[0];
  }
  return { body: rawBody(request), contentType: headers['content-type'] ?? '', headers };
}

function answer(reply: FastifyReply, { status, contentType, body }: PushReply): FastifyReply {
  return reply.code(status).header('content-type', contentType).send(body);
}
