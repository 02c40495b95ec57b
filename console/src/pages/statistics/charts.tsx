import { Card, Col, Row, Spin } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import type { ChartData } from '../../features/chart/chart-view.tsx';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { type StatisticsItem, fittingUnit, groupName, inUnit, percent } from './figures.ts';

const ChartView = lazy(() => import('../../features/chart/chart-view.tsx').then((module) => ({ default: module.ChartView })));

/** The pictures: what R42 to R45 want to see move, and what came back. */
export function Charts({ items, groupBy }: { items: StatisticsItem[]; groupBy: 'carrier' | 'outlet' | 'day' | 'rule' }) {
  const t = text();
  const charts = useMemo(() => {
    const groups = items.map((item) => groupName(item, t.words.carrier, t.statistics.byPeople));
    const kind = groupBy === 'day' ? ('line' as const) : ('bar' as const);
    const chart = (title: string, values: (number | null)[], format: (value: number) => string): { title: string; data: ChartData } => ({
      title,
      data: { kind, groups, values, format },
    });
    const durations = (title: string, values: (number | null)[]) => {
      const unit = fittingUnit(values);
      const shown = values.map((ms) => inUnit(ms, unit));
      return chart(title, shown, t.statistics.duration[unit]);
    };
    const fen = (value: number) => formatFen(Math.round(value));
    const { statistics: words } = t;
    return [
      chart(
        words.successRate,
        items.map(({ successRate }) => successRate),
        percent,
      ),
      chart(
        words.recovered,
        items.map(({ recoveredFen }) => recoveredFen),
        fen,
      ),
      durations(
        words.timeToResult,
        items.map(({ medianTimeToResultMs }) => medianTimeToResultMs),
      ),
      durations(
        words.refundDuration,
        items.map(({ medianRefundDurationMs }) => medianRefundDurationMs),
      ),
      chart(
        words.fees,
        items.map(({ feePerParcelFen }) => feePerParcelFen),
        fen,
      ),
    ];
  }, [items, groupBy, t]);
  return (
    <Row gutter={[16, 16]}>
      {charts.map(({ title, data }) => (
        <Col key={title} xs={24} xl={12}>
          <Card size="small" title={title}>
            <Suspense fallback={<Spin />}>
              <ChartView label={t.statistics.chartLabel(title)} data={data} />
            </Suspense>
          </Card>
        </Col>
      ))}
    </Row>
  );
}
