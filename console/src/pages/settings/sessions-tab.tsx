import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table, Tag } from 'antd';
import { type SignedInSession, consoleApi } from '../../api/console-api.ts';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

/** Where people are signed in: one's own sessions, all of the shop's for its owners. */
export function SessionsTab() {
  const t = text();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: consoleApi.sessions });
  const end = useMutation({
    mutationFn: consoleApi.endSession,
    onError: (error) => void message.error(problemText(error)),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['sessions'] }), client.invalidateQueries({ queryKey: ['session'] })]),
  });
  return (
    <section aria-label={t.settings.session.tableLabel} className="page">
      {sessions.isError && <ProblemAlert error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <Table<SignedInSession>
        size="middle"
        rowKey="sessionId"
        loading={sessions.isPending}
        dataSource={sessions.data?.items ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          {
            title: t.settings.session.who,
            render: (_, { staffName, current }) => (
              <span className="untrusted">
                {staffName} {current && <Tag color="processing">{t.settings.session.current}</Tag>}
              </span>
            ),
          },
          { title: t.settings.session.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
          { title: t.settings.session.lastSeenAt, render: (_, { lastSeenAt }) => formatInstant(lastSeenAt) },
          {
            title: t.common.actions,
            render: (_, { sessionId, staffName, createdAt }) => (
              <Button
                size="small"
                danger
                aria-label={`${t.settings.session.end} ${staffName} ${formatInstant(createdAt)}`}
                onClick={() =>
                  void modal.confirm({
                    title: t.settings.session.end,
                    content: t.settings.session.endText,
                    onOk: () => end.mutateAsync(sessionId).catch(() => {}),
                  })
                }
              >
                {t.settings.session.end}
              </Button>
            ),
          },
        ]}
      />
    </section>
  );
}
