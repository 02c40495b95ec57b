import { type TSchema, Type } from 'typebox';
import { WARNINGS, WORDS } from '../../../domain/eligibility/reason.ts';
import { CONDITIONS, type ConditionVerdict } from '../../../domain/rules/conditions.ts';
import type { JudgementCause, RuleVerdict } from '../../../domain/rules/judge.ts';
import type { RuleAction, TrackStanding } from '../../../domain/rules/rule.ts';
import {
  carrierSchema,
  closed,
  instantSchema,
  interceptIdSchema,
  nullable,
  outletCodeSchema,
  pageQuery,
  ref,
  refundIdSchema,
  text,
  words,
} from '../schemas.ts';

const MOST_RULES = 50;
const MOST_WORDS = 50;
const LARGEST_FEN = 1_000_000_000;

const actionSchema = words<RuleAction>({ INTERCEPT: '自动拦截', ASK: '交给人决定', LEAVE: '不拦截' });
const trackStandingSchema = words<TrackStanding>({
  NO_TRACK: '暂无轨迹',
  UNAVAILABLE: '查询不到',
  UNKNOWN: '状态不明',
  MOVING: '运输中',
  OUT_FOR_DELIVERY: '派件中',
  AWAITING_PICKUP: '待取件',
  SIGNED: '已签收',
  RETURNING: '退回中',
  RETURN_SIGNED: '退回已签收',
});
const causeSchema = words<JudgementCause>({
  RULE: '按规则',
  NO_RULE_MATCHED: '没有规则符合',
  RULES_PAUSED: '规则已暂停',
  NOT_ELIGIBLE: '不符合拦截条件',
  OUTSIDE_HOURS: '不在工作时间',
  WARNINGS_NOT_ACKNOWLEDGED: '有提醒须由人确认',
  RULE_BUDGET_SPENT: '该规则的当日预算已用完',
  SHOP_BUDGET_SPENT: '店铺的当日预算已用完',
});

const list = (items: TSchema) => Type.Array(items, { minItems: 1, maxItems: MOST_WORDS, uniqueItems: true });
const wordList = (description: string) => Type.Array(text(40), { minItems: 1, maxItems: MOST_WORDS, uniqueItems: true, description });
const whole = (maximum: number, description?: string) =>
  Type.Integer({ minimum: 0, maximum, ...(description === undefined ? {} : { description }) });
const range = (maximum: number, description: string) =>
  closed({ atLeast: Type.Optional(whole(maximum)), atMost: Type.Optional(whole(maximum)) }, { minProperties: 1, description });

export const conditionsSchema = closed(
  {
    carriers: Type.Optional(Type.Unsafe<string[]>(list(carrierSchema))),
    outletCodes: Type.Optional(Type.Unsafe<string[]>(list(outletCodeSchema))),
    refundFeeFen: Type.Optional(range(LARGEST_FEN, '退款金额（分），含两端')),
    expectedFeeFen: Type.Optional(closed({ atMost: whole(1_000_000, '拦截费上限（分）；没有约定价格的网点不符合') })),
    trackStandings: Type.Optional(Type.Unsafe<TrackStanding[]>(list(trackStandingSchema))),
    lastScanHours: Type.Optional(range(8_760, '最近一次轨迹距今的整小时数')),
    titleWords: Type.Optional(wordList('商品标题含其中任一')),
    categories: Type.Optional(wordList('类目编号，或类目名称的一部分')),
    provinces: Type.Optional(wordList('收货省份')),
    refundReasons: Type.Optional(wordList('退款原因含其中任一')),
    earlierRefunds: Type.Optional(range(100_000, '该买家此前经本店规则判定过的其他退款数')),
  },
  { description: '须全部符合；未写的不作要求；不知道的事实不符合任何要求' },
);

const limitsSchema = closed(
  {
    paused: Type.Boolean(),
    dailyFeeFen: nullable(whole(LARGEST_FEN, '每日拦截费上限（分），北京时间零点起算')),
    dailyCount: nullable(whole(100_000, '每日拦截单数上限')),
    hours: nullable(
      closed(
        {
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
          from: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', maxLength: 5, examples: ['09:00'] }),
          to: Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$', maxLength: 5, examples: ['21:00'] }),
        },
        { description: '工作时间（北京时间）；days 1 为周一，7 为周日' },
      ),
    ),
  },
  { description: '预算、工作时间、暂停；null 不作限制' },
);

const ruleSchema = closed({
  ruleId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', maxLength: 40, description: '各版本不变', examples: ['small-parcels'] }),
  name: text(60, { examples: ['小额快拦'] }),
  action: actionSchema,
  conditions: conditionsSchema,
  acknowledge: Type.Array(
    words(Object.fromEntries(WARNINGS.map((code) => [code, WORDS[code][0]])) as Record<(typeof WARNINGS)[number], string>),
    {
      maxItems: WARNINGS.length,
      uniqueItems: true,
      description: '视为已知悉的提醒；有其他提醒时交给人决定',
    },
  ),
  limits: limitsSchema,
});

const ruleSetProperties = {
  limits: limitsSchema,
  rules: Type.Array(ruleSchema, { maxItems: MOST_RULES, description: '从上到下，第一条符合的规则决定' }),
};
const spentSchema = closed({ feeFen: Type.Integer(), count: Type.Integer() });

