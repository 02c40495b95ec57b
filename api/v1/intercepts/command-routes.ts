import { decideBatch } from '../../intercepts/decide-batch.ts';
import { commandIntercept } from '../../intercepts/command-intercept.ts';
import { requireIntercept } from '../../intercepts/read-intercept.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { languageOf, problem } from '../../problems/problem.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { ref } from '../schemas.ts';
import {
  approveBatchBody,
  approveBody,
  arbitrationBody,
  decisionsSchema,
  interceptParams as params,
  rejectBatchBody,
  rejectBody,
  rejectReasonsSchema,
} from './schemas.ts';

const tags = ['intercepts'];
const response = { 200: ref('Intercept'), 202: ref('Intercept') };
const COMMAND_PROBLEMS: ProblemCode[] = [
  'NOT_FOUND',
  'ACTION_NOT_ALLOWED',
  'COMMAND_IN_PROGRESS',
  'EVIDENCE_PENDING',
  'AMOUNT_CHANGED',
  'WAYBILL_CHANGED',
  'ACTION_REFUSED_BY_PLATFORM',
  'ENGINE_UNAVAILABLE',
];
const config = { scope: 'intercepts:write', acts: true, problems: COMMAND_PROBLEMS } as const;

/** The merchant's decisions (R26, R31) and what cannot be decided (R27). */
export const commandRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'POST',
    url: '/intercepts/:interceptId/approve-refund',
    schema: { tags, summary: '同意退款', params, body: approveBody, response },
    config: { ...config, operation: 'approveRefund' },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      const command = { kind: 'APPROVE', actor, agreedFen: request.body.refundFeeFen ?? null } as const;
      const { status, intercept } = await commandIntercept(deps, shopId, request.params.interceptId, command);
      return reply.code(status).send(intercept);
    },
  });

  app.route({
    method: 'POST',
    url: '/intercepts/:interceptId/reject-refund',
    schema: { tags, summary: '拒绝退款', params, body: rejectBody, response },
    config: { ...config, operation: 'rejectRefund' },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      const { reason, description = '', images = [] } = request.body;
      const { status, intercept } = await commandIntercept(deps, shopId, request.params.interceptId, {
        kind: 'REJECT',
        actor,
        reason,
        description,
        images,
      });
      return reply.code(status).send(intercept);
    },
  });

  app.route({
    method: 'POST',
    url: '/intercepts/batch/approve-refund',
    schema: { tags, summary: '批量同意退款（1–20 单，互不影响）', body: approveBatchBody, response: { 200: decisionsSchema } },
    config: { operation: 'approveRefundBatch', scope: 'intercepts:write', acts: true },
    handler: async (request) => {
      const { shopId, actor } = callerOfRequest(request);
      const commands = request.body.items.map(({ interceptId, refundFeeFen }) => {
        return { interceptId, command: { kind: 'APPROVE', actor, agreedFen: refundFeeFen } as const };
      });
      return { results: await decideBatch(deps, shopId, commands, { requestId: request.id, language: languageOf(request) }) };
    },
  });

  app.route({
    method: 'POST',
    url: '/intercepts/batch/reject-refund',
    schema: { tags, summary: '批量拒绝退款（1–20 单，同一原因，互不影响）', body: rejectBatchBody, response: { 200: decisionsSchema } },
    config: { operation: 'rejectRefundBatch', scope: 'intercepts:write', acts: true },
    handler: async (request) => {
      const { shopId, actor } = callerOfRequest(request);
      const { interceptIds, reason, description = '', images = [] } = request.body;
      const command = { kind: 'REJECT', actor, reason, description, images } as const;
      const commands = interceptIds.map((interceptId) => ({ interceptId, command }));
      return { results: await decideBatch(deps, shopId, commands, { requestId: request.id, language: languageOf(request) }) };
    },
  });

  app.route({
    method: 'POST',
    url: '/intercepts/:interceptId/request-arbitration',
    schema: { tags, summary: '申请平台介入', params, body: arbitrationBody, response },
    config: { ...config, operation: 'requestArbitration' },
    handler: async (request, reply) => {
      const { shopId, actor } = callerOfRequest(request);
      const { description, pictures = [] } = request.body;
      const { status, intercept } = await commandIntercept(deps, shopId, request.params.interceptId, {
        kind: 'ARBITRATE',
        actor,
        description,
        pictures,
      });
      return reply.code(status).send(intercept);
    },
  });

  app.route({
    method: 'GET',
    url: '/intercepts/:interceptId/reject-reasons',
    schema: { tags, summary: '平台允许的拒绝原因', params, response: { 200: rejectReasonsSchema } },
    config: { operation: 'listRejectReasons', scope: 'intercepts:read', problems: ['NOT_FOUND', 'PLATFORM_UNAVAILABLE'] },
    handler: async (request) => {
      const { state, shopId } = await requireIntercept(deps, callerOfRequest(request).shopId, request.params.interceptId);
      return { items: await deps.platform.listRejectReasons(shopId, state.input.refundId) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/intercepts/:interceptId',
    schema: { tags, summary: '拦截不能撤销：总是 409', params, response: { 409: ref('Problem') } },
    config: { operation: 'deleteIntercept', scope: 'intercepts:write', problems: ['NOT_FOUND', 'INTERCEPT_IRREVOCABLE'] },
    handler: async (request) => {
      await requireIntercept(deps, callerOfRequest(request).shopId, request.params.interceptId);
      throw problem('INTERCEPT_IRREVOCABLE');
    },
  });
};
