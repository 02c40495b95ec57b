import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** Only what the page itself brings; its styles are set by its own script. */
const PAGE_POLICY = {
  'default-src': "'none';",
  'script-src': "'self';",
  'style-src': "'self' 'unsafe-inline';",
  'img-src': "'self' data:;",
  'connect-src': "'self';",
  'base-uri': "'none';",
  'form-action': "'none';",
  'frame-ancestors': "'none'",
};

/** `GET /docs`: the OpenAPI document for people, from files of this server alone. A scope of its own, because pages need another policy than the API. */
export async function docsPage(app: FastifyInstance): Promise<void> {
  app.addHook(
    'onRequest',
    async (_request, reply) => void reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    validatorUrl: false,
    uiConfig: { deepLinking: true, docExpansion: 'list', persistAuthorization: false },
    theme: { title: '拦截物流 API' },
  });
}
