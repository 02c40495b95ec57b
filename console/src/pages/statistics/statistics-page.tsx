import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Empty, Form, Segmented, Skeleton } from 'antd';
import { useId } from 'react';
import { useLocation, useSearch } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import type { StatisticsQuery } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { DayRange } from '../../ui/wall-dates.tsx';
import { shanghaiInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Charts } from './charts.tsx';
import { DeadlinesCard } from './deadlines-card.tsx';
import { FigureTable } from './figure-table.tsx';
import { Headline } from './headline.tsx';

const GROUPS = ['carrier', 'outlet', 'day', 'rule'] as const;
type GroupBy = (typeof GROUPS)[number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

function queryOf(from: string | undefined, to: string | undefined, groupBy: GroupBy): StatisticsQuery {
  const query: StatisticsQuery = { groupBy };
  if (from !== undefined) query.from = shanghaiInstant(from);
  if (to !== undefined) query.to = new Date(Date.parse(shanghaiInstant(to)) + DAY_MS).toISOString();
  return query;
}

/** 数据: how intercepts go, by carrier, outlet, day of Shanghai or rule, and what the next days bring. */
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
  const words = { carrier: t.statistics.byCarrier, outlet: t.statistics.byOutlet, day: t.statistics.byDay, rule: t.statistics.byRule };
  const address = new URLSearchParams(Object.entries(query)).toString();
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
      {statistics.data && statistics.data.items.length > 0 && <Headline total={statistics.data.total} before={statistics.data.before} />}
      <DeadlinesCard />
      {statistics.data && statistics.data.items.length > 0 && (
        <>
          <div className="row">
            <a href={`/v1/statistics.csv?${address}`} download>
              {t.statements.csv}
            </a>
            <a href={`/v1/statistics.xlsx?${address}`} download>
              {t.statements.xlsx}
            </a>
          </div>
          <Charts items={statistics.data.items} groupBy={statistics.data.groupBy} />
          <FigureTable items={statistics.data.items} total={statistics.data.total} />
        </>
      )}
    </div>
  );
}
