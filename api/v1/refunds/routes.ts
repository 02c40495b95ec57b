import { askingOrders, listRefunds } from '../../intercepts/list-refunds.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import { refundsQuery } from './schemas.ts';

/** The shop's refund-only requests as the platform lists them: what an intercept may start from. */
export const refundRoutes: V1Routes = async (app, { deps }) => {
  const askOrder = askingOrders(deps);
  app.route({
    method: 'GET',
    url: '/refunds',
    schema: {
      tags: ['refunds'],
      summary: '待处理的仅退款申请，最新在前',
      querystring: refundsQuery,
      response: { 200: listOf(ref('Refund')) },
    },
    config: { operation: 'listRefunds', scope: 'intercepts:read', problems: ['INVALID_CURSOR', 'PLATFORM_UNAVAILABLE'] },
    handler: async (request) => listRefunds(deps, askOrder, callerOfRequest(request).shopId, pageOf(request.query)),
  });
};
