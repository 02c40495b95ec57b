import { findCarrier } from '../../carriers/index.ts';
import { HOUR_MS, type DurationMs } from '../../domain/time.ts';
import type { StatisticsGrouping } from '../../store/statistics.ts';
import type { Cell, Column } from '../export/table.ts';
import type { viewFigures, viewGroup } from './view-statistics.ts';

type Group = ReturnType<typeof viewGroup>;
type Figures = ReturnType<typeof viewFigures>;

const plain = (number: number | null): Cell => (number === null ? null : { number });
const yuan = (fen: number | null): Cell => (fen === null ? null : { fen });
const hours = (ms: DurationMs | null): Cell => (ms === null ? null : { number: Math.round((ms / HOUR_MS) * 1_000) / 1_000 });

const FIGURES: [heading: string, cell: (figures: Figures) => Cell][] = [
  ['发起', ({ total }) => plain(total)],
  ['快递受理', ({ accepted }) => plain(accepted)],
  ['拦截成功', ({ succeeded }) => plain(succeeded)],
  ['拦截失败', ({ failed }) => plain(failed)],
  ['快递拒绝', ({ refused }) => plain(refused)],
  ['尚无结果', ({ noResult }) => plain(noResult)],
  ['受理率', ({ acceptRate }) => plain(acceptRate)],
  ['成功率', ({ successRate }) => plain(successRate)],
  ['出结果时长中位数（小时）', ({ medianTimeToResultMs }) => hours(medianTimeToResultMs)],
  ['出结果时长 90 分位（小时）', ({ p90TimeToResultMs }) => hours(p90TimeToResultMs)],
  ['已退款', ({ refunded }) => plain(refunded)],
  ['退款时长中位数（小时）', ({ medianRefundDurationMs }) => hours(medianRefundDurationMs)],
  ['拒绝退款', ({ rejected }) => plain(rejected)],
  ['平台介入', ({ arbitrated }) => plain(arbitrated)],
  ['退回已签收', ({ returnSigned }) => plain(returnSigned)],
  ['退回时长中位数（小时）', ({ medianReturnDurationMs }) => hours(medianReturnDurationMs)],
  ['退回异常', ({ returnFailed }) => plain(returnFailed)],
  ['追回货值（元）', ({ recoveredFen }) => yuan(recoveredFen)],
  ['拦截费合计（元）', ({ feeFen }) => yuan(feeFen)],
  ['每追回 1 元的拦截费（元）', ({ feePerRecoveredYuan }) => plain(feePerRecoveredYuan)],
  ['单件拦截费（元）', ({ feePerParcelFen }) => yuan(feePerParcelFen)],
  ['网点赔付（元）', ({ awardedFen }) => yuan(awardedFen)],
];

const KEYS: Record<StatisticsGrouping, Column<Group>[]> = {
  carrier: [{ heading: '快递', cell: carrierName }],
  outlet: [
    { heading: '快递', cell: carrierName },
    { heading: '网点代码', cell: ({ outletCode }) => outletCode },
    { heading: '网点名称', cell: ({ outletName }) => outletName, width: 24 },
  ],
  day: [{ heading: '发起日（北京时间）', cell: ({ day }) => day }],
  rule: [
    { heading: '规则编号', cell: ({ ruleId }) => ruleId },
    { heading: '规则', cell: ({ ruleId, ruleName }) => (ruleId === null ? '人工发起' : ruleName), width: 24 },
  ],
};

function carrierName({ carrier }: Group): Cell {
  return carrier === null ? null : (findCarrier(carrier)?.nameZh ?? carrier);
}

/** The columns of the statistics as a table: what groups them, then every figure. */
export function statisticsColumns(groupBy: StatisticsGrouping): Column<Group>[] {
  return [...KEYS[groupBy], ...FIGURES.map(([heading, cell]) => ({ heading, cell }))];
}

/** Closing rows: all groups together, and the time of the same length before. */
export function statisticsTotals(groupBy: StatisticsGrouping, total: Figures, before: Figures): Cell[][] {
  const blank = Array<null>(KEYS[groupBy].length - 1).fill(null);
  const row = (label: string, figures: Figures): Cell[] => [label, ...blank, ...FIGURES.map(([, cell]) => cell(figures))];
  return [row('合计', total), row('上期合计', before)];
}
