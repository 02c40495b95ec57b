import { Type } from 'typebox';
import { maskName, maskPhone } from '../../../domain/masking.ts';
import { faultOfPhone } from '../../../domain/return-address.ts';
import { toRfc3339 } from '../../../domain/time.ts';
import { deleteReturnAddress, returnAddressOfShop, type SavedReturnAddress, saveReturnAddress } from '../../../store/return-addresses.ts';
import { readDataKey } from '../../../store/secrets.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import { putReturnAddressBody } from './schemas.ts';

const tags = ['service'];
const response = { 200: ref('ReturnAddress') };

/** Who and which phone is shown by as much as tells one's own apart: whoever changes it writes both anew. */
function view(saved: SavedReturnAddress | null) {
  if (saved === null) return { version: 0, address: null, savedBy: null, savedAt: null };
  const { version, address, savedBy, savedAt } = saved;
  const shown = address && { ...address, name: maskName(address.name), phone: maskPhone(address.phone) };
  return { version, address: shown, savedBy, savedAt: toRfc3339(savedAt) };
}

/** The shop's own address for parcels that come back. It says where goods go: as with rules, of people only the owner changes it. */
export const returnAddressRoutes: V1Routes = async (app, { deps }) => {
  const { db } = deps;
  const dataKey = readDataKey(deps.config.dataKey);

  app.route({
    method: 'GET',
    url: '/return-address',
    schema: { tags, summary: '店铺的退货地址', response },
    config: { operation: 'getReturnAddress', scope: 'intercepts:read' },
    handler: async (request) => view(await returnAddressOfShop(db, dataKey, callerOfRequest(request).shopId)),
  });

  app.route({
    method: 'PUT',
    url: '/return-address',
    schema: { tags, summary: '保存退货地址（此前发起的拦截不变）', body: putReturnAddressBody, response },
    config: { operation: 'putReturnAddress', scope: 'rules:write' },
    handler: async (request) => {
      const { shopId, actor } = callerOfRequest(request);
      const message = faultOfPhone(request.body.phone);
      if (message !== null) throw problem('VALIDATION_FAILED', { errors: [{ pointer: '/phone', message }] });
      await saveReturnAddress(db, dataKey, shopId, request.body, actor);
      return view(await returnAddressOfShop(db, dataKey, shopId));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/return-address',
    schema: { tags, summary: '删除退货地址，连同以前的', response: { 204: Type.Null({ description: '已删除' }) } },
    config: { operation: 'deleteReturnAddress', scope: 'rules:write' },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      await deleteReturnAddress(db, shopId, actor);
      return reply.code(204).send(null);
    },
  });
};
