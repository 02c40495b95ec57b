import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Form, Input, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../api/types.ts';
import { SecretDialog } from '../../features/secret/secret-dialog.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant, orEmpty } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';
import { usePhone } from '../../ui/window-width.ts';

type EventType = WebhookEndpoint['types'][number];
interface EndpointFields {
  url: string;
  types: EventType[];
}

const DELIVERY_COLOURS = { PENDING: 'processing', DELIVERED: 'success', FAILED: 'error' } as const;
const pathOf = (endpointId: string) => ({ params: { path: { endpointId } } });

function NewEndpointDialog({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: ({ url, types }: EndpointFields) => dataOf(api.POST('/v1/webhook-endpoints', { body: { url: url.trim(), types } })),
    onSuccess: ({ secret }) => onMade(secret),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  return (
    <Modal open title={t.settings.webhook.add} onCancel={onClose} footer={null} width={640} mask={{ closable: false }}>
      <div className="page">
        {add.isError && <ProblemAlert error={add.error} />}
        <Form layout="vertical" onFinish={(values: EndpointFields) => add.mutate(values)}>
          <Form.Item
            name="url"
            label={t.settings.webhook.url}
            rules={[{ required: true, pattern: /^https?:\/\/.+/, message: t.settings.webhook.needUrl }]}
          >
            <Input inputMode="url" maxLength={2_000} />
          </Form.Item>
          <Form.Item name="types" label={t.settings.webhook.types} rules={[{ required: true, message: t.settings.webhook.needTypes }]}>
            <Checkbox.Group options={Object.entries(t.words.eventType).map(([value, label]) => ({ value, label }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t.settings.webhook.add}
          </Button>
        </Form>
      </div>
    </Modal>
  );
}

/** What was sent to an endpoint and how it was received. */
function Deliveries({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const phone = usePhone();
  const { endpointId } = endpoint;
  const queryKey = ['webhooks', 'deliveries', endpointId];
  const deliveries = useQuery({
    queryKey,
    queryFn: async () =>
      (await dataOf(api.GET('/v1/webhook-endpoints/{endpointId}/deliveries', { params: { path: { endpointId }, query: { limit: 100 } } })))
        .items,
  });
  const redeliver = useMutation({
    mutationFn: async (deliveryId: string) =>
      void (await api.POST('/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver', {
        params: { path: { endpointId, deliveryId } },
      })),
    onSuccess: () => void message.success(t.settings.webhook.redelivered),
    onError: (error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <Drawer open size={phone ? '100%' : 880} title={t.settings.webhook.deliveries} onClose={onClose}>
      <section aria-label={t.settings.webhook.deliveriesLabel} className="page">
        <div className="untrusted">{endpoint.url}</div>
        {deliveries.isError && <ProblemAlert error={deliveries.error} onRetry={() => void deliveries.refetch()} />}
        <Table<WebhookDelivery>
          size="small"
          rowKey="deliveryId"
          loading={deliveries.isPending}
          dataSource={deliveries.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          expandable={{
            expandedRowRender: ({ body }) => <pre className="untrusted">{body}</pre>,
            columnTitle: <span className="visually-hidden">{t.common.details}</span>,
          }}
          columns={[
            { title: t.settings.webhook.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
            { title: t.settings.webhook.types, render: (_, { type }) => type },
            {
              title: t.settings.webhook.status,
              render: (_, { status }) => <Tag color={DELIVERY_COLOURS[status]}>{t.words.deliveryStatus[status]}</Tag>,
            },
            { title: t.settings.webhook.attempts, align: 'right', render: (_, { attempts }) => attempts.length },
            {
              title: t.settings.webhook.response,
              render: (_, { attempts, failure }) => (
                <span className="untrusted">{orEmpty(attempts.at(-1)?.responseStatus ?? attempts.at(-1)?.error ?? failure)}</span>
              ),
            },
            { title: t.settings.webhook.message, render: (_, { messageId }) => <code>{messageId}</code> },
            {
              title: t.common.actions,
              render: (_, { deliveryId, messageId }) => (
                <Button
                  size="small"
                  aria-label={`${t.settings.webhook.redeliver} ${messageId}`}
                  onClick={() => redeliver.mutate(deliveryId)}
                >
                  {t.settings.webhook.redeliver}
                </Button>
              ),
            },
          ]}
        />
      </section>
    </Drawer>
  );
}

function EndpointActions({
  endpoint,
  onSecret,
  onDeliveries,
}: {
  endpoint: WebhookEndpoint;
  onSecret: (secret: string) => void;
  onDeliveries: () => void;
}) {
  const t = text();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const { endpointId, enabled } = endpoint;
  const common = {
    onError: (error: Error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  };
  const test = useMutation({
    mutationFn: async () => void (await api.POST('/v1/webhook-endpoints/{endpointId}/test', pathOf(endpointId))),
    onSuccess: () => void message.success(t.settings.webhook.testDone),
    ...common,
  });
  const enable = useMutation({
    mutationFn: async () => void (await api.POST('/v1/webhook-endpoints/{endpointId}/enable', pathOf(endpointId))),
    ...common,
  });
  const remove = useMutation({
    mutationFn: async () => void (await api.DELETE('/v1/webhook-endpoints/{endpointId}', pathOf(endpointId))),
    ...common,
  });
  const rotate = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/webhook-endpoints/{endpointId}/rotate-secret', pathOf(endpointId))),
    onSuccess: ({ secret }) => onSecret(secret),
    ...common,
  });
  const ask = (title: string, content: string, onOk: () => Promise<unknown>): void =>
    void modal.confirm({ title, content, onOk: () => onOk().catch(() => {}) });
  return (
    <div className="row">
      <Button size="small" onClick={onDeliveries}>
        {t.settings.webhook.deliveries}
      </Button>
      <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
        {t.settings.webhook.test}
      </Button>
      {!enabled && (
        <Button size="small" loading={enable.isPending} onClick={() => enable.mutate()}>
          {t.settings.webhook.enable}
        </Button>
      )}
      <Button size="small" onClick={() => ask(t.settings.webhook.rotate, t.settings.webhook.rotateText, () => rotate.mutateAsync())}>
        {t.settings.webhook.rotate}
      </Button>
      <Button size="small" danger onClick={() => ask(t.settings.webhook.remove, t.settings.webhook.removeText, () => remove.mutateAsync())}>
        {t.settings.webhook.remove}
      </Button>
    </div>
  );
}

/** Where the shop's own systems hear of events. */
export function WebhooksTab() {
  const t = text();
  const endpoints = useQuery({
    queryKey: ['webhooks', 'endpoints'],
    queryFn: async () => (await dataOf(api.GET('/v1/webhook-endpoints', { params: { query: { limit: 200 } } }))).items,
  });
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [shown, setShown] = useState<WebhookEndpoint | null>(null);
  return (
    <section aria-label={t.settings.webhook.tableLabel} className="page">
      <Button type="primary" onClick={() => setAdding(true)}>
        {t.settings.webhook.add}
      </Button>
      {endpoints.isError && <ProblemAlert error={endpoints.error} onRetry={() => void endpoints.refetch()} />}
      <Table<WebhookEndpoint>
        size="middle"
        rowKey="endpointId"
        loading={endpoints.isPending}
        dataSource={endpoints.data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t.settings.webhook.url, render: (_, { url }) => <span className="untrusted">{url}</span> },
          {
            title: t.settings.webhook.types,
            width: 320,
            render: (_, { types }) => types.map((type) => <Tag key={type}>{t.words.eventType[type]}</Tag>),
          },
          {
            title: t.settings.webhook.status,
            render: (_, { enabled, disabledReason }) => (
              <Tag color={enabled ? 'success' : 'error'}>
                {enabled
                  ? t.settings.webhook.enabled
                  : disabledReason === null
                    ? t.settings.webhook.disabled
                    : t.settings.webhook.disabledBecause(t.words.disabledReason[disabledReason])}
              </Tag>
            ),
          },
          { title: t.settings.webhook.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
          {
            title: t.common.actions,
            render: (_, endpoint) => <EndpointActions endpoint={endpoint} onSecret={setSecret} onDeliveries={() => setShown(endpoint)} />,
          },
        ]}
      />
      {adding && (
        <NewEndpointDialog
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      )}
      {secret !== null && <SecretDialog title={t.settings.webhook.secret} secret={secret} onClose={() => setSecret(null)} />}
      {shown !== null && <Deliveries endpoint={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
