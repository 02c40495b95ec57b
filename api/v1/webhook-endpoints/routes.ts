import { Type } from 'typebox';
import { type EpochMs, toRfc3339 } from '../../../domain/time.ts';
import { listDeliveries, type LoggedDelivery } from '../../../store/webhook-delivery-log.ts';
import { deleteEndpoint, listEndpoints, type WebhookEndpoint } from '../../../store/webhook-endpoints.ts';
import { instantOf, requireInstant } from '../../http/instant.ts';
import { deliveryDepsOf } from '../../outgoing/delivery-deps.ts';
import {
  enable,
  type NewlySecret,
  redeliver,
  registerEndpoint,
  replay,
  requireEndpoint,
  rotateSecret,
  sendTest,
} from '../../outgoing/manage-endpoints.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import { problem } from '../../problems/problem.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import {
  deliveriesQuery,
  deliveryParams,
  endpointParams,
  endpointsQuery,
  registerEndpointBody,
  replayAnswer,
  replayBody,
} from './schemas.ts';

const tags = ['webhooks'];
const scope = 'webhooks:write';
const endpoint = ref('WebhookEndpoint');
const newEndpoint = ref('NewWebhookEndpoint');
const delivery = ref('WebhookDelivery');

const instantOrNull = (at: EpochMs | null) => (at === null ? null : toRfc3339(at));

function viewEndpoint({ endpointId, url, types, enabled, disabledReason, failingSince, createdAt }: WebhookEndpoint) {
  return { endpointId, url, types, enabled, disabledReason, failingSince: instantOrNull(failingSince), createdAt: toRfc3339(createdAt) };
}

const viewNewEndpoint = ({ endpoint, secret }: NewlySecret) => ({ ...viewEndpoint(endpoint), secret });

function viewDelivery(logged: LoggedDelivery) {
  const { deliveryId, endpointId, messageId, type, status, failure, body } = logged;
  return {
    deliveryId,
    endpointId,
    messageId,
    type,
    status,
    failure,
    createdAt: toRfc3339(logged.createdAt),
    nextAttemptAt: instantOrNull(logged.nextAttemptAt),
    settledAt: instantOrNull(logged.settledAt),
    body,
    attempts: logged.attempts.map((attempt) => ({ ...attempt, at: toRfc3339(attempt.at) })),
  };
}

