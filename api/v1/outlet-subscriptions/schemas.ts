import { Type } from 'typebox';
import { RETURN_TO_TEXT } from '../../../domain/intercept/return-to.ts';
import type { OutletAction } from '../../outlets/subscription-view.ts';
import { carrierSchema, closed, feeFenSchema, instantSchema, nullable, outletCodeSchema, pageQuery, text, words } from '../schemas.ts';

export const subscriptionStatusSchema = words({ PENDING: '审核中', ACTIVE: '已生效', REJECTED: '已驳回', CLOSED: '已关闭' });

const subscriptionFields = {
  subscriptionId: Type.String({ examples: ['sub_3f2a…'] }),
  carrier: carrierSchema,
  outletCode: Type.String({ examples: ['75500'] }),
  outletName: Type.String({ examples: ['深圳宝安福永网点'] }),
  status: subscriptionStatusSchema,
  source: words({ MERCHANT: '商家订购', DEFAULT: '默认开通' }),
  reason: nullable(Type.String({ description: '网点驳回的原因' })),
  createdAt: instantSchema,
  remindedAt: nullable(instantSchema),
};

export const subscriptionSchema = closed(subscriptionFields, { $id: 'OutletSubscription', description: '网点订购' });

export const outletSchema = closed(
  {
    carrier: carrierSchema,
    outletCode: subscriptionFields.outletCode,
    outletName: subscriptionFields.outletName,
    subscription: nullable(
      closed({
        ...subscriptionFields,
        subscriptionId: nullable(Type.String({ description: '默认开通而未单独订购时为 null' })),
        createdAt: nullable(instantSchema),
      }),
    ),
    feeFen: nullable(Type.Unsafe<number>({ ...feeFenSchema, description: '现行拦截费（分）；未议定时为 null' })),
    returnsTo: Type.Array(words(RETURN_TO_TEXT), { description: '该快递支持的退回方式', examples: [['SENDER']] }),
    allowedActions: Type.Array(words<OutletAction>({ SUBSCRIBE: '订购', REMIND: '催促', UNSUBSCRIBE: '退订' }), {
      description: '现在可以做的操作',
      examples: [['SUBSCRIBE']],
    }),
  },
  { $id: 'Outlet', description: '电子面单合作网点及其订购' },
);

export const subscribeBody = closed(
  { carrier: carrierSchema, outletCode: outletCodeSchema },
  { examples: [{ carrier: 'ZTO', outletCode: '75500' }] },
);

export const subscriptionParams = closed({ subscriptionId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });

export const subscriptionsQuery = closed({
  ...pageQuery,
  carrier: Type.Optional(carrierSchema),
  status: Type.Optional(subscriptionStatusSchema),
});

export const reviewBody = closed(
  {
    decision: words({ APPROVE: '通过', REJECT: '驳回' }),
    reason: Type.Optional(text(500, { description: '驳回的原因', examples: ['网点暂不提供拦截服务'] })),
  },
  { examples: [{ decision: 'REJECT', reason: '网点暂不提供拦截服务' }] },
);
