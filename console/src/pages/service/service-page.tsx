import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Collapse, Form, Input, Modal, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { serviceQuery } from '../../api/queries.ts';
import type { Carrier, Service } from '../../api/types.ts';
import { AgreementForm } from '../../features/intercept-start/agreement-form.tsx';
import { outletsQuery } from '../../features/outlet/outlet-queries.ts';
import { OutletTable } from '../../features/outlet/outlet-table.tsx';
import { PriceSheetDialog } from '../../features/outlet/price-sheet-dialog.tsx';
import { useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant, orEmpty } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';

/** 关闭服务, only with a reason (R12). */
function CloseDialog({ onClose }: { onClose: () => void }) {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const close = useMutation({
    mutationFn: ({ reason }: { reason: string }) => dataOf(api.POST('/v1/service/close', { body: { reason: reason.trim() } })),
    onSuccess: async () => {
      await Promise.all(['service', 'outlets', 'preview'].map((name) => client.invalidateQueries({ queryKey: [name] })));
      void message.success(t.service.closed);
      onClose();
    },
  });
  return (
    <Modal open title={t.service.closeTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <Alert type="warning" showIcon title={t.service.closeText} />
        {close.isError && <ProblemAlert error={close.error} />}
        <Form layout="vertical" onFinish={(values: { reason: string }) => close.mutate(values)}>
          <Form.Item
            name="reason"
            label={t.service.closeReason}
            rules={[{ required: true, whitespace: true, message: t.service.needReason }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
          <SubmitRow words={t.service.close} danger pending={close.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

function ServiceCard({ service, outletCount }: { service: Service; outletCount: number | null }) {
  const t = text();
  const { may, whyNot } = useMay('service:write');
  const [closing, setClosing] = useState(false);
  const open = service.status === 'OPEN';
  return (
    <Card
      size="small"
      title={t.service.status}
      extra={
        open && (
          <Button danger disabled={!may} onClick={() => setClosing(true)}>
            {t.service.close}
          </Button>
        )
      }
    >
      <div className="page">
        <div className="row" data-service={service.status}>
          <Tag color={open ? 'success' : 'default'}>{t.words.serviceStatus[service.status]}</Tag>
          {service.signedAt !== null && <span>{t.service.signed(orEmpty(service.signedVersion), formatInstant(service.signedAt))}</span>}
          {open && service.signedVersion !== service.agreementVersion && <span>{t.service.newVersion(service.agreementVersion)}</span>}
          {service.status === 'CLOSED' && service.closeReason !== null && (
            <span className="untrusted">{t.service.closedReason(service.closeReason)}</span>
          )}
          {whyNot !== null && <span className="muted">{whyNot}</span>}
        </div>
        {outletCount !== null && (
          <Alert
            type={outletCount === 0 ? 'warning' : 'success'}
            showIcon
            title={`${t.service.ebill}：${outletCount === 0 ? t.service.ebillNone : t.service.ebillCount(outletCount)}`}
            description={outletCount === 0 ? t.service.ebillHint : undefined}
          />
        )}
        {!open && <AgreementForm onOpened={() => {}} />}
      </div>
      {closing && <CloseDialog onClose={() => setClosing(false)} />}
    </Card>
  );
}

/** 快递拦截服务: e-waybill, agreement, outlets by carrier with their subscriptions and prices. */
export function ServicePage() {
  const t = text();
  const service = useQuery(serviceQuery);
  const outlets = useQuery(outletsQuery);
  const { may } = useMay('service:write');
  const [importing, setImporting] = useState(false);
  const carriers = Object.keys(t.words.carrier) as Carrier[];
  const withOutlets = carriers.filter((carrier) => outlets.data?.some((outlet) => outlet.carrier === carrier));
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.service}</h1>
      {service.isPending && <Skeleton active />}
      {service.isError && <ProblemAlert error={service.error} onRetry={() => void service.refetch()} />}
      {service.data && <ServiceCard service={service.data} outletCount={outlets.data?.length ?? null} />}
      {outlets.isError && <ProblemAlert error={outlets.error} onRetry={() => void outlets.refetch()} />}
      {outlets.isPending && <Skeleton active />}
      {withOutlets.length > 0 && (
        <Card
          size="small"
          title={t.service.outlets}
          extra={
            <Button disabled={!may} onClick={() => setImporting(true)}>
              {t.sheet.title}
            </Button>
          }
        >
          <Collapse
            defaultActiveKey={withOutlets}
            items={withOutlets.map((carrier) => ({
              key: carrier,
              label: t.words.carrier[carrier],
              children: <OutletTable carrier={carrier} outlets={(outlets.data ?? []).filter((outlet) => outlet.carrier === carrier)} />,
            }))}
          />
        </Card>
      )}
      {importing && <PriceSheetDialog outlets={outlets.data ?? []} onClose={() => setImporting(false)} />}
    </div>
  );
}
