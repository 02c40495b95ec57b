import { Type } from 'typebox';
import { LINE_KIND_TEXT, LINE_STATUS_TEXT, type LineActionName } from '../../../domain/settlement/line.ts';
import {
  carrierSchema,
  closed,
  instantSchema,
  interceptIdSchema,
  nullable,
  outletCodeSchema,
  pageQuery,
  text,
  waybillNoSchema,
  words,
} from '../schemas.ts';

export const lineKindSchema = words(LINE_KIND_TEXT);
export const lineStatusSchema = words(LINE_STATUS_TEXT);
export const signedFenSchema = Type.Integer({
  minimum: -9_007_199_254_740_991,
  maximum: 9_007_199_254_740_991,
  description: '金额（分）：正数为商家应付网点，负数为网点应付商家',
  examples: [350],
});
const lineActionSchema = words<LineActionName>({ CONFIRM: '确认', DISPUTE: '提出争议', WAIVE: '免除', SETTLE: '结清', PRICE: '议定金额' });
export const statementMonthSchema = Type.String({
  pattern: '^20\\d{2}-(0[1-9]|1[0-2])$',
  maxLength: 7,
  description: '对账单所属的北京时间月份',
  examples: ['2026-11'],
});
export const lineIdSchema = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,120}$',
  description: '条目编号',
  examples: ['2260718200000012-1-fee'],
});

export const ledgerLineSchema = closed(
  {
    lineId: Type.String({ examples: ['2260718200000012-1-fee'] }),
    carrier: carrierSchema,
    outletCode: Type.String({ examples: ['75500'] }),
    outletName: Type.String({ examples: ['深圳宝安福永网点'] }),
    interceptId: interceptIdSchema,
    waybillNo: Type.String({ examples: ['75312345678901'] }),
    claimId: nullable(Type.String()),
    correctsLineId: nullable(Type.String({ description: '被更正的条目；更正随被更正的条目一同确认和结清' })),
    kind: lineKindSchema,
    amountFen: nullable(signedFenSchema),
    status: lineStatusSchema,
    lastAction: nullable(
      closed({
        action: lineActionSchema,
        amountFen: nullable(signedFenSchema),
        reason: nullable(Type.String()),
        actor: Type.String(),
        at: instantSchema,
      }),
    ),
    allowedActions: Type.Array(lineActionSchema, {
      description: '现在可以做的操作；更正条目为空',
      examples: [['CONFIRM', 'DISPUTE', 'WAIVE', 'PRICE']],
    }),
    occurredAt: instantSchema,
    recordedAt: instantSchema,
    note: nullable(Type.String()),
  },
  { $id: 'LedgerLine', description: '台账条目：只增不改，更正为新条目' },
);

export const lineParams = closed({ lineId: lineIdSchema });

export const linesQuery = closed({
  ...pageQuery,
  carrier: Type.Optional(carrierSchema),
  outletCode: Type.Optional(outletCodeSchema),
  kind: Type.Optional(lineKindSchema),
  status: Type.Optional(lineStatusSchema),
  interceptId: Type.Optional(interceptIdSchema),
  claimId: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_]{1,64}$' })),
  waybillNo: Type.Optional(waybillNoSchema),
  occurredFrom: Type.Optional(instantSchema),
  occurredTo: Type.Optional(instantSchema),
  statementMonth: Type.Optional(statementMonthSchema),
});

const reason = text(500, { description: '原因', examples: ['网点实际未拦截成功'] });
export const optionalReasonBody = closed({ reason: Type.Optional(reason) }, { examples: [{}] });
export const reasonBody = closed({ reason }, { examples: [{ reason: '网点实际未拦截成功' }] });
export const priceBody = closed(
  { amountFen: signedFenSchema, reason: Type.Optional(reason) },
  { examples: [{ amountFen: 350, reason: '补签价格' }] },
);
