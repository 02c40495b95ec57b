import { AGREEMENT_VERSION } from '../../domain/agreement.ts';
import { countWork } from '../../store/work-counters.ts';
import { AGREEMENT_TEXT } from './agreement-text.ts';
import { signedInOf } from './access.ts';
import type { ConsoleRoutes } from './console-routes.ts';
import { ROLE_SCOPES } from './roles.ts';

/** What the pages are set up with, and the work bench's numbers. */
export const overviewRoutes: ConsoleRoutes = async (app, { deps: { db, config, carriers } }) => {
  app.route({
    method: 'GET',
    url: '/config',
    config: { operation: 'getConsoleConfig', scope: 'intercepts:read', beforePasswordChange: true },
    handler: async (request) => {
      const isOwner = signedInOf(request).role === 'OWNER';
      return {
        // Temporal's own pages show every shop's cases and can end them: links are for owners alone.
        temporalUiUrl: isOwner ? config.temporalUiUrl.replace(/\/+$/, '') : null,
        temporalNamespace: isOwner ? config.temporal.namespace : null,
        currency: 'CNY',
        timeZone: 'Asia/Shanghai',
        roles: ROLE_SCOPES,
        // Those of the registry that this deployment is connected to.
        carriers: carriers.map(({ carrier }) => carrier.code),
        agreement: { version: AGREEMENT_VERSION, text: AGREEMENT_TEXT },
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/counters',
    config: { operation: 'getCounters', scope: 'intercepts:read' },
    handler: (request) => countWork(db, signedInOf(request).shopId),
  });
};
