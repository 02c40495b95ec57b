import { Type } from 'typebox';
import { closed, instantSchema, nullable, words } from '../schemas.ts';
import { signedFenSchema } from '../ledger-lines/schemas.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });
const duration = (description: string) => nullable(Type.Integer({ minimum: 0, description }));
const share = (description: string) => nullable(Type.Number({ minimum: 0, maximum: 1, description }));

const figures = {
  total: count('发起'),
  accepted: count('快递受理'),
  succeeded: count('拦截成功'),
  failed: count('拦截失败'),
  refused: count('快递拒绝'),
  noResult: count('尚无结果'),
  medianTimeToResultMs: duration('发起到结果的中位时长（毫秒）'),
  p90TimeToResultMs: duration('发起到结果的 90 分位时长'),
  refunded: count('已退款'),
  medianRefundDurationMs: duration('发起到退款完成的中位时长'),
  p90RefundDurationMs: duration('发起到退款完成的 90 分位时长'),
  rejected: count('商家拒绝退款'),
  arbitrated: count('平台介入'),
  returnSigned: count('退回已签收'),
  recoveredFen: Type.Integer({ minimum: 0, description: '追回货值：退回已签收且未破损的拦截的退款金额合计（分）' }),
  medianReturnDurationMs: duration('拦截成功到退回签收的中位时长'),
  returnFailed: count('退回异常'),
  damaged: count('其中破损'),
  feeFen: Type.Unsafe<number>({ ...signedFenSchema, description: '拦截费合计（含更正）' }),
  awardedFen: Type.Unsafe<number>({ ...signedFenSchema, description: '网点赔付合计' }),
  acceptRate: share('受理率 = 受理 / 发起'),
  successRate: share('成功率 = 成功 / 受理'),
  disputeRate: share('纠纷率 =（拒绝退款 + 平台介入）/ 发起'),
  returnFailureRate: share('退回异常率 = 退回异常 / 成功'),
  feePerRecoveredYuan: nullable(Type.Number({ description: '每追回 1 元货值的拦截费（元）= 拦截费合计 / 追回货值' })),
  feePerParcelFen: nullable(Type.Unsafe<number>({ ...signedFenSchema, description: '单件拦截费' })),
};

const groupings = words({ carrier: '按快递', outlet: '按网点', day: '按发起日（北京时间）', rule: '按自动拦截规则' });

export const statisticsSchema = closed(
  {
    from: instantSchema,
    to: instantSchema,
    groupBy: groupings,
    items: Type.Array(
      closed({
        carrier: nullable(Type.String()),
        outletCode: nullable(Type.String()),
        outletName: nullable(Type.String()),
        day: nullable(Type.String({ examples: ['2026-11-20'] })),
        ruleId: nullable(Type.String({ description: '发起拦截的规则；按规则分组时 null 为人工发起' })),
        ruleName: nullable(Type.String({ description: '规则的最新名称' })),
        ...figures,
      }),
    ),
    total: closed(figures),
    before: closed(figures, { description: '紧接在前、同样长的一段时间的合计' }),
  },
  { $id: 'Statistics', description: '拦截统计；一次拦截计入其发起时间' },
);

export const statisticsQuery = closed({
  from: Type.Optional(Type.Unsafe<string>({ ...instantSchema, description: '发起时间起（含），缺省为 to 之前 30 天' })),
  to: Type.Optional(Type.Unsafe<string>({ ...instantSchema, description: '发起时间止（不含），缺省为现在' })),
  groupBy: Type.Optional(groupings),
});

/** Deadlines ahead, by Shanghai day. */
export const deadlinesSchema = closed(
  {
    items: Type.Array(
      closed({
        day: Type.String({ description: '北京时间的日期', examples: ['2026-11-20'] }),
        due: count('到期自动退款的拦截'),
        dueFen: Type.Integer({ minimum: 0, description: '其退款金额合计（分）' }),
        failed: count('其中拦截失败，待商家决定'),
        noResult: count('其中尚无结果'),
        unlocking: count('当天起尚无结果也可拒绝退款的拦截'),
      }),
    ),
  },
  { $id: 'Deadlines', description: '按当前状态预计的到期，今天（自现在起）及之后 7 天；没有到期的日子也列出' },
);
