import { Type } from 'typebox';
import { serviceOf } from '../../../store/service-agreements.ts';
import { listCooperatingOutlets } from '../../outlets/cooperating-outlets.ts';
import { viewOutlet } from '../../outlets/subscription-view.ts';
import { pageOfAll } from '../../http/page.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { carrierSchema, closed, listOf, pageOf, pageQuery, ref } from '../schemas.ts';

const outletsQuery = closed({ ...pageQuery, carrier: Type.Optional(carrierSchema) });

/** The outlets the shop's e-waybills name (R9). */
export const outletRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/outlets',
    schema: { tags: ['outlets'], summary: '电子面单合作网点及其订购', querystring: outletsQuery, response: { 200: listOf(ref('Outlet')) } },
    config: { operation: 'listOutlets', scope: 'intercepts:read', problems: ['INVALID_CURSOR', 'PLATFORM_UNAVAILABLE'] },
    handler: async (request) => {
      const { carrier = null } = request.query;
      const { shopId } = callerOfRequest(request);
      const [outlets, { status }] = await Promise.all([listCooperatingOutlets(deps, shopId, carrier), serviceOf(deps.db, shopId)]);
      const shown = outlets.map((outlet) => viewOutlet(outlet, status === 'OPEN'));
      return pageOfAll(shown, pageOf(request.query), { list: 'outlets', carrier });
    },
  });
};
