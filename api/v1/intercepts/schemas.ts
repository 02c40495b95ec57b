import { Type } from 'typebox';
import { BLOCKING_REASONS, WARNINGS, WORDS } from '../../../domain/eligibility/reason.ts';
import type { Proposal } from '../../../domain/decisions/propose.ts';
import type { ActionName, ActionRefusal } from '../../../domain/intercept/action.ts';
import { RETURN_TO_TEXT } from '../../../domain/intercept/return-to.ts';
import { REFUND_TEXT, RETURN_FAILURE_TEXT, RETURN_TEXT } from '../../../domain/intercept/narrative.ts';
import { type AutomaticRefund, type ForeignReason, NOTICES, type RefundCause } from '../../../domain/intercept/state.ts';
import type { WorkList } from '../../../store/work-list.ts';
import { TRACK_EVENTS, type TrackSource } from '../../../domain/track.ts';
import type { ShownIntercept } from '../../intercepts/read-intercept.ts';
import { proposalSchema } from '../decision-settings/schemas.ts';
import { outletPriceSchema } from '../outlet-prices/schemas.ts';
import { outletSchema, subscriptionSchema } from '../outlet-subscriptions/schemas.ts';
import { refundSchema } from '../refunds/schemas.ts';
import {
  amountFenSchema,
  carrierSchema,
  closed,
  feeFenSchema,
  instantSchema,
  interceptIdSchema,
  interceptStatusSchema,
  listOf,
  nullable,
  outletCodeSchema,
  pageQuery,
  ref,
  refundIdSchema,
  text,
  waybillNoSchema,
  words,
} from '../schemas.ts';
import { serviceSchema } from '../service/schemas.ts';

export const refundStatusSchema = words(REFUND_TEXT);
export const returnStatusSchema = words(RETURN_TEXT);
const refundCauseSchema = words<RefundCause>({
  MANUAL_APPROVAL: '商家同意',
  INTERCEPT_SUCCEEDED: '拦截成功',
  DEADLINE_PASSED: '超时',
  ARBITRATION: '平台仲裁',
  BUYER_WITHDREW: '买家撤销',
  SETTLED_ELSEWHERE: '在平台后台处理',
});
const automaticRefundSchema = words<AutomaticRefund>({ ARMED: '到期自动退款', SUSPENDED: '仲裁中暂停', DISARMED: '只由商家决定' });
const actionSchema = words<ActionName>({
  APPROVE_REFUND: '同意退款',
  REJECT_REFUND: '拒绝退款',
  REQUEST_ARBITRATION: '申请平台介入',
  OPEN_CLAIM: '发起索赔',
});
const actionRefusalSchema = words<ActionRefusal>({
  REJECT_LOCKED: '尚不能拒绝',
  REFUND_NOT_OPEN: '退款不在待处理状态',
  UNDER_ARBITRATION: '平台仲裁中',
  NOT_SUCCEEDED: '拦截未成功',
});
const RETURNS = 'SENDER 退回寄件人地址；OUTLET 退回收件网点，到网点自取；ADDRESS 退回店铺保存的退货地址';
const returnToSchema = (note: string) => Type.Optional(words(RETURN_TO_TEXT, { description: `${RETURNS}。${note}` }));
const foreignReason = closed(
  { code: nullable(Type.String()), message: Type.String() },
  { description: '快递或平台的原文，其中的电话与姓名已隐去' },
);

export const interceptSchema = closed(
  {
    interceptId: interceptIdSchema,
    refundId: refundIdSchema,
    orderId: Type.String({ examples: ['2260718200000099'] }),
    shopId: Type.String({ examples: ['2788410001'] }),
    waybillNo: Type.String({ examples: ['75312345678901'] }),
    carrier: carrierSchema,
    outletCode: Type.String({ examples: ['75500'] }),
    outletName: Type.String({ examples: ['深圳宝安福永网点'] }),
    attempt: Type.Integer({ minimum: 1, description: '第几次拦截' }),
    refundFeeFen: amountFenSchema,
    feeFen: nullable(feeFenSchema),
    initiatedAt: instantSchema,
    initiatedBy: Type.String(),
    rejectUnlockAt: Type.Unsafe<string>({ ...instantSchema, description: '无结果时从此刻起可拒绝退款' }),
    autoRefundAt: Type.Unsafe<string>({ ...instantSchema, description: '未处理时在此刻自动退款' }),
    automaticRefund: automaticRefundSchema,
    platformExpireAt: nullable(instantSchema),
    interceptStatus: interceptStatusSchema,
    refundStatus: refundStatusSchema,
    refundCause: nullable(refundCauseSchema),
    returnTo: returnToSchema('向快递要求的；快递称已有拦截时，以那一次为准'),
    returnAddressVersion: Type.Optional(Type.Integer({ minimum: 1, description: '退回指定地址时：发起时店铺退货地址的版本' })),
    returnStatus: nullable(returnStatusSchema),
    returnFailure: nullable(words(RETURN_FAILURE_TEXT)),
    carrierReference: nullable(Type.String()),
    carrierRefusal: nullable(foreignReason),
    failure: nullable(foreignReason),
    platformRefusal: Type.Unsafe<ForeignReason | null>({ ...nullable(foreignReason), description: '平台为何没有执行上一次操作，原文' }),
    allowedActions: Type.Array(
      closed({
        action: actionSchema,
        allowed: Type.Boolean(),
        reason: nullable(actionRefusalSchema),
        availableAt: nullable(instantSchema),
      }),
    ),
    notices: Type.Array(Type.Unsafe<string>({ type: 'string', enum: [...NOTICES] })),
    version: Type.Integer({ minimum: 0 }),
    updatedAt: instantSchema,
    source: words({ workflow: '实时', record: '最近一次记录' }),
    proposal: Type.Optional(
      Type.Unsafe<Proposal | null>({ ...nullable(proposalSchema), description: '按店铺设置的建议，只供人参考；查询与列表中给出' }),
    ),
    escalation: Type.Optional(
      Type.Unsafe<ShownIntercept['escalation']>({
        ...nullable(closed({ staffName: Type.String(), at: instantSchema })),
        description: '因无人处理已上报给谁；查询与列表中给出',
      }),
    ),
  },
  { $id: 'Intercept', description: '一次拦截及其退款、退回' },
);

