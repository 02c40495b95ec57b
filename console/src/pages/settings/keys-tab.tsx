import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { type ApiKey, consoleApi } from '../../api/console-api.ts';
import { SecretDialog } from '../../features/secret/secret-dialog.tsx';
import { SCOPES } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

interface KeyFields {
  label: string;
  scopes: string[];
}

function NewKeyDialog({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: ({ label, scopes }: KeyFields) => consoleApi.addKey(label.trim(), scopes),
    onSuccess: ({ secret }) => onMade(secret),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <Modal open title={t.settings.key.add} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        {add.isError && <ProblemAlert error={add.error} />}
        <Form layout="vertical" onFinish={(values: KeyFields) => add.mutate(values)}>
          <Form.Item
            name="label"
            label={t.settings.key.label}
            rules={[{ required: true, whitespace: true, message: t.settings.key.needLabel }]}
          >
            <Input maxLength={64} />
          </Form.Item>
          <Form.Item name="scopes" label={t.settings.key.scopes} rules={[{ required: true, message: t.settings.key.needScopes }]}>
            <Select mode="multiple" options={SCOPES.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t.settings.key.add}
          </Button>
        </Form>
      </div>
    </Modal>
  );
}

/** The keys of the shop's own systems. */
export function KeysTab() {
  const t = text();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const keys = useQuery({ queryKey: ['keys'], queryFn: consoleApi.keys });
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const revoke = useMutation({
    mutationFn: consoleApi.revokeKey,
    onError: (error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <section aria-label={t.settings.key.tableLabel} className="page">
      <Button type="primary" onClick={() => setAdding(true)}>
        {t.settings.key.add}
      </Button>
      {keys.isError && <ProblemAlert error={keys.error} onRetry={() => void keys.refetch()} />}
      <Table<ApiKey>
        size="middle"
        rowKey="keyId"
        loading={keys.isPending}
        dataSource={keys.data?.items ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t.settings.key.label, render: (_, { label }) => <span className="untrusted">{label}</span> },
          { title: t.settings.key.shown, render: (_, { shown }) => <code>{shown}</code> },
          { title: t.settings.key.scopes, render: (_, { scopes }) => scopes.map((scope) => <Tag key={scope}>{scope}</Tag>) },
          { title: t.settings.key.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
          { title: t.settings.key.lastUsedAt, render: (_, { lastUsedAt }) => formatInstant(lastUsedAt) },
          {
            title: t.common.actions,
            render: (_, { keyId, label, revokedAt }) =>
              revokedAt === null ? (
                <Button
                  size="small"
                  danger
                  aria-label={`${t.settings.key.revoke} ${label}`}
                  onClick={() =>
                    void modal.confirm({
                      title: t.settings.key.revoke,
                      content: t.settings.key.revokeText,
                      onOk: () => revoke.mutateAsync(keyId).catch(() => {}),
                    })
                  }
                >
                  {t.settings.key.revoke}
                </Button>
              ) : (
                t.settings.key.revoked
              ),
          },
        ]}
      />
      {adding && (
        <NewKeyDialog
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      )}
      {secret !== null && <SecretDialog title={t.settings.key.created} secret={secret} onClose={() => setSecret(null)} />}
    </section>
  );
}
