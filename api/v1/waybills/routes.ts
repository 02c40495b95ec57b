import { Type } from 'typebox';
import { registerWaybills } from '../../../store/waybills.ts';
import { nameOutlets } from '../../outlets/name-outlets.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { carrierSchema, closed, outletCodeSchema, waybillNoSchema } from '../schemas.ts';

const waybill = { waybillNo: waybillNoSchema, carrier: carrierSchema, outletCode: outletCodeSchema };

const waybillsBody = closed(
  { items: Type.Array(closed(waybill), { minItems: 1, maxItems: 200 }) },
  { examples: [{ items: [{ waybillNo: '75312345678901', carrier: 'ZTO', outletCode: '75500' }] }] },
);

const waybillsAnswer = closed({ items: Type.Array(closed({ ...waybill, outletName: Type.String() })) });

/** Which outlet issued a waybill, as the shop's own e-waybill calls know it (Q23). */
export const waybillRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'POST',
    url: '/waybills',
    schema: { tags: ['outlets'], summary: '登记运单由哪个网点开出', body: waybillsBody, response: { 200: waybillsAnswer } },
    config: {
      operation: 'registerWaybills',
      scope: 'service:write',
      acts: true,
      problems: ['OUTLET_NOT_COOPERATING', 'PLATFORM_UNAVAILABLE'],
    },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      const items = await nameOutlets(deps, shopId, request.body.items);
      await registerWaybills(deps.db, shopId, items);
      return { items };
    },
  });
};