const NO_LIMITS = { paused: false, dailyFeeFen: null, dailyCount: null, hours: null };
const EXAMPLE_SET = {
  limits: { paused: false, dailyFeeFen: 20_000, dailyCount: 50, hours: null },
  rules: [
    { ruleId: 'gifts', name: '赠品不拦', action: 'LEAVE', conditions: { titleWords: ['赠品'] }, acknowledge: [], limits: NO_LIMITS },
    {
      ruleId: 'small-parcels',
      name: '小额快拦',
      action: 'INTERCEPT',
      conditions: {
        carriers: ['ZTO'],
        refundFeeFen: { atLeast: 2_000, atMost: 30_000 },
        expectedFeeFen: { atMost: 500 },
        trackStandings: ['MOVING'],
      },
      acknowledge: [],
      limits: NO_LIMITS,
    },
  ],
} as const;

export const rulesSchema = closed(
  {
    version: Type.Integer({ minimum: 0, description: '0：从未保存' }),
    ...ruleSetProperties,
    savedBy: nullable(Type.String({ description: '保存者，即对自动拦截的确认者' })),
    savedAt: nullable(instantSchema),
  },
  { $id: 'Rules', description: '店铺的自动拦截规则' },
);
export const rulesAnswer = closed({
  rules: ref('Rules'),
  today: closed({
    shop: spentSchema,
    byRule: Type.Array(closed({ ruleId: Type.String(), feeFen: Type.Integer(), count: Type.Integer() })),
  }),
});
export const putRulesBody = closed(
  {
    baseVersion: whole(1_000_000, '据以修改的版本；其间有人保存过则为 409'),
    confirm: Type.Optional(Type.Boolean({ description: '会自动发起拦截时必须为 true：一次确认，以金额和费用上限为界' })),
    ...ruleSetProperties,
  },
  { examples: [{ baseVersion: 0, confirm: true, ...EXAMPLE_SET }] },
);
export const pauseBody = closed(
  { paused: Type.Boolean(), confirm: Type.Optional(Type.Boolean({ description: '恢复自动拦截时必须为 true' })) },
  { examples: [{ paused: true }] },
);
export const versionsAnswer = closed({ items: Type.Array(ref('Rules')) });

const findings = Type.Array(closed({ code: Type.String(), message: Type.String(), carrierCode: Type.Optional(Type.String()) }));
/** What a condition asked for and what there was. */
export const conditionVerdictSchema = closed({
  condition: Type.Unsafe<string>({ type: 'string', enum: [...CONDITIONS] }),
  wanted: Type.Unsafe<ConditionVerdict['wanted']>(
    Type.Union([Type.Array(Type.String()), closed({ atLeast: Type.Optional(Type.Integer()), atMost: Type.Optional(Type.Integer()) })]),
  ),
  found: Type.Union([Type.String(), Type.Integer(), Type.Null()]),
  holds: Type.Boolean(),
});
const verdictSchema = closed({
  ruleId: Type.String(),
  name: Type.String(),
  action: actionSchema,
  verdict: words<RuleVerdict['verdict']>({ MATCHED: '符合', NOT_MATCHED: '不符合', PAUSED: '已暂停，跳过' }),
  conditions: Type.Array(conditionVerdictSchema),
});

const judgedProperties = {
  refundId: refundIdSchema,
  orderId: Type.String(),
  decision: actionSchema,
  cause: causeSchema,
  ruleId: nullable(Type.String()),
  refundFeeFen: Type.Integer(),
  expectedFeeFen: nullable(Type.Integer()),
  itemTitle: Type.String(),
  carrier: nullable(carrierSchema),
  outletName: nullable(Type.String()),
  at: instantSchema,
  rules: Type.Array(verdictSchema, { description: '逐条判定，到决定的那条为止' }),
  reasons: findings,
  warnings: findings,
};
export const judgementSchema = closed(
  {
    judgementId: Type.String(),
    version: Type.Integer(),
    ...judgedProperties,
    trackStanding: trackStandingSchema,
    lastScanAt: nullable(instantSchema),
    province: nullable(Type.String()),
    reason: Type.String(),
    earlierRefunds: nullable(Type.Integer()),
    seenAt: instantSchema,
    judgedAt: instantSchema,
  },
  { $id: 'Judgement', description: '规则对一笔退款的一次判定，及其全部依据' },
);
export const judgementsQuery = closed({ ...pageQuery, decision: Type.Optional(actionSchema), refundId: Type.Optional(refundIdSchema) });
export const refundParams = closed({ refundId: refundIdSchema });
export const refundJudgementsAnswer = closed({
  items: Type.Array(ref('Judgement')),
  waiting: Type.Boolean({ description: '还会再判定' }),
  interceptId: nullable(interceptIdSchema),
});

export const dryRunBody = closed(
  {
    days: Type.Integer({ minimum: 1, maximum: 30 }),
    decision: Type.Optional(actionSchema),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    skip: Type.Optional(whole(1_000_000, '上一页的 next')),
    ...ruleSetProperties,
  },
  { examples: [{ days: 30, ...EXAMPLE_SET }] },
);
export const dryRunAnswer = closed({
  from: instantSchema,
  to: instantSchema,
  refunds: Type.Integer({ description: '这段时间内判定过的退款' }),
  totals: Type.Array(
    closed({
      decision: actionSchema,
      cause: causeSchema,
      ruleId: nullable(Type.String()),
      refunds: Type.Integer(),
      refundFeeFen: Type.Integer(),
      feeFen: Type.Integer({ description: '拦截全部成功时的费用' }),
    }),
  ),
  busiestDay: spentSchema,
  items: Type.Array(closed(judgedProperties)),
  next: nullable(Type.Integer()),
});
