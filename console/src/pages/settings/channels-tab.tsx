import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { NoticeChannel } from '../../api/types.ts';
import { ChannelDialog } from '../../features/channel/channel-dialog.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

function ChannelActions({ channel, onEdit }: { channel: NoticeChannel; onEdit: () => void }) {
  const t = text();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const { channelId, enabled, name, codes, language, quietHours, digest, digestAt } = channel;
  const path = { params: { path: { channelId } } };
  const common = {
    onError: (error: Error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['channels'] }),
  };
  const test = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/notice-channels/{channelId}/test', path)),
    onSuccess: ({ error }) =>
      void (error === null ? message.success(t.settings.channel.testTaken) : message.error(t.settings.channel.testRefused(error))),
    ...common,
  });
  const turn = useMutation({
    mutationFn: async () =>
      void (await api.PUT('/v1/notice-channels/{channelId}', {
        ...path,
        body: { name, codes, language, quietHours, digest, digestAt, enabled: !enabled },
      })),
    ...common,
  });
  const remove = useMutation({ mutationFn: async () => void (await api.DELETE('/v1/notice-channels/{channelId}', path)), ...common });
  const ask = () =>
    void modal.confirm({
      title: t.settings.webhook.remove,
      content: t.settings.channel.removeText,
      onOk: () => remove.mutateAsync().catch(() => {}),
    });
  return (
    <div className="row">
      <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
        {t.settings.webhook.test}
      </Button>
      <Button size="small" onClick={onEdit}>
        {t.settings.channel.edit}
      </Button>
      <Button size="small" loading={turn.isPending} onClick={() => turn.mutate()}>
        {enabled ? t.settings.channel.turnOff : t.settings.channel.turnOn}
      </Button>
      <Button size="small" danger onClick={ask}>
        {t.settings.webhook.remove}
      </Button>
    </div>
  );
}

/** Whether it works: on, off and why, or failing since when and of what. */
function ChannelState({ enabled, disabledReason, failingSince, lastError, lastErrorAt }: NoticeChannel) {
  const t = text();
  const [colour, label] = enabled
    ? failingSince === null
      ? ['success', t.settings.webhook.enabled]
      : ['warning', t.settings.channel.failingSince(formatInstant(failingSince))]
    : ['error', disabledReason === null ? t.settings.webhook.disabled : t.settings.channel.failedLong];
  return (
    <>
      <Tag color={colour}>{label}</Tag>
      {lastError !== null && lastErrorAt !== null && (
        <div className="muted">
          {t.settings.channel.lastError} {formatInstant(lastErrorAt)} <code>{lastError}</code>
        </div>
      )}
    </>
  );
}

/** Where the shop's people are told its notices beside this console. */
export function ChannelsTab() {
  const t = text();
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: async () => (await dataOf(api.GET('/v1/notice-channels', { params: { query: { limit: 200 } } }))).items,
  });
  const [shown, setShown] = useState<NoticeChannel | 'NEW' | null>(null);
  return (
    <section aria-label={t.settings.channel.tableLabel} className="page">
      <Button type="primary" onClick={() => setShown('NEW')}>
        {t.settings.channel.add}
      </Button>
      {channels.isError && <ProblemAlert error={channels.error} onRetry={() => void channels.refetch()} />}
      <Table<NoticeChannel>
        size="middle"
        rowKey="channelId"
        loading={channels.isPending}
        dataSource={channels.data ?? []}
        locale={{ emptyText: t.settings.channel.none }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t.settings.channel.name, render: (_, { name }) => <span className="untrusted">{name}</span> },
          {
            title: t.settings.channel.kind,
            render: (_, { kind, target }) => (
              <>
                {t.words.channelKind[kind]}
                <div className="muted">{target}</div>
              </>
            ),
          },
          {
            title: t.settings.channel.times,
            render: (_, { digest, digestAt, quietHours }) => (
              <>
                {t.words.channelDigest[digest]}
                {digest === 'DAILY' && ` ${digestAt}`}
                {quietHours !== null && <div className="muted">{t.settings.channel.quiet(quietHours.from, quietHours.to)}</div>}
              </>
            ),
          },
          { title: t.settings.webhook.status, render: (_, channel) => <ChannelState {...channel} /> },
          {
            title: t.settings.channel.lastSentAt,
            render: (_, { lastSentAt }) => (lastSentAt === null ? t.settings.channel.never : formatInstant(lastSentAt)),
          },
          { title: t.common.actions, render: (_, channel) => <ChannelActions channel={channel} onEdit={() => setShown(channel)} /> },
        ]}
      />
      {shown !== null && <ChannelDialog channel={shown === 'NEW' ? null : shown} onClose={() => setShown(null)} />}
    </section>
  );
}
