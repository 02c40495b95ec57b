import { Type } from 'typebox';
import { type EpochMs, toRfc3339 } from '../../domain/time.ts';
import { type ApiKey, createKey, listKeys, revokeKey } from '../../store/api-keys.ts';
import { instantOf } from '../http/instant.ts';
import { problem } from '../problems/problem.ts';
import { SCOPES } from '../scopes.ts';
import { closed, instantSchema, text } from '../v1/schemas.ts';
import { signedInOf } from './access.ts';
import type { ConsoleRoutes } from './console-routes.ts';

const newKeyBody = closed({
  label: text(64),
  scopes: Type.Array(Type.Union(SCOPES.map((scope) => Type.Literal(scope))), { minItems: 1, maxItems: SCOPES.length, uniqueItems: true }),
  expiresAt: Type.Optional(instantSchema),
});
const keyPath = closed({ keyId: Type.String({ pattern: '^[a-z0-9_]{1,64}$' }) });

/** The keys of the shop's own systems, for its owners. A secret is shown once. */
export const keyRoutes: ConsoleRoutes = async (app, { deps: { db } }) => {
  app.route({
    method: 'GET',
    url: '/keys',
    config: { operation: 'listKeys', scope: 'admin' },
    handler: async (request) => ({ items: (await listKeys(db, signedInOf(request).shopId)).map(viewKey) }),
  });

  app.route({
    method: 'POST',
    url: '/keys',
    schema: { body: newKeyBody },
    config: { operation: 'createKey', scope: 'admin' },
    handler: async (request, reply) => {
      const { shopId, staffId: by } = signedInOf(request);
      const { label, scopes, expiresAt } = request.body;
      const { key, secret } = await createKey(db, { shopId, label, scopes, expiresAt: instantOf(expiresAt) ?? null });
      request.log.info({ newKeyId: key.keyId, scopes, by }, 'a key was made');
      return reply.code(201).send({ key: viewKey(key), secret });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/keys/:keyId',
    schema: { params: keyPath },
    config: { operation: 'revokeKey', scope: 'admin' },
    handler: async (request, reply) => {
      const { shopId, staffId: by } = signedInOf(request);
      const { keyId } = request.params;
      if (!(await revokeKey(db, shopId, keyId))) throw problem('NOT_FOUND');
      request.log.info({ revokedKeyId: keyId, by }, 'a key was revoked');
      return reply.code(204).send();
    },
  });
};

function viewKey({ keyId, label, prefix, last4, scopes, demo, ...at }: ApiKey) {
  return {
    keyId,
    label,
    shown: `${prefix}…${last4}`,
    scopes,
    demo,
    createdAt: toRfc3339(at.createdAt),
    expiresAt: orNull(at.expiresAt),
    lastUsedAt: orNull(at.lastUsedAt),
    revokedAt: orNull(at.revokedAt),
  };
}

function orNull(at: EpochMs | null): string | null {
  return at === null ? null : toRfc3339(at);
}
