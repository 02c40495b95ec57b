import { listSubscriptions } from '../../../store/outlet-subscriptions.ts';
import { remind, review, subscribe, unsubscribe } from '../../outlets/subscribe.ts';
import { viewSubscription } from '../../outlets/subscription-view.ts';
import { callerOfRequest } from '../../plugins/auth.ts';
import type { V1Routes } from '../v1-routes.ts';
import { listOf, pageOf, ref } from '../schemas.ts';
import { reviewBody, subscribeBody, subscriptionParams, subscriptionsQuery } from './schemas.ts';

const tags = ['outlets'];
const subscription = ref('OutletSubscription');

/** Ordering the service at outlets (R9–R11). */
export const outletSubscriptionRoutes: V1Routes = async (app, { deps }) => {
  app.route({
    method: 'POST',
    url: '/outlet-subscriptions',
    schema: { tags, summary: '订购一个网点的拦截服务', body: subscribeBody, response: { 200: subscription, 201: subscription } },
    config: {
      operation: 'subscribeOutlet',
      scope: 'service:write',
      acts: true,
      problems: ['SERVICE_NOT_OPEN', 'EBILL_NOT_OPENED', 'OUTLET_NOT_COOPERATING', 'PLATFORM_UNAVAILABLE'],
    },
    handler: async (request, reply) => {
      const { created, subscription: present } = await subscribe(deps, callerOfRequest(request).shopId, request.body);
      return reply.code(created ? 201 : 200).send(viewSubscription(present));
    },
  });

  app.route({
    method: 'GET',
    url: '/outlet-subscriptions',
    schema: { tags, summary: '网点订购列表，最新在前', querystring: subscriptionsQuery, response: { 200: listOf(subscription) } },
    config: { operation: 'listOutletSubscriptions', scope: 'intercepts:read', problems: ['INVALID_CURSOR'] },
    handler: async (request) => {
      const { carrier, status } = request.query;
      const { items, nextCursor } = await listSubscriptions(
        deps.db,
        { shopId: callerOfRequest(request).shopId, carrier, status },
        pageOf(request.query),
      );
      return { items: items.map(viewSubscription), nextCursor };
    },
  });

  app.route({
    method: 'POST',
    url: '/outlet-subscriptions/:subscriptionId/remind',
    schema: { tags, summary: '记录一次催办（请自行联系网点）', params: subscriptionParams, response: { 200: subscription } },
    config: {
      operation: 'remindOutletSubscription',
      scope: 'service:write',
      acts: true,
      problems: ['NOT_FOUND', 'SUBSCRIPTION_NOT_PENDING'],
    },
    handler: async (request) => viewSubscription(await remind(deps, callerOfRequest(request).shopId, request.params.subscriptionId)),
  });

  app.route({
    method: 'POST',
    url: '/outlet-subscriptions/:subscriptionId/review',
    schema: { tags, summary: '网点审核订购', params: subscriptionParams, body: reviewBody, response: { 200: subscription } },
    config: {
      operation: 'reviewOutletSubscription',
      scope: 'outlets:review',
      acts: true,
      problems: ['NOT_FOUND', 'SUBSCRIPTION_NOT_PENDING'],
    },
    handler: async (request) => viewSubscription(await review(deps, callerOfRequest(request), request.params.subscriptionId, request.body)),
  });

  app.route({
    method: 'DELETE',
    url: '/outlet-subscriptions/:subscriptionId',
    schema: { tags, summary: '退订', params: subscriptionParams, response: { 200: subscription } },
    config: { operation: 'closeOutletSubscription', scope: 'service:write', problems: ['NOT_FOUND', 'SUBSCRIPTION_BY_DEFAULT'] },
    handler: async (request) => viewSubscription(await unsubscribe(deps, callerOfRequest(request).shopId, request.params.subscriptionId)),
  });
};
