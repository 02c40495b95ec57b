import { Type } from 'typebox';
import { CLAIM_CHANNEL_TEXT, CLAIM_KIND_TEXT, CLAIM_STATUS_TEXT } from '../../../domain/claim/claim.ts';
import {
  amountFenSchema,
  carrierSchema,
  closed,
  instantSchema,
  interceptIdSchema,
  listOf,
  nullable,
  outletCodeSchema,
  pageQuery,
  text,
  waybillNoSchema,
  words,
} from '../schemas.ts';
import { fileIdSchema } from '../files/schemas.ts';

const claimIdSchema = Type.String({
  pattern: '^[A-Za-z0-9_]{1,64}$',
  description: '索赔单号',
  examples: ['claim_0f8fad5bd9cb469fa16570867728950e'],
});
const kindSchema = words(CLAIM_KIND_TEXT);
const statusSchema = words(CLAIM_STATUS_TEXT);
const phoneSchema = Type.String({
  pattern: '^\\+?[0-9][0-9 -]{5,19}$',
  maxLength: 21,
  description: '联系电话，须保持畅通',
  examples: ['13800001234'],
});

const goodsSchema = closed({
  name: text(100, { description: '物品名称', examples: ['连衣裙'] }),
  quantity: Type.Integer({ minimum: 1, maximum: 100_000, examples: [1] }),
  specification: Type.String({ maxLength: 200, description: '规格', examples: ['红色 M'] }),
  valueFen: Type.Integer({ minimum: 1, maximum: 100_000_000, description: '该物品货值合计（分）', examples: [12_900] }),
});
const claimedFenSchema = Type.Integer({
  minimum: 1,
  maximum: 5_000_000_000,
  description: '索赔金额（分），不高于货值合计',
  examples: [12_900],
});

export const claimSchema = closed(
  {
    claimId: claimIdSchema,
    interceptId: interceptIdSchema,
    shopId: Type.String({ examples: ['2788410001'] }),
    carrier: carrierSchema,
    outletCode: Type.String({ examples: ['75500'] }),
    outletName: Type.String({ examples: ['深圳宝安福永网点'] }),
    waybillNo: Type.String({ examples: ['75312345678901'] }),
    kind: kindSchema,
    status: statusSchema,
    nextStatuses: Type.Array(statusSchema, {
      description: '现在可以变为的状态；含 WITHDRAWN 时可以撤回，其余可以录入',
      examples: [['ACCEPTED', 'ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN']],
    }),
    channel: words(CLAIM_CHANNEL_TEXT),
    contactPhone: Type.String({ description: '联系电话，只显示首尾几位；索赔单上是完整的；清除后为空', examples: ['138****1234'] }),
    goods: Type.Array(goodsSchema),
    goodsValueFen: amountFenSchema,
    claimedFen: claimedFenSchema,
    awardedFen: nullable(amountFenSchema),
    description: Type.String(),
    evidence: Type.Array(fileIdSchema),
    carrierReference: nullable(Type.String({ description: '快递工单号' })),
    carrierRefusal: nullable(
      closed({ code: nullable(Type.String()), message: Type.String() }, { description: '快递未受理工单的原文；改以索赔单处理' }),
    ),
    verdictMissing: Type.Boolean({ description: '快递已完结工单但未写明结果，请录入' }),
    note: nullable(Type.String({ description: '最近一次答复的原文' })),
    openedBy: Type.String(),
    version: Type.Integer({ minimum: 1 }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  },
  { $id: 'Claim', description: '索赔' },
);

export const claimEventsSchema = listOf(
  closed({
    at: instantSchema,
    actorKind: words({ MERCHANT: '商家', CARRIER: '快递', CLOCK: '时限', SYSTEM: '系统' }),
    actor: Type.String(),
    what: Type.String({ examples: ['CLAIM_SUBMITTED'] }),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
  }),
);

export const claimParams = closed({ claimId: claimIdSchema });
export const interceptClaimParams = closed({ interceptId: interceptIdSchema });

export const openClaimBody = closed(
  {
    kind: kindSchema,
    contactPhone: phoneSchema,
    goods: Type.Array(goodsSchema, { minItems: 1, maxItems: 50 }),
    claimedFen: claimedFenSchema,
    description: text(1_000, { examples: ['退回时外包装破损，衣物污损无法再售'] }),
    evidence: Type.Optional(Type.Array(fileIdSchema, { maxItems: 10, uniqueItems: true, description: '证据文件；破损索赔至少一个' })),
  },
  {
    examples: [
      {
        kind: 'DAMAGE',
        contactPhone: '13800001234',
        goods: [{ name: '连衣裙', quantity: 1, specification: '红色 M', valueFen: 12_900 }],
        claimedFen: 12_900,
        description: '退回时外包装破损，衣物污损无法再售',
        evidence: ['file_0f8fad5bd9cb469fa16570867728950e'],
      },
    ],
  },
);

export const claimsQuery = closed({
  ...pageQuery,
  interceptId: Type.Optional(interceptIdSchema),
  status: Type.Optional(statusSchema),
  kind: Type.Optional(kindSchema),
  carrier: Type.Optional(carrierSchema),
  outletCode: Type.Optional(outletCodeSchema),
  waybillNo: Type.Optional(waybillNoSchema),
  createdFrom: Type.Optional(instantSchema),
  createdTo: Type.Optional(instantSchema),
  workList: Type.Optional(words({ CLAIMING: '索赔中：尚无结果' })),
});

export const withdrawClaimBody = closed(
  { reason: Type.Optional(text(500, { description: '撤回原因', examples: ['已与网点协商解决'] })) },
  { examples: [{ reason: '已与网点协商解决' }] },
);

export const claimProgressBody = closed(
  {
    status: words({ ACCEPTED: '已受理', ARBITRATING: '仲裁中', UPHELD: '同意赔付', DISMISSED: '驳回' }),
    upheldFen: Type.Optional(Type.Unsafe<number>({ ...amountFenSchema, description: '赔付金额（分）；仅当 UPHELD，且不高于索赔金额' })),
    note: Type.Optional(text(1_000, { description: '网点或快递的答复', examples: ['网点来电同意赔付'] })),
  },
  { examples: [{ status: 'UPHELD', upheldFen: 10_000, note: '网点来电同意赔付' }] },
);
