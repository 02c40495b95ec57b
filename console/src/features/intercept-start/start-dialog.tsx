import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Descriptions, Modal, Radio, Spin } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { previewQuery, refreshCases, returnAddressQuery } from '../../api/queries.ts';
import type { Intercept, Preview, ReturnTo, WarningCode } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, orEmpty } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AgreementForm } from './agreement-form.tsx';

interface StartDialogProps {
  refundId: string;
  open: boolean;
  onClose: () => void;
  onStarted: (intercept: Intercept) => void;
}

/** Whether the only thing missing is the agreement, which can be signed here and now. */
export function needsAgreementOnly(preview: Preview): boolean {
  return preview.reasons.length === 1 && preview.reasons[0]?.code === 'AGREEMENT_NOT_SIGNED';
}

/** Everything that forbids the intercept, at once. */
export function ReasonList({ reasons }: { reasons: readonly { code: string; message: string; carrierCode?: string }[] }) {
  return (
    <ul className="reasons">
      {reasons.map(({ code, message, carrierCode }) => (
        <li key={`${code} ${carrierCode ?? ''}`} data-reason={code}>
          {message}
          {carrierCode === undefined ? '' : `（${carrierCode}）`}
        </li>
      ))}
    </ul>
  );
}

/** The address that would be told to the carrier now. */
function PresentAddress() {
  const { data } = useQuery({ ...returnAddressQuery, staleTime: 0 });
  if (!data?.address) return null;
  const { province, city, district, address, name, phone } = data.address;
  return (
    <div className="muted untrusted">{`${province} ${city} ${district} ${address} ${name} ${phone}${text().start.addressVersion(data.version)}`}</div>
  );
}

/** Where the parcel is to go: a choice only where the carrier offers one. */
function ReturnChoice(props: { offered: readonly ReturnTo[]; chosen: ReturnTo; onChange: (to: ReturnTo) => void }) {
  const t = text();
  const { offered, chosen, onChange } = props;
  return (
    <>
      {offered.length > 1 ? (
        <Radio.Group
          aria-label={t.start.returnTo}
          value={chosen}
          onChange={({ target }) => onChange(target.value as ReturnTo)}
          options={offered.map((value) => ({ value, label: t.words.returnTo[value] }))}
        />
      ) : (
        t.words.returnTo[chosen]
      )}
      {chosen === 'OUTLET' && <div className="muted">{t.start.fetchThere}</div>}
      {chosen === 'ADDRESS' && <PresentAddress />}
    </>
  );
}

function Confirmation({
  preview,
  onClose,
  onStarted,
}: {
  preview: Preview;
  onClose: () => void;
  onStarted: (intercept: Intercept) => void;
}) {
  const t = text();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<WarningCode>>(new Set());
  const [returnTo, setReturnTo] = useState<ReturnTo>(preview.returnsTo[0] ?? 'SENDER');
  const { refundId, refundFeeFen } = preview.refund;
  const start = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/intercepts', { body: { refundId, confirm: true, acknowledge: [...acknowledged], returnTo } })),
    onSuccess: async (intercept) => {
      if (intercept.interceptStatus === 'REJECTED_BY_CARRIER') void message.error(t.start.refused);
      else if (intercept.interceptStatus === 'REQUESTED') void message.info(t.start.requested);
      else void message.success(t.start.accepted);
      await Promise.all([refreshCases(client), client.invalidateQueries({ queryKey: ['preview', refundId] })]);
      onStarted(intercept);
    },
  });
  const allAcknowledged = preview.warnings.every(({ code }) => acknowledged.has(code));

  function toggle(code: WarningCode, checked: boolean): void {
    const next = new Set(acknowledged);
    if (checked) next.add(code);
    else next.delete(code);
    setAcknowledged(next);
  }

  return (
    <div className="page">
      <Alert type="warning" showIcon title={t.start.irrevocable} />
      <section aria-label={t.start.whatHappens}>
        <h2 className="page-title">{t.start.whatHappens}</h2>
        <ol>
          {t.start.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          { key: 'amount', label: t.refund.amount, children: formatFen(refundFeeFen) },
          {
            key: 'fee',
            label: t.start.fee,
            children: preview.expectedFeeFen === null ? t.start.feeUnknown : formatFen(preview.expectedFeeFen),
          },
          { key: 'waybill', label: t.refund.waybillNo, children: orEmpty(preview.parcel.waybillNo) },
          { key: 'outlet', label: t.refund.outlet, children: <span className="untrusted">{orEmpty(preview.parcel.outletName)}</span> },
          {
            key: 'returnTo',
            label: t.start.returnTo,
            children: <ReturnChoice offered={preview.returnsTo} chosen={returnTo} onChange={setReturnTo} />,
          },
        ]}
      />
      {preview.warnings.map(({ code, message: words }) => (
        <Alert
          key={code}
          type="warning"
          title={words}
          description={
            <Checkbox checked={acknowledged.has(code)} onChange={(event) => toggle(code, event.target.checked)}>
              {t.start.acknowledge}
            </Checkbox>
          }
        />
      ))}
      {start.isError && <ProblemAlert error={start.error} />}
      <div className="row dialog-end">
        <Button type="primary" danger loading={start.isPending} disabled={!allAcknowledged} onClick={() => start.mutate()}>
          {t.start.confirm(formatFen(refundFeeFen))}
        </Button>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        {!allAcknowledged && <span className="muted">{t.start.needAck}</span>}
      </div>
    </div>
  );
}

/** The way from the button to a running intercept: reasons against it, or the agreement, or the confirmation (R25). */
export function StartDialog({ refundId, open, onClose, onStarted }: StartDialogProps) {
  const t = text();
  const preview = useQuery({ ...previewQuery(refundId), enabled: open, staleTime: 0 });
  const { data } = preview;
  return (
    <Modal title={t.start.title} open={open} onCancel={onClose} footer={null} width={640} destroyOnHidden mask={{ closable: false }}>
      {preview.isPending && <Spin />}
      {preview.isError && <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />}
      {data && !data.eligible && needsAgreementOnly(data) && (
        <div className="page">
          <Alert type="info" showIcon title={t.agreement.first} />
          <AgreementForm onOpened={() => void preview.refetch()} />
        </div>
      )}
      {data && !data.eligible && !needsAgreementOnly(data) && (
        <Alert type="error" showIcon title={t.refund.notEligible} description={<ReasonList reasons={data.reasons} />} />
      )}
      {data?.eligible === true && <Confirmation preview={data} onClose={onClose} onStarted={onStarted} />}
    </Modal>
  );
}
