import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Col, Empty, Form, Row, Segmented, Skeleton, Spin, Table } from 'antd';
import { lazy, Suspense, useId, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import type { StatisticsQuery } from '../../api/types.ts';
import type { ChartData } from '../../features/chart/chart-view.tsx';
import { text } from '../../i18n/text.ts';
import { DayRange } from '../../ui/wall-dates.tsx';
import { formatFen, shanghaiInstant } from '../../ui/format.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { decimal, type StatisticsItem, formatDuration, groupName, percent, unitOf } from './figures.ts';

const ChartView = lazy(() => import('../../features/chart/chart-view.tsx').then((module) => ({ default: module.ChartView })));

const GROUPS = ['carrier', 'outlet', 'day'] as const;
type GroupBy = (typeof GROUPS)[number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

function queryOf(from: string | undefined, to: string | undefined, groupBy: GroupBy): StatisticsQuery {
  const query: StatisticsQuery = { groupBy };
  if (from !== undefined) query.from = shanghaiInstant(from);
  if (to !== undefined) query.to = new Date(Date.parse(shanghaiInstant(to)) + DAY_MS).toISOString();
  return query;
}

/** The four pictures: what R42 to R45 want to see move. */
function Charts({ items, groupBy }: { items: StatisticsItem[]; groupBy: GroupBy }) {
  const t = text();
  const charts = useMemo(() => {
    const groups = items.map((item) => groupName(item, t.words.carrier));
    const kind = groupBy === 'day' ? ('line' as const) : ('bar' as const);
    const chart = (title: string, values: (number | null)[], format: (value: number) => string): { title: string; data: ChartData } => ({
      title,
      data: { kind, groups, values, format },
    });
    const durations = (title: string, values: (number | null)[]) => {
      const { unit, unitMs } = unitOf(Math.max(0, ...values.map((ms) => ms ?? 0)));
      const inUnit = values.map((ms) => (ms === null ? null : ms / unitMs));
      return chart(title, inUnit, (value) => t.statistics.durations[unit](decimal(value)));
    };
    return [
      chart(
        t.statistics.successRate,
        items.map(({ successRate }) => successRate),
        percent,
      ),
      durations(
        t.statistics.timeToResult,
        items.map(({ medianTimeToResultMs }) => medianTimeToResultMs),
      ),
      durations(
        t.statistics.refundDuration,
        items.map(({ medianRefundDurationMs }) => medianRefundDurationMs),
      ),
      chart(
        t.statistics.fees,
        items.map(({ feePerParcelFen }) => feePerParcelFen),
        (fen) => formatFen(Math.round(fen)),
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

function FigureTable({
  items,
  total,
}: {
  items: StatisticsItem[];
  total: Omit<StatisticsItem, 'carrier' | 'outletCode' | 'outletName' | 'day'>;
}) {
  const t = text();
  const { statistics: words } = t;
  const duration = (ms: number | null): string => formatDuration(ms, words.durations);
  type Figures = typeof total;
  const figures: [string, (figures: Figures) => string | number][] = [
    [words.total, ({ total: count }) => count],
    [words.accepted, ({ accepted }) => accepted],
    [words.succeeded, ({ succeeded }) => succeeded],
    [words.failed, ({ failed }) => failed],
    [words.refused, ({ refused }) => refused],
    [words.noResult, ({ noResult }) => noResult],
    [words.successRate, ({ successRate }) => percent(successRate)],
    [words.timeToResult, ({ medianTimeToResultMs }) => duration(medianTimeToResultMs)],
    [words.refundDuration, ({ medianRefundDurationMs }) => duration(medianRefundDurationMs)],
    [words.disputeRate, ({ disputeRate }) => percent(disputeRate)],
    [words.returnFailureRate, ({ returnFailureRate }) => percent(returnFailureRate)],
    [words.fees, ({ feePerParcelFen }) => formatFen(feePerParcelFen)],
    [words.feeTotal, ({ feeFen }) => formatFen(feeFen)],
    [words.awarded, ({ awardedFen }) => formatFen(awardedFen)],
  ];
  return (
    <ScrollRegion label={words.tableLabel}>
      <Table<StatisticsItem>
        size="small"
        rowKey={(item) => `${item.day ?? ''} ${item.carrier ?? ''} ${item.outletCode ?? ''}`}
        dataSource={items}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true }}
        columns={[
          { title: words.group, render: (_, item) => <span className="untrusted">{groupName(item, t.words.carrier)}</span> },
          ...figures.map(([title, cell]) => ({
            title,
            key: title,
            align: 'right' as const,
            render: (_: unknown, item: StatisticsItem) => cell(item),
          })),
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>
              <strong>{t.statements.totals}</strong>
            </Table.Summary.Cell>
            {figures.map(([title, cell], index) => (
              <Table.Summary.Cell key={title} index={index + 1} align="right">
                {cell(total)}
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )}
      />
    </ScrollRegion>
  );
}

/** 数据: how intercepts go, by carrier, outlet or day of Shanghai. */
export function StatisticsPage() {
  const t = text();
  const id = useId();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const groupBy = GROUPS.find((one) => one === params.get('groupBy')) ?? 'carrier';
  const from = DAY.exec(params.get('from') ?? '')?.[0];
  const to = DAY.exec(params.get('to') ?? '')?.[0];
  const query = queryOf(from, to, groupBy);
  const statistics = useQuery({
    queryKey: ['statistics', query],
    queryFn: () => dataOf(api.GET('/v1/statistics', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  function go(changes: Record<string, string | undefined>): void {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) params.delete(name);
      else params.set(name, value);
    }
    const search = params.toString();
    navigate(search === '' ? '/statistics' : `/statistics?${search}`);
  }
  const words = { carrier: t.statistics.byCarrier, outlet: t.statistics.byOutlet, day: t.statistics.byDay };
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.statistics}</h1>
      <Card size="small">
        <Form layout="inline" className="filters" aria-label={t.workbench.filtersLabel}>
          <Form.Item label={t.statistics.period} htmlFor={`${id}-period`}>
            <DayRange id={`${id}-period`} from={from} to={to} onChange={(first, last) => go({ from: first, to: last })} />
          </Form.Item>
          <Segmented
            aria-label={t.statistics.groupBy}
            value={groupBy}
            options={GROUPS.map((value) => ({ value, label: words[value] }))}
            onChange={(value) => go({ groupBy: value })}
          />
        </Form>
      </Card>
      {statistics.isPending && <Skeleton active />}
      {statistics.isError && <ProblemAlert error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.data?.items.length === 0 && <Empty description={t.statistics.empty} />}
      {statistics.data && statistics.data.items.length > 0 && (
        <>
          <Charts items={statistics.data.items} groupBy={statistics.data.groupBy} />
          <FigureTable items={statistics.data.items} total={statistics.data.total} />
        </>
      )}
    </div>
  );
}
