import type { Payload } from '@temporalio/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { payloadCodec, UnopenedPayload } from '../sealing/payload-codec.ts';
import { findKey } from '../store/api-keys.ts';
import { sessionCookie } from './console/session-cookie.ts';
import { callerOfStaff, readingSession } from './console/signed-in.ts';
import type { AppDeps } from './deps.ts';
import { hasScope } from './scopes.ts';

/** A payload in the JSON form of its protobuf message. */
interface JsonPayload {
  metadata?: Record<string, string>;
  data?: string;
}

const BODY_LIMIT = 8 * 1024 * 1024;
const base64 = { type: 'string', maxLength: BODY_LIMIT } as const;
const body = {
  type: 'object',
  required: ['payloads'],
  properties: {
    payloads: {
      type: 'array',
      maxItems: 1_000,
      items: { type: 'object', properties: { metadata: { type: 'object', additionalProperties: base64 }, data: base64 } },
    },
  },
} as const;

/**
 * `POST /decode` and `/encode`, Temporal's remote codec protocol, for its pages and its command line. Whoever may read what every shop's cases hold:
 * an owner's console session, or a key with the scope `admin`. Neither changes anything, so no CSRF token is asked; a page may read the answer only
 * from the origin of `TEMPORAL_UI_URL`.
 */
export async function codecRoutes(app: FastifyInstance, { deps }: { deps: AppDeps }): Promise<void> {
  const { config } = deps;
  const origin = new URL(config.temporalUiUrl).origin;
  const codec = payloadCodec(config.temporal.payloadKeys);
  await app.register(sessionCookie, { dataKey: config.dataKey });

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('vary', 'Origin').header('cache-control', 'no-store');
    if (request.headers.origin !== origin) return;
    void reply
      .header('access-control-allow-origin', origin)
      .header('access-control-allow-credentials', 'true')
      .header('access-control-allow-headers', 'authorization, content-type, x-namespace')
      .header('access-control-allow-methods', 'POST');
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof UnopenedPayload) return reply.code(400).send({ message: error.message });
    return reply.send(error);
  });
  app.options('/*', async (_request, reply) => reply.code(204).send());
  for (const direction of ['decode', 'encode'] as const) {
    app.post<{ Body: { payloads: JsonPayload[] } }>(
      `/${direction}`,
      {
        schema: { body },
        bodyLimit: BODY_LIMIT,
        preValidation: async (request, reply) => {
          if (!(await mayReadAll(request, deps)))
            return reply.code(401).send({ message: 'sign in to the console as an owner, or send a key' });
        },
      },
      async (request) => ({ payloads: (await codec[direction](request.body.payloads.map(fromJson))).map(toJson) }),
    );
  }
}

const BEARER = /^Bearer ([\x21-\x7e]{16,200})$/i;

async function mayReadAll(request: FastifyRequest, { db, config }: AppDeps): Promise<boolean> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const person = await readingSession(request, db);
    return person !== null && !person.mustChange && isHonoured(person) && hasScope(callerOfStaff(person).scopes, 'admin');
  }
  const secret = BEARER.exec(authorization)?.[1];
  const key = secret === undefined ? null : await findKey(db, secret);
  return key !== null && isHonoured(key) && hasScope(new Set(key.scopes), 'admin');

  function isHonoured({ demo }: { demo: boolean }): boolean {
    return !demo || config.simulatorsInUse;
  }
}

function fromJson({ metadata = {}, data = '' }: JsonPayload): Payload {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return { metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, bytes(text)])), data: bytes(data) };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, text(bytes)])),
    data: text(data ?? new Uint8Array()),
  };
}
