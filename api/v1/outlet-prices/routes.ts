import { toRfc3339 } from '../../../domain/time.ts';
import { listPrices, type OutletPrice, putPrice } from '../../../store/outlet-prices.ts';
import { requireInstant } from '../../http/instant.ts';
import { pageOfAll } from '../../http/page.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import { pricesQuery, putPriceBody } from './schemas.ts';

function viewPrice({ carrier, outletCode, feeFen, effectiveFrom }: OutletPrice) {
  return { carrier, outletCode, feeFen, effectiveFrom: toRfc3339(effectiveFrom) };
}

/** Fees agreed with outlets (R39, Q31). */
export const outletPriceRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'GET',
    url: '/outlet-prices',
    schema: {
      tags: ['prices'],
      summary: '网点价格，每个网点最新在前',
      querystring: pricesQuery,
      response: { 200: listOf(ref('OutletPrice')) },
    },
    config: { operation: 'listOutletPrices', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { carrier, outletCode } = request.query;
      const filter = { shopId: callerOfRequest(request).shopId, carrier, outletCode };
      return pageOfAll((await listPrices(deps.db, filter)).map(viewPrice), pageOf(request.query), { list: 'outlet-prices', ...filter });
    },
  });

  app.route({
    method: 'PUT',
    url: '/outlet-prices',
    schema: {
      tags: ['prices'],
      summary: '设定网点价格（同一生效时刻再设即替换）',
      body: putPriceBody,
      response: { 200: ref('OutletPrice') },
    },
    config: { operation: 'putOutletPrice', scope: 'service:write' },
    handler: async (request) => {
      const { shopId, actor } = callerOfRequest(request);
      const { effectiveFrom, ...rest } = request.body;
      return viewPrice(await putPrice(deps.db, { ...rest, shopId, effectiveFrom: requireInstant(effectiveFrom), setBy: actor }));
    },
  });
};
