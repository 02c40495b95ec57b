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

/** The console's icon, and the name beside it. */
const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 32"><rect width="32" height="32" rx="7" fill="#0958d9"/>' +
    '<path d="M7 11h11v10H7zM18 14h4l3 3v4h-7z" fill="#fff"/><path d="M5 27 27 5" stroke="#fff" stroke-width="3"/>' +
    '<text x="42" y="23" font-family="sans-serif" font-size="19" fill="#fff">拦截物流 API</text></svg>',
);

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
    logo: { type: 'image/svg+xml', content: LOGO, href: '/docs' },
    theme: { title: '拦截物流 API' },
  });
}