/** Where a shop's own systems are told, and how that went (contract §3.4). */
export const webhookEndpointRoutes: V1Routes = async (app, { deps }) => {
  const outgoing = deliveryDepsOf(deps);
  if (deps.webhookSender === undefined) app.addHook('onClose', () => outgoing.sender.close());

  app.route({
    method: 'POST',
    url: '/webhook-endpoints',
    schema: { tags, summary: '登记推送地址（密钥只显示一次）', body: registerEndpointBody, response: { 201: newEndpoint } },
    config: {
      operation: 'createWebhookEndpoint',
      scope,
      acts: true,
      secretAnswer: true,
      problems: ['WEBHOOK_URL_REFUSED', 'WEBHOOK_ENDPOINT_LIMIT'],
    },
    handler: async (request, reply) => {
      const made = await registerEndpoint(outgoing, callerOfRequest(request).shopId, request.body);
      return reply.code(201).header('location', `/v1/webhook-endpoints/${made.endpoint.endpointId}`).send(viewNewEndpoint(made));
    },
  });

  app.route({
    method: 'GET',
    url: '/webhook-endpoints',
    schema: { tags, summary: '推送地址，最新在前', querystring: endpointsQuery, response: { 200: listOf(endpoint) } },
    config: { operation: 'listWebhookEndpoints', scope, problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { items, nextCursor } = await listEndpoints(deps.db, callerOfRequest(request).shopId, pageOf(request.query));
      return { items: items.map(viewEndpoint), nextCursor };
    },
  });

  app.route({
    method: 'GET',
    url: '/webhook-endpoints/:endpointId',
    schema: { tags, summary: '一个推送地址', params: endpointParams, response: { 200: endpoint } },
    config: { operation: 'getWebhookEndpoint', scope, problems: ['NOT_FOUND'] },
    handler: async (request) => viewEndpoint(await requireEndpoint(outgoing, callerOfRequest(request).shopId, request.params.endpointId)),
  });

  app.route({
    method: 'DELETE',
    url: '/webhook-endpoints/:endpointId',
    schema: {
      tags,
      summary: '删除推送地址（未送达的不再投递）',
      params: endpointParams,
      response: { 204: Type.Null({ description: '已删除' }) },
    },
    config: { operation: 'deleteWebhookEndpoint', scope, problems: ['NOT_FOUND'] },
    handler: async (request, reply) => {
      if (!(await deleteEndpoint(deps.db, callerOfRequest(request).shopId, request.params.endpointId))) throw problem('NOT_FOUND');
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/webhook-endpoints/:endpointId/rotate-secret',
    schema: { tags, summary: '更换密钥（旧密钥在 24 小时内与新密钥同时签名）', params: endpointParams, response: { 200: newEndpoint } },
    config: { operation: 'rotateWebhookSecret', scope, acts: true, secretAnswer: true, problems: ['NOT_FOUND'] },
    handler: async (request) => viewNewEndpoint(await rotateSecret(outgoing, callerOfRequest(request).shopId, request.params.endpointId)),
  });

  app.route({
    method: 'POST',
    url: '/webhook-endpoints/:endpointId/enable',
    schema: { tags, summary: '重新启用（停用期间的事件用 replay 补投）', params: endpointParams, response: { 200: endpoint } },
    config: { operation: 'enableWebhookEndpoint', scope, acts: true, problems: ['NOT_FOUND'] },
    handler: async (request) => viewEndpoint(await enable(outgoing, callerOfRequest(request).shopId, request.params.endpointId)),
  });

  app.route({
    method: 'POST',
    url: '/webhook-endpoints/:endpointId/test',
    schema: { tags, summary: '立即发送一条测试消息，返回投递结果', params: endpointParams, response: { 200: delivery } },
    config: { operation: 'testWebhookEndpoint', scope, acts: true, problems: ['NOT_FOUND'] },
    handler: async (request) => viewDelivery(await sendTest(outgoing, callerOfRequest(request).shopId, request.params.endpointId)),
  });

  app.route({
    method: 'GET',
    url: '/webhook-endpoints/:endpointId/deliveries',
    schema: {
      tags,
      summary: '投递记录，最新在前',
      params: endpointParams,
      querystring: deliveriesQuery,
      response: { 200: listOf(delivery) },
    },
    config: { operation: 'listWebhookDeliveries', scope, problems: ['NOT_FOUND', 'INVALID_CURSOR'] },
    handler: async (request) => {
      const { shopId } = callerOfRequest(request);
      const { endpointId } = await requireEndpoint(outgoing, shopId, request.params.endpointId);
      const { status, type } = request.query;
      const { items, nextCursor } = await listDeliveries(deps.db, { shopId, endpointId, status, type }, pageOf(request.query));
      return { items: items.map(viewDelivery), nextCursor };
    },
  });

  app.route({
    method: 'POST',
    url: '/webhook-endpoints/:endpointId/deliveries/:deliveryId/redeliver',
    schema: { tags, summary: '立即再投递一次（webhook-id 不变），返回投递结果', params: deliveryParams, response: { 200: delivery } },
    config: { operation: 'redeliverWebhook', scope, acts: true, problems: ['NOT_FOUND'] },
    handler: async (request) => {
      const { endpointId, deliveryId } = request.params;
      return viewDelivery(await redeliver(outgoing, callerOfRequest(request).shopId, endpointId, deliveryId));
    },
  });

  app.route({
    method: 'POST',
    url: '/webhook-endpoints/:endpointId/replay',
    schema: { tags, summary: '补投一段时间内未送达的事件', params: endpointParams, body: replayBody, response: { 200: replayAnswer } },
    config: { operation: 'replayWebhookEvents', scope, acts: true, problems: ['NOT_FOUND', 'WEBHOOK_ENDPOINT_DISABLED'] },
    handler: async (request) => {
      const range = { from: requireInstant(request.body.from), to: instantOf(request.body.to) ?? null };
      return replay(outgoing, callerOfRequest(request).shopId, request.params.endpointId, range);
    },
  });
};
