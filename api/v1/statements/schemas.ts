import { Type } from 'typebox';
import { carrierSchema, closed, instantSchema, nullable, outletCodeSchema } from '../schemas.ts';
import { lineKindSchema, lineStatusSchema, signedFenSchema, statementMonthSchema } from '../ledger-lines/schemas.ts';

const count = Type.Integer({ minimum: 0 });
const totals = closed({
  lineCount: count,
  feeFen: Type.Unsafe<number>({ ...signedFenSchema, description: '本期拦截费' }),
  claimFen: Type.Unsafe<number>({ ...signedFenSchema, description: '本期赔付（负数）' }),
  adjustmentFen: Type.Unsafe<number>({ ...signedFenSchema, description: '本期更正' }),
  lateFen: Type.Unsafe<number>({ ...signedFenSchema, description: '上期补记' }),
  lateCount: count,
  priceMissingCount: count,
  totalFen: Type.Unsafe<number>({ ...signedFenSchema, description: '合计 = 全部条目金额之和' }),
});

const line = closed({
  lineId: Type.String({ examples: ['2260718200000012-1-fee'] }),
  interceptId: Type.String({ examples: ['2260718200000012-1'] }),
  waybillNo: Type.String({ examples: ['75312345678901'] }),
  claimId: nullable(Type.String()),
  correctsLineId: nullable(Type.String()),
  kind: lineKindSchema,
  amountFen: nullable(signedFenSchema),
  status: lineStatusSchema,
  late: Type.Boolean({ description: '发生在以前月份，本月才记账' }),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  note: nullable(Type.String()),
});

export const statementSchema = closed(
  {
    month: Type.String({ examples: ['2026-11'] }),
    from: Type.Unsafe<string>({ ...instantSchema, description: '北京时间月初（含）', examples: ['2026-10-31T16:00:00.000Z'] }),
    to: Type.Unsafe<string>({ ...instantSchema, description: '北京时间下月初（不含）', examples: ['2026-11-30T16:00:00.000Z'] }),
    closed: Type.Boolean({ description: '已结账：再次生成一字不差，以后记账的条目归入其记账月份' }),
    totals,
    outlets: Type.Array(
      closed({
        carrier: carrierSchema,
        outletCode: Type.String({ examples: ['75500'] }),
        outletName: Type.String({ examples: ['深圳宝安福永网点'] }),
        totals,
        lines: Type.Array(line),
      }),
    ),
  },
  { $id: 'Statement', description: '网点月度对账单；已结账月份的条目状态为月末时的状态' },
);

export const statementQuery = closed({
  month: statementMonthSchema,
  carrier: Type.Optional(carrierSchema),
  outletCode: Type.Optional(outletCodeSchema),
});
