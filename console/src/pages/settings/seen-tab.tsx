import { useInfiniteQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { PersonalDataEntry } from '../../api/types.ts';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { text } from '../../i18n/text.ts';
import { formatActor, formatInstant, orEmpty } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';

const PAGE = 50;

/** Who was shown a phone number or a file, what was erased and what was given out; the newest first. */
export function SeenTab() {
  const t = text();
  const seen = useInfiniteQuery({
    queryKey: ['personal-data-log'],
    queryFn: ({ pageParam }) =>
      dataOf(api.GET('/v1/personal-data-log', { params: { query: { limit: PAGE, after: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = (seen.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <div className="page">
      {seen.isError && <ProblemAlert error={seen.error} onRetry={() => void seen.refetch()} />}
      <ScrollRegion label={t.settings.seen.tableLabel}>
        <Table<PersonalDataEntry>
          size="middle"
          rowKey="entryId"
          loading={seen.isPending}
          dataSource={items}
          pagination={false}
          locale={{ emptyText: t.settings.seen.none }}
          columns={[
            { title: t.settings.seen.at, render: (_, { at }) => formatInstant(at) },
            { title: t.settings.seen.actor, render: (_, { actor }) => <span className="untrusted">{formatActor(actor)}</span> },
            { title: t.settings.seen.what, render: (_, { what }) => t.settings.seen.deeds[what] },
            { title: t.settings.seen.about, dataIndex: 'about' },
            { title: t.settings.seen.intercept, render: (_, { detail }) => orEmpty(detail['interceptId']) },
          ]}
        />
      </ScrollRegion>
      <MoreBar count={items.length} hasMore={seen.hasNextPage} loading={seen.isFetchingNextPage} onMore={() => void seen.fetchNextPage()} />
    </div>
  );
}
