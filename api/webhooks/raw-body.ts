import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../problems/problem.ts';

/** Largest body of an inbound webhook, in bytes (contract: inbound webhooks). */
export const WEBHOOK_BODY_LIMIT = 256 * 1024;
const OPAQUE = 'application/octet-stream';

/**
 * Makes every body of this scope arrive as the very bytes that were sent, whatever its content type says: signatures
 * are verified over them. A compressed body is refused (415), because the bytes signed would not be the bytes read.
 */
export function keepRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WEBHOOK_BODY_LIMIT }, (_request, body, done) => done(null, body));
  scope.addHook('onRequest', async (request) => {
    const encodings = headerValues(request, 'content-encoding');
    if (encodings.some((encoding) => encoding.trim().toLowerCase() !== 'identity')) throw problem('UNSUPPORTED_MEDIA_TYPE');
    // A content type that is no media type would be refused before any parser is asked.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = OPAQUE;
  });
}

/** The bytes as sent; none were sent: empty. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Every occurrence of a header as it came over the wire; Node would join repeats into one text. `name` in lower case. */
export function headerValues(request: FastifyRequest, name: string): string[] {
  const { rawHeaders } = request.raw;
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
