import type { FastifyInstance } from 'fastify';
import { problem } from '../problems/problem.ts';
import { readStrictJson } from './strict-json.ts';

/** One body parser for the scope: JSON, uncompressed, read strictly. An absent body counts as `{}`, so that its missing fields are named. */
export function readBodiesStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    if (body.length === 0) return undefined;
    const reading = readStrictJson(body);
    if (!reading.ok) throw problem('MALFORMED_JSON', { errors: reading.errors });
    return reading.value;
  });
  app.addHook('preParsing', async (request) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw problem('UNSUPPORTED_MEDIA_TYPE');
  });
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {};
  });
}