const findings = (codes: readonly (keyof typeof WORDS)[]) =>
  Type.Array(
    closed({
      code: words(Object.fromEntries(codes.map((code) => [code, WORDS[code][0]]))),
      message: Type.String(),
      carrierCode: Type.Optional(Type.String({ description: '快递的原始代码' })),
    }),
  );

export const previewSchema = closed(
  {
    eligible: Type.Boolean(),
    reasons: findings(BLOCKING_REASONS),
    warnings: findings(WARNINGS),
    expectedFeeFen: nullable(feeFenSchema),
    refund: closed({
      refundId: refundIdSchema,
      orderId: Type.String(),
      refundFeeFen: Type.Integer({ minimum: 0 }),
      platformExpireAt: nullable(instantSchema),
    }),
    parcel: closed({
      waybillNo: nullable(Type.String()),
      carrier: nullable(carrierSchema),
      outletCode: nullable(Type.String()),
      outletName: nullable(Type.String()),
    }),
    returnsTo: Type.Array(words(RETURN_TO_TEXT, { description: RETURNS }), { description: '可选的退回方式；快递不支持时为空' }),
    lastTrackEvent: nullable(
      closed({
        event: Type.Unsafe<string>({ type: 'string', enum: [...TRACK_EVENTS] }),
        occurredAt: instantSchema,
        outletCode: nullable(Type.String()),
        outletName: nullable(Type.String()),
        text: Type.String(),
      }),
    ),
  },
  { $id: 'InterceptPreview', description: '能否拦截，以及全部原因' },
);

export const trackSchema = closed({
  items: Type.Array(
    closed({
      event: Type.Unsafe<string>({ type: 'string', enum: [...TRACK_EVENTS] }),
      occurredAt: instantSchema,
      receivedAt: instantSchema,
      outletCode: nullable(Type.String()),
      outletName: nullable(Type.String()),
      text: Type.String({ description: '快递原文，其中的电话与姓名已隐去' }),
      source: words<TrackSource>({ PUSH: '快递推送', QUERY: '主动查询', RESULT: '结果推送' }),
      raw: Type.Unknown({ description: '快递的原始记录；案件结束并过了保存期后为 null' }),
    }),
  ),
});

const axes = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]));
export const eventsSchema = listOf(
  closed({
    at: instantSchema,
    actorKind: words({ MERCHANT: '商家', CARRIER: '快递', PLATFORM: '平台', CLOCK: '时限', SYSTEM: '系统' }),
    actor: Type.String(),
    what: Type.String({ examples: ['INTERCEPT_INITIATED'] }),
    before: axes,
    after: axes,
    reference: nullable(Type.String({ description: '外部依据：事件、平台版本或快递代码' })),
  }),
);

export const batchSchema = closed({
  results: Type.Array(
    closed({
      refundId: refundIdSchema,
      outcome: words({ CREATED: '已发起', EXISTING: '已有', INELIGIBLE: '不符合条件', FAILED: '未成功，可重试或按 problem 处理' }),
      intercept: Type.Optional(ref('Intercept')),
      problem: Type.Optional(ref('Problem')),
    }),
  ),
});

export const rejectReasonsSchema = closed({
  items: Type.Array(
    closed({
      reason: Type.String({ examples: ['101'] }),
      text: Type.String(),
      descriptionRequired: Type.Boolean(),
      imageRequired: Type.Boolean(),
    }),
  ),
});

/** Every schema that routes name by `ref`. */
export const sharedSchemas = [
  interceptSchema,
  previewSchema,
  refundSchema,
  serviceSchema,
  outletSchema,
  subscriptionSchema,
  outletPriceSchema,
];

