import { createBatch } from '../../intercepts/create-batch.ts';
import { createIntercept } from '../../intercepts/create-intercept.ts';
import { listShown, readEvents, readShown, readTrack } from '../../intercepts/list-intercepts.ts';
import { previewIntercept } from '../../intercepts/preview-intercept.ts';
import { requireIntercept } from '../../intercepts/read-intercept.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { languageOf } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, pageQuery, closed, ref } from '../schemas.ts';
import { commandRoutes } from './command-routes.ts';
import { batchBody, batchSchema, createBody, eventsSchema, interceptParams, interceptsQuery, previewBody, trackSchema } from './schemas.ts';

const tags = ['intercepts'];
const intercept = ref('Intercept');

/** Intercepts: preview, start, look up (R15–R33). What may be done to one is in command-routes.ts. */
export const interceptRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'POST',
    url: '/intercepts/preview',
    schema: { tags, summary: '预检：能否拦截，一次给出全部原因', body: previewBody, response: { 200: ref('InterceptPreview') } },
    config: { operation: 'previewIntercept', scope: 'intercepts:read', problems: ['REFUND_NOT_FOUND', 'PLATFORM_UNAVAILABLE'] },
    handler: async (request) => previewIntercept(deps, callerOfRequest(request).shopId, request.body.refundId, languageOf(request)),
  });

  app.route({
    method: 'POST',
    url: '/intercepts',
    schema: {
      tags,
      summary: '发起拦截',
      description: '201 快递已答复（含拒绝）；202 尚未答复；200 该退款已有未被拒绝的拦截。重复请求是安全的。',
      body: createBody,
      response: { 200: intercept, 201: intercept, 202: intercept },
    },
    config: {
      operation: 'createIntercept',
      scope: 'intercepts:write',
      acts: true,
      problems: [
        'REFUND_NOT_FOUND',
        'CONFIRMATION_REQUIRED',
        'WARNINGS_NOT_ACKNOWLEDGED',
        'INTERCEPT_NOT_ELIGIBLE',
        'RETURN_NOT_OFFERED',
        'CARRIER_REFUSED',
        'PLATFORM_UNAVAILABLE',
        'ENGINE_UNAVAILABLE',
      ],
    },
    handler: async (request, reply) => {
      const { refundId, confirm = false, acknowledge = [], returnTo } = request.body;
      const wanted = { refundId, confirm, acknowledge, returnTo, language: languageOf(request) };
      const { status, intercept: shown } = await createIntercept(deps, callerOfRequest(request), wanted);
      return reply.code(status).header('location', `/v1/intercepts/${shown.interceptId}`).send(shown);
    },
  });

  app.route({
    method: 'POST',
    url: '/intercepts/batch',
    schema: { tags, summary: '批量发起拦截（1–20 单，互不影响）', body: batchBody, response: { 200: batchSchema } },
    config: { operation: 'createInterceptBatch', scope: 'intercepts:write', acts: true, problems: ['CONFIRMATION_REQUIRED'] },
    handler: async (request) => {
      const { items, confirm = false } = request.body;
      return { results: await createBatch(deps, callerOfRequest(request), request.id, { items, confirm, language: languageOf(request) }) };
    },
  });

  app.route({
    method: 'GET',
    url: '/intercepts',
    schema: { tags, summary: '拦截列表，最新在前', querystring: interceptsQuery, response: { 200: listOf(intercept) } },
    config: { operation: 'listIntercepts', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => listShown(deps, callerOfRequest(request).shopId, request.query, pageOf(request.query)),
  });

  app.route({
    method: 'GET',
    url: '/intercepts/:interceptId',
    schema: { tags, summary: '一次拦截的实时状态', params: interceptParams, response: { 200: intercept } },
    config: { operation: 'getIntercept', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request) => readShown(deps, await requireIntercept(deps, callerOfRequest(request).shopId, request.params.interceptId)),
  });

  app.route({
    method: 'GET',
    url: '/intercepts/:interceptId/track',
    schema: { tags, summary: '物流轨迹（统一事件与快递原文）', params: interceptParams, response: { 200: trackSchema } },
    config: { operation: 'getInterceptTrack', scope: 'intercepts:read', problems: ['NOT_FOUND'] },
    handler: async (request) => readTrack(deps, await requireIntercept(deps, callerOfRequest(request).shopId, request.params.interceptId)),
  });

  app.route({
    method: 'GET',
    url: '/intercepts/:interceptId/events',
    schema: {
      tags,
      summary: '操作与状态变化的记录',
      params: interceptParams,
      querystring: closed(pageQuery),
      response: { 200: eventsSchema },
    },
    config: { operation: 'listInterceptEvents', scope: 'intercepts:read', problems: ['NOT_FOUND', 'INVALID_CURSOR'] },
    handler: async (request) => {
      const record = await requireIntercept(deps, callerOfRequest(request).shopId, request.params.interceptId);
      return readEvents(deps, record, pageOf(request.query));
    },
  });

  await app.register(commandRoutes, { deps });
};
