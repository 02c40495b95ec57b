import { Alert, Descriptions } from 'antd';
import type { Intercept } from '../../api/types.ts';
import { useSignedIn } from '../session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { EMPTY, formatFen, formatInstant, orEmpty } from '../../ui/format.ts';
import { InterceptTag, RefundTag, ReturnTag } from '../../ui/status-tag.tsx';

/** A code and words of the carrier or platform, verbatim and as text only. */
export function foreignText(reason: Intercept['failure']): string {
  if (reason === null) return EMPTY;
  return reason.code === null ? reason.message : `${reason.message}（${reason.code}）`;
}

/** What people should know about the case, each in a line of its own; with the platform's words where it refuses something now. */
export function CaseNotices({ intercept }: { intercept: Intercept }) {
  const t = text();
  const { platformRefusal } = intercept;
  return intercept.notices.map((code) => (
    <Alert
      key={code}
      type="warning"
      showIcon
      title={t.words.notice[code]}
      description={
        code === 'ACTION_REFUSED_BY_PLATFORM' && platformRefusal !== null ? (
          <span className="untrusted">{foreignText(platformRefusal)}</span>
        ) : undefined
      }
      data-notice={code}
    />
  ));
}

/** The case in the Temporal UI, for staff to whom the service gave its address. */
export function TemporalLink({ interceptId }: { interceptId: string }) {
  const { temporalUiUrl, temporalNamespace } = useSignedIn().config;
  if (temporalUiUrl === null || temporalNamespace === null) return null;
  const address = `${temporalUiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${encodeURIComponent(`intercept:${interceptId}`)}`;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {text().common.openInTemporal}
    </a>
  );
}

/** Everything the API says about a case beside its progress. */
export function CaseFacts({ intercept }: { intercept: Intercept }) {
  const t = text();
  const untrusted = (value: string | null) => <span className="untrusted">{orEmpty(value)}</span>;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2, xxl: 3 }}
      items={[
        { key: 'id', label: t.case.interceptId, children: <CopyText value={intercept.interceptId} /> },
        { key: 'status', label: t.query.interceptStatus, children: <InterceptTag status={intercept.interceptStatus} /> },
        { key: 'refund', label: t.query.refundStatus, children: <RefundTag status={intercept.refundStatus} /> },
        {
          key: 'return',
          label: t.case.returnStatus,
          children: <ReturnTag status={intercept.returnStatus} failure={intercept.returnFailure} />,
        },
        { key: 'amount', label: t.refund.amount, children: formatFen(intercept.refundFeeFen) },
        { key: 'fee', label: t.case.fee, children: formatFen(intercept.feeFen) },
        { key: 'waybill', label: t.refund.waybillNo, children: <CopyText value={intercept.waybillNo} /> },
        { key: 'carrier', label: t.refund.carrier, children: t.words.carrier[intercept.carrier] },
        { key: 'outlet', label: t.refund.outlet, children: untrusted(`${intercept.outletName} ${intercept.outletCode}`.trim()) },
        { key: 'order', label: t.refund.orderId, children: <CopyText value={intercept.orderId} /> },
        { key: 'at', label: t.case.initiatedAt, children: formatInstant(intercept.initiatedAt) },
        { key: 'by', label: t.case.initiatedBy, children: untrusted(intercept.initiatedBy) },
        { key: 'reference', label: t.case.carrierReference, children: untrusted(intercept.carrierReference) },
        {
          key: 'cause',
          label: t.case.refundCause,
          children: intercept.refundCause === null ? EMPTY : t.words.refundCause[intercept.refundCause],
        },
        { key: 'auto', label: t.case.automaticRefund, children: t.words.automaticRefund[intercept.automaticRefund] },
        { key: 'refusal', label: t.case.carrierRefusal, children: untrusted(foreignText(intercept.carrierRefusal)) },
        { key: 'failure', label: t.case.failure, children: untrusted(foreignText(intercept.failure)) },
        { key: 'platform', label: t.case.platformRefusal, children: untrusted(foreignText(intercept.platformRefusal)) },
        {
          key: 'updated',
          label: t.case.updatedAt,
          children: `${formatInstant(intercept.updatedAt)}（${t.words.source[intercept.source]}）`,
        },
      ]}
    />
  );
}