const acknowledge = Type.Array(words(Object.fromEntries(WARNINGS.map((code) => [code, WORDS[code][0]]))), {
  maxItems: 10,
  description: '已知悉的提醒',
});
const confirm = Type.Boolean({ description: '商家已确认；必须为 true', examples: [true] });
const images = (maxItems: number) => Type.Array(Type.String({ format: 'uri', pattern: '^https?://', maxLength: 1_000 }), { maxItems });

export const previewBody = closed({ refundId: refundIdSchema }, { examples: [{ refundId: '2260718200000012' }] });
const returnTo = returnToSchema('预检的 returnsTo 之一；不写时退回寄件人，同一包裹已有拦截时与其相同');
export const createBody = closed(
  { refundId: refundIdSchema, confirm: Type.Optional(confirm), acknowledge: Type.Optional(acknowledge), returnTo },
  { examples: [{ refundId: '2260718200000012', confirm: true }] },
);
export const batchBody = closed(
  {
    items: Type.Array(closed({ refundId: refundIdSchema, acknowledge: Type.Optional(acknowledge), returnTo }), {
      minItems: 1,
      maxItems: 20,
    }),
    confirm: Type.Optional(confirm),
  },
  { examples: [{ items: [{ refundId: '2260718200000012' }], confirm: true }] },
);
export const approveBody = closed(
  { refundFeeFen: Type.Optional(amountFenSchema) },
  { examples: [{ refundFeeFen: 12_900 }], description: '不写金额时，最多退拦截发起时的金额' },
);
export const rejectBody = closed(
  {
    reason: Type.String({ pattern: '^\\d{1,10}$', description: '平台的拒绝原因代码', examples: ['101'] }),
    description: Type.Optional(text(500, { examples: ['包裹已由买家签收'] })),
    images: Type.Optional(images(6)),
  },
  { examples: [{ reason: '101', description: '包裹已由买家签收' }] },
);
const MOST_DECISIONS = 20;
/** Each names its amount: what is agreed to in a list is what the list showed. */
export const approveBatchBody = closed(
  {
    items: Type.Array(closed({ interceptId: interceptIdSchema, refundFeeFen: amountFenSchema }), { minItems: 1, maxItems: MOST_DECISIONS }),
  },
  { examples: [{ items: [{ interceptId: '2260718200000012-1', refundFeeFen: 12_900 }] }] },
);
export const rejectBatchBody = closed(
  {
    interceptIds: Type.Array(interceptIdSchema, { minItems: 1, maxItems: MOST_DECISIONS, uniqueItems: true }),
    reason: Type.String({ pattern: '^\\d{1,10}$', description: '平台的拒绝原因代码', examples: ['101'] }),
    description: Type.Optional(text(500)),
    images: Type.Optional(images(6)),
  },
  { examples: [{ interceptIds: ['2260718200000012-1'], reason: '101' }] },
);
export const decisionsSchema = closed({
  results: Type.Array(
    closed({
      interceptId: interceptIdSchema,
      outcome: words({ DONE: '已完成', TAKEN: '已提交，平台尚未答复', FAILED: '未成功，原因见 problem' }),
      intercept: Type.Optional(ref('Intercept')),
      problem: Type.Optional(ref('Problem')),
    }),
  ),
});
export const arbitrationBody = closed(
  { description: text(500, { examples: ['买家已签收但仍申请仅退款'] }), pictures: Type.Optional(images(3)) },
  { examples: [{ description: '买家已签收但仍申请仅退款' }] },
);

const workListSchema = words<WorkList>({
  TO_HANDLE: '待处理：可以拒绝，或自动退款已停用',
  DUE_WITHIN_24H: '24 小时内自动退款',
  INTERCEPTING: '拦截中：等待快递应答或结果',
  FAILED_TO_HANDLE: '拦截失败，退款未决定',
  REJECTABLE: '现在可以拒绝退款',
  RETURN_TROUBLE: '退回异常（近 90 天发起的）',
});
export const interceptParams = closed({ interceptId: interceptIdSchema });
export const interceptsQuery = closed({
  ...pageQuery,
  interceptStatus: Type.Optional(interceptStatusSchema),
  refundStatus: Type.Optional(refundStatusSchema),
  returnStatus: Type.Optional(returnStatusSchema),
  carrier: Type.Optional(carrierSchema),
  outletCode: Type.Optional(outletCodeSchema),
  waybillNo: Type.Optional(waybillNoSchema),
  refundId: Type.Optional(refundIdSchema),
  orderId: Type.Optional(Type.String({ pattern: '^\\d{1,19}$', description: '平台订单号' })),
  phoneTail: Type.Optional(
    Type.String({ minLength: 4, maxLength: 4, pattern: '^\\d{4}$', description: '买家电话后四位：只查未结束的拦截，且平台须显示过' }),
  ),
  initiatedFrom: Type.Optional(instantSchema),
  initiatedTo: Type.Optional(instantSchema),
  updatedFrom: Type.Optional(instantSchema),
  autoRefundBefore: Type.Optional(instantSchema),
  workList: Type.Optional(workListSchema),
});
