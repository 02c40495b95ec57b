import { Type } from 'typebox';
import type { ToldEvent } from '../../../domain/intercept/event.ts';
import { closed, instantSchema, nullable, pageQuery, words } from '../schemas.ts';

/** Every event a shop may ask for, by its Chinese name. */
export const EVENT_WORDS: Record<ToldEvent, string> = {
  'intercept.requested': '已发起拦截',
  'intercept.accepted': '快递已受理',
  'intercept.refused': '快递拒绝拦截',
  'intercept.succeeded': '拦截成功',
  'intercept.failed': '拦截失败',
  'refund.reject_unlocked': '可拒绝退款',
  'refund.deadline_near': '临近自动退款（24 小时、2 小时前，或按店铺设定）',
  'refund.refunded': '已退款',
  'refund.rejected': '已拒绝退款',
  'refund.arbitration_requested': '平台介入',
  'refund.closed': '退款关闭',
  'return.returning': '退回途中',
  'return.signed': '退回签收',
  'return.failed': '退回异常',
  'subscription.reviewed': '网点审核了订购',
  'claim.updated': '索赔有进展',
};
const eventTypeSchema = words(EVENT_WORDS);
const anyTypeSchema = words({ ...EVENT_WORDS, 'webhook.test': '测试消息' });

const FAILURE_WORDS = '不再重试的原因，或最近一次失败的原因，如 GONE、SCHEDULE_EXHAUSTED、ENDPOINT_DISABLED、HTTP_500、TIMEOUT';

const endpointFields = {
  endpointId: Type.String({ examples: ['whe_3f2a9c'] }),
  url: Type.String({ examples: ['https://erp.example.com/hooks/refund-intercept'] }),
  types: Type.Array(eventTypeSchema),
  enabled: Type.Boolean(),
  disabledReason: nullable(words({ GONE: '对方答复 410，不再接收', FAILING: '三天多一直投递失败' })),
  failingSince: nullable(instantSchema),
  createdAt: instantSchema,
};
const ENDPOINT_EXAMPLE = {
  endpointId: 'whe_3f2a9c',
  url: 'https://erp.example.com/hooks/refund-intercept',
  types: ['intercept.succeeded', 'intercept.failed', 'refund.refunded'],
  enabled: true,
  disabledReason: null,
  failingSince: null,
  createdAt: '2026-11-20T08:30:00.000Z',
};

export const webhookEndpointSchema = closed(endpointFields, {
  $id: 'WebhookEndpoint',
  description: '接收事件推送的地址',
  examples: [ENDPOINT_EXAMPLE],
});

const secret = Type.String({
  description: 'Standard Webhooks 签名密钥；只显示这一次，请妥善保存',
  examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
});
export const newWebhookEndpointSchema = closed(
  { ...endpointFields, secret },
  {
    $id: 'NewWebhookEndpoint',
    description: '推送地址及其密钥',
    examples: [{ ...ENDPOINT_EXAMPLE, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
  },
);

export const webhookDeliverySchema = closed(
  {
    deliveryId: Type.String({ examples: ['dlv_77ab01'] }),
    endpointId: Type.String({ examples: ['whe_3f2a9c'] }),
    messageId: Type.String({ description: '每次投递的 webhook-id，请据此去重', examples: ['msg_5c0d'] }),
    type: anyTypeSchema,
    status: words({ PENDING: '投递中', DELIVERED: '已送达', FAILED: '未送达' }),
    failure: nullable(Type.String({ description: FAILURE_WORDS })),
    createdAt: instantSchema,
    nextAttemptAt: nullable(instantSchema),
    settledAt: nullable(instantSchema),
    body: Type.String({ description: '请求体原文' }),
    attempts: Type.Array(
      closed({
        attempt: Type.Integer({ minimum: 1 }),
        at: instantSchema,
        durationMs: Type.Integer({ minimum: 0 }),
        responseStatus: nullable(Type.Integer()),
        error: nullable(Type.String({ description: '失败的原因，如 HTTP_500、TIMEOUT、CONNECTION_REFUSED、TARGET_NOT_PUBLIC' })),
      }),
    ),
  },
  { $id: 'WebhookDelivery', description: '一个事件对一个地址的投递' },
);

export const registerEndpointBody = closed(
  {
    url: Type.String({ minLength: 1, maxLength: 2_000, description: '公网 https 地址，443 端口，不跟随重定向' }),
    types: Type.Array(eventTypeSchema, {
      minItems: 1,
      maxItems: Object.keys(EVENT_WORDS).length,
      uniqueItems: true,
      description: '要接收的事件',
    }),
  },
  { examples: [{ url: ENDPOINT_EXAMPLE.url, types: ENDPOINT_EXAMPLE.types }] },
);

const endpointIdSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });
export const endpointParams = closed({ endpointId: endpointIdSchema });
export const deliveryParams = closed({ endpointId: endpointIdSchema, deliveryId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });

export const endpointsQuery = closed(pageQuery);
export const deliveriesQuery = closed({
  ...pageQuery,
  status: Type.Optional(words({ PENDING: '投递中', DELIVERED: '已送达', FAILED: '未送达' })),
  type: Type.Optional(anyTypeSchema),
});

export const replayBody = closed(
  { from: instantSchema, to: Type.Optional(instantSchema) },
  { examples: [{ from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }] },
);
export const replayAnswer = closed({
  count: Type.Integer({ minimum: 0, description: '重新投递的事件数' }),
  more: Type.Boolean({ description: '为 true 时请以同样的范围再次调用' }),
});
