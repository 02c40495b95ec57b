import { AGREEMENT_VERSION } from '../../../domain/agreement.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import type { World } from '../../../domain/world.ts';
import { closeService, openService, type ServiceState, serviceOf } from '../../../store/service-agreements.ts';
import { hasEbill } from '../../outlets/cooperating-outlets.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import { closeServiceBody, openServiceBody } from './schemas.ts';

const response = { 200: ref('Service') };
const tags = ['service'];

function viewService({ status, signedVersion, signedAt, closeReason }: ServiceState, world: World | null) {
  return {
    status,
    agreementVersion: AGREEMENT_VERSION,
    signedVersion,
    signedAt: signedAt === null ? null : toRfc3339(signedAt),
    closeReason,
    sandbox: world === 'SANDBOX',
  };
}

/** Opening and closing the service of a shop (R6–R8, R12). */
export const serviceRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/service',
    schema: { tags, summary: '拦截服务的开通情况', response },
    config: { operation: 'getService', scope: 'intercepts:read' },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      return viewService(await serviceOf(deps.db, shopId), await deps.worldOf(shopId));
    },
  });

  app.route({
    method: 'POST',
    url: '/service/open',
    schema: { tags, summary: '签署协议并开通拦截服务', body: openServiceBody, response },
    config: {
      operation: 'openService',
      scope: 'service:write',
      acts: true,
      problems: ['EBILL_NOT_OPENED', 'AGREEMENT_VERSION_OUTDATED', 'PLATFORM_UNAVAILABLE'],
    },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      const { agreementVersion, signedBy } = request.body;
      if (!(await hasEbill(deps, shopId))) throw problem('EBILL_NOT_OPENED');
      if (agreementVersion !== AGREEMENT_VERSION) {
        throw problem('AGREEMENT_VERSION_OUTDATED', {
          params: { agreementVersion: AGREEMENT_VERSION },
          extensions: { agreementVersion: AGREEMENT_VERSION },
        });
      }
      return viewService(await openService(deps.db, { shopId, agreementVersion, signedBy }), await deps.worldOf(shopId));
    },
  });

  app.route({
    method: 'POST',
    url: '/service/close',
    schema: { tags, summary: '关闭拦截服务（所有网点订购随之关闭，进行中的拦截不受影响）', body: closeServiceBody, response },
    config: { operation: 'closeService', scope: 'service:write', acts: true },
    handler: async (request) => {
      const { shopId, actor } = callerOfRequest(request);
      const closed = await closeService(deps.db, { shopId, reason: request.body.reason, closedBy: actor });
      return viewService(closed, await deps.worldOf(shopId));
    },
  });
};
