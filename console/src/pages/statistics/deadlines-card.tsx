import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Table } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { Deadlines } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

/** What refunds itself today, tomorrow and in the days after, as things stand. */
export function DeadlinesCard() {
  const t = text();
  const { statistics: words } = t;
  const deadlines = useQuery({ queryKey: ['deadlines'], queryFn: () => dataOf(api.GET('/v1/statistics/deadlines')) });
  const names = [words.today, words.tomorrow];
  return (
    <Card size="small" title={words.deadlines}>
      <p>{words.deadlinesHelp}</p>
      {deadlines.isPending && <Skeleton active />}
      {deadlines.isError && <ProblemAlert error={deadlines.error} onRetry={() => void deadlines.refetch()} />}
      {deadlines.data && (
        <ScrollRegion label={words.deadlines}>
          <Table<Deadlines['items'][number]>
            size="small"
            rowKey="day"
            dataSource={deadlines.data.items}
            pagination={false}
            columns={[
              { title: words.day, render: (_, { day }, index) => (names[index] === undefined ? day : `${day} ${names[index]}`) },
              { title: words.due, dataIndex: 'due', align: 'right' },
              { title: words.dueAmount, align: 'right', render: (_, { dueFen }) => formatFen(dueFen) },
              { title: words.dueFailed, dataIndex: 'failed', align: 'right' },
              { title: words.dueNoResult, dataIndex: 'noResult', align: 'right' },
              { title: words.unlocking, dataIndex: 'unlocking', align: 'right' },
            ]}
          />
        </ScrollRegion>
      )}
    </Card>
  );
}
