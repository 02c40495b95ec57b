import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { serverNow } from '../../api/server-clock.ts';
import type { Carrier, Outlet } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant } from '../../ui/format.ts';
import { problemText } from '../../ui/problem-alert.tsx';
import { useMay } from '../session/permissions.tsx';
import { pricesOf, pricesQuery } from './outlet-queries.ts';
import { PriceDialog } from './price-dialog.tsx';

const DAY_MS = 86_400_000;
const COLOURS = { PENDING: 'warning', ACTIVE: 'success', REJECTED: 'error', CLOSED: 'default' } as const;

/** The state of a subscription in words: how long it waits, why it was rejected, or that it needs none (R10, R11). */
function SubscriptionState({ outlet }: { outlet: Outlet }) {
  const t = text();
  const { subscription } = outlet;
  if (subscription === null) return <Tag>{t.service.notSubscribed}</Tag>;
  const { status, source, reason, createdAt, remindedAt } = subscription;
  const waitedMs = status === 'PENDING' && createdAt !== null ? (serverNow() ?? 0) - Date.parse(createdAt) : null;
  return (
    <>
      <Tag color={COLOURS[status]}>
        {source === 'DEFAULT' && status === 'ACTIVE' ? t.service.defaultOpen : t.words.subscriptionStatus[status]}
      </Tag>
      {waitedMs !== null && <span>{t.service.waiting(Math.max(0, Math.floor(waitedMs / DAY_MS)))}</span>}
      {status === 'PENDING' && remindedAt !== null && <div className="muted">{t.service.remindedAt(formatInstant(remindedAt))}</div>}
      {status === 'REJECTED' && reason !== null && <div className="untrusted">{t.service.rejectedBecause(reason)}</div>}
    </>
  );
}

/** What can be done about an outlet's subscription, each after a question. */
function SubscriptionActions({ outlet }: { outlet: Outlet }) {
  const t = text();
  const { modal, message } = App.useApp();
  const { may } = useMay('service:write');
  const client = useQueryClient();
  const settled = {
    onSettled: () => client.invalidateQueries({ queryKey: ['outlets'] }),
    onError: (error: Error) => void message.error(problemText(error)),
  };
  const { carrier, outletCode, outletName, subscription, allowedActions } = outlet;
  const subscribe = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/outlet-subscriptions', { body: { carrier, outletCode } })),
    ...settled,
  });
  const remind = useMutation({
    mutationFn: (subscriptionId: string) =>
      dataOf(api.POST('/v1/outlet-subscriptions/{subscriptionId}/remind', { params: { path: { subscriptionId } } })),
    onSuccess: () => void message.success(t.service.reminded),
    ...settled,
  });
  const close = useMutation({
    mutationFn: async (subscriptionId: string) =>
      void (await api.DELETE('/v1/outlet-subscriptions/{subscriptionId}', { params: { path: { subscriptionId } } })),
    ...settled,
  });
  if (!may) return null;
  const id = subscription?.subscriptionId ?? null;
  return (
    <div className="row">
      {allowedActions.includes('SUBSCRIBE') && (
        <Button
          size="small"
          type="primary"
          loading={subscribe.isPending}
          aria-label={`${t.service.subscribe} ${outletName}`}
          onClick={() =>
            void modal.confirm({
              title: t.service.subscribeTitle(outletName),
              content: t.service.subscribeText,
              okText: t.service.subscribe,
              onOk: () => subscribe.mutateAsync().catch(() => {}),
            })
          }
        >
          {t.service.subscribe}
        </Button>
      )}
      {id !== null && allowedActions.includes('REMIND') && (
        <Button size="small" loading={remind.isPending} aria-label={`${t.service.remind} ${outletName}`} onClick={() => remind.mutate(id)}>
          {t.service.remind}
        </Button>
      )}
      {id !== null && allowedActions.includes('UNSUBSCRIBE') && (
        <Button
          size="small"
          danger
          loading={close.isPending}
          aria-label={`${t.service.unsubscribe} ${outletName}`}
          onClick={() =>
            void modal.confirm({
              title: t.service.unsubscribe,
              content: t.service.unsubscribeText(outletName),
              okButtonProps: { danger: true },
              onOk: () => close.mutateAsync(id).catch(() => {}),
            })
          }
        >
          {t.service.unsubscribe}
        </Button>
      )}
    </div>
  );
}

/** The outlets of one carrier: subscription, price, and what can be done. */
export function OutletTable({ carrier, outlets }: { carrier: Carrier; outlets: Outlet[] }) {
  const t = text();
  const prices = useQuery(pricesQuery);
  const [pricing, setPricing] = useState<Outlet | null>(null);
  const label = t.service.tableLabel(t.words.carrier[carrier]);
  return (
    <section aria-label={label}>
      <Table<Outlet>
        size="small"
        rowKey="outletCode"
        dataSource={outlets}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        onRow={({ outletCode }) => ({ 'data-outlet': outletCode }) as React.HTMLAttributes<HTMLElement>}
        columns={[
          { title: t.service.outletName, render: (_, { outletName }) => <span className="untrusted">{outletName}</span> },
          { title: t.service.outletCode, dataIndex: 'outletCode' },
          { title: t.service.subscription, render: (_, outlet) => <SubscriptionState outlet={outlet} /> },
          {
            title: t.service.currentPrice,
            align: 'right',
            render: (_, { feeFen }) => (feeFen === null ? t.service.noPrice : formatFen(feeFen)),
          },
          {
            title: t.common.actions,
            render: (_, outlet) => (
              <div className="row">
                <SubscriptionActions outlet={outlet} />
                <Button size="small" aria-label={`${t.service.prices} ${outlet.outletName}`} onClick={() => setPricing(outlet)}>
                  {t.service.prices}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {pricing !== null && <PriceDialog outlet={pricing} prices={pricesOf(prices.data ?? [], pricing)} onClose={() => setPricing(null)} />}
    </section>
  );
}
