import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Segmented, Table, Tag } from 'antd';
import { Link, useLocation, useSearch } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import type { Notice } from '../../api/types.ts';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

const PAGE = 50;

/** 通知: news and things to look at, the newest first. */
export function NoticesPage() {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const unreadOnly = new URLSearchParams(useSearch()).get('unread') === '1';
  const [, navigate] = useLocation();
  const notices = useInfiniteQuery({
    queryKey: ['notices', unreadOnly],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/notices', {
          params: { query: { limit: PAGE, after: pageParam ?? undefined, unread: unreadOnly ? 'true' : undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = (notices.data?.pages ?? []).flatMap((page) => page.items);
  const settled = {
    onError: (error: Error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  };
  const read = useMutation({
    mutationFn: async (noticeId: string) => void (await api.POST('/v1/notices/{noticeId}/read', { params: { path: { noticeId } } })),
    ...settled,
  });
  // Only what was shown: a notice that came meanwhile stays unread.
  const readAll = useMutation({
    mutationFn: async () => void (await api.POST('/v1/notices/read-all', { body: { upTo: items[0]?.noticeId } })),
    ...settled,
  });
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.notices}</h1>
      <Card size="small">
        <div className="page">
          <div className="row">
            <Segmented
              aria-label={t.app.pages.notices}
              value={unreadOnly ? 'unread' : 'all'}
              options={[
                { value: 'all', label: t.notices.all },
                { value: 'unread', label: t.notices.unread },
              ]}
              onChange={(value) => navigate(value === 'unread' ? '/notices?unread=1' : '/notices')}
            />
            <Button disabled={items.every((notice) => notice.read)} loading={readAll.isPending} onClick={() => readAll.mutate()}>
              {t.notices.markAll}
            </Button>
          </div>
          {notices.isError && <ProblemAlert error={notices.error} onRetry={() => void notices.refetch()} />}
          <section aria-label={t.notices.tableLabel}>
            <Table<Notice>
              size="middle"
              rowKey="noticeId"
              loading={notices.isPending}
              dataSource={items}
              pagination={false}
              locale={{ emptyText: t.notices.none }}
              columns={[
                { title: t.notices.at, render: (_, { at }) => formatInstant(at) },
                {
                  title: t.notices.what,
                  render: (_, { title, read: seen, kind }) => (
                    <span className="untrusted">
                      {!seen && <Tag color={kind === 'NOTICE' ? 'error' : 'processing'}>{t.notices.unread}</Tag>}
                      {title}
                    </span>
                  ),
                },
                {
                  title: t.refund.refundId,
                  render: (_, { interceptId }) =>
                    interceptId !== null && <Link href={`/refunds/${interceptId.replace(/-\d+$/, '')}`}>{interceptId}</Link>,
                },
                {
                  title: t.common.actions,
                  render: (_, { noticeId, read: seen, title }) =>
                    !seen && (
                      <Button size="small" aria-label={`${t.notices.markRead} ${title}`} onClick={() => read.mutate(noticeId)}>
                        {t.notices.markRead}
                      </Button>
                    ),
                },
              ]}
            />
          </section>
          <MoreBar
            count={items.length}
            hasMore={notices.hasNextPage}
            loading={notices.isFetchingNextPage}
            onMore={() => void notices.fetchNextPage()}
          />
        </div>
      </Card>
    </div>
  );
}
