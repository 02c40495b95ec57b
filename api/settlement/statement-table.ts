import { findCarrier } from '../../carriers/index.ts';
import { LINE_KIND_TEXT, LINE_STATUS_TEXT } from '../../domain/settlement/line.ts';
import type { StatementLine, StatementPeriod, StatementTotals } from '../../domain/settlement/statement.ts';
import { toShanghaiText } from '../../domain/time.ts';
import type { Cell, Column } from '../export/table.ts';

/** The columns of a statement, as CSV and as sheet. Times are Beijing time. */
export function statementColumns(period: StatementPeriod): Column<StatementLine>[] {
  return [
    { heading: '账单月份', cell: () => period.month },
    { heading: '快递', cell: ({ carrier }) => findCarrier(carrier)?.nameZh ?? carrier },
    { heading: '网点代码', cell: ({ outletCode }) => outletCode },
    { heading: '网点名称', cell: ({ outletName }) => outletName, width: 24 },
    { heading: '类型', cell: ({ kind }) => LINE_KIND_TEXT[kind] },
    { heading: '归属', cell: ({ late }) => (late ? '上期补记' : '本期') },
    { heading: '运单号', cell: ({ waybillNo }) => waybillNo, width: 22 },
    { heading: '金额（元）', cell: ({ amountFen }) => (amountFen === null ? null : { fen: amountFen }) },
    { heading: '月末状态', cell: ({ status }) => LINE_STATUS_TEXT[status] },
    { heading: '发生时间（北京时间）', cell: ({ occurredAt }) => toShanghaiText(occurredAt), width: 22 },
    { heading: '记账时间（北京时间）', cell: ({ recordedAt }) => toShanghaiText(recordedAt), width: 22 },
    { heading: '拦截单号', cell: ({ interceptId }) => interceptId, width: 26 },
    { heading: '索赔单号', cell: ({ claimId }) => claimId, width: 26 },
    { heading: '条目编号', cell: ({ lineId }) => lineId, width: 30 },
    { heading: '更正的条目', cell: ({ correctsLineId }) => correctsLineId, width: 30 },
    { heading: '备注', cell: ({ note }) => note, width: 30 },
  ];
}

const AMOUNT_COLUMN = 7;

/** Closing rows: the sums of each part, then the whole. */
export function totalRows({ feeFen, claimFen, adjustmentFen, lateFen, totalFen, lineCount, priceMissingCount }: StatementTotals): Cell[][] {
  const row = (label: string, fen: number, note: string | null = null): Cell[] => [
    label,
    ...Array<null>(AMOUNT_COLUMN - 1).fill(null),
    { fen },
    note,
  ];
  return [
    row('拦截费小计', feeFen),
    row('赔付小计', claimFen),
    row('更正小计', adjustmentFen),
    row('上期补记小计', lateFen),
    row('合计', totalFen, `共 ${lineCount} 条${priceMissingCount === 0 ? '' : `，${priceMissingCount} 条缺少价格`}`),
  ];
}
