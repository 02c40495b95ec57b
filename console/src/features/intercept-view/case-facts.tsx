import { Alert, Descriptions } from 'antd';
import type { Intercept } from '../../api/types.ts';
import { useSignedIn } from '../session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { EMPTY, formatActor, formatFen, formatInstant } from '../../ui/format.ts';
import { ReturnTag } from '../../ui/status-tag.tsx';

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

/** What the API says about a case that neither the card of the refund nor the case's progress says; what is not there is left out. */
export function CaseFacts({ intercept }: { intercept: Intercept }) {
  const t = text();
  const items = [
    { key: 'id', label: t.case.interceptId, children: <CopyText value={intercept.interceptId} /> },
    { key: 'at', label: t.case.initiatedAt, children: formatInstant(intercept.initiatedAt) },
    { key: 'by', label: t.case.initiatedBy, children: <span className="untrusted">{formatActor(intercept.initiatedBy)}</span> },
    { key: 'fee', label: t.case.fee, children: intercept.feeFen === null ? null : formatFen(intercept.feeFen) },
    { key: 'reference', label: t.case.carrierReference, children: untrusted(intercept.carrierReference) },
    { key: 'returnTo', label: t.case.returnTo, children: returnText(intercept) },
    {
      key: 'return',
      label: t.case.returnStatus,
      children: intercept.returnStatus && <ReturnTag status={intercept.returnStatus} failure={intercept.returnFailure} />,
    },
    { key: 'cause', label: t.case.refundCause, children: intercept.refundCause && t.words.refundCause[intercept.refundCause] },
    { key: 'auto', label: t.case.automaticRefund, children: t.words.automaticRefund[intercept.automaticRefund] },
    {
      key: 'refusal',
      label: t.case.carrierRefusal,
      children: untrusted(intercept.carrierRefusal && foreignText(intercept.carrierRefusal)),
    },
    { key: 'failure', label: t.case.failure, children: untrusted(intercept.failure && foreignText(intercept.failure)) },
    {
      key: 'platform',
      label: t.case.platformRefusal,
      children: untrusted(intercept.platformRefusal && foreignText(intercept.platformRefusal)),
    },
    {
      key: 'updated',
      label: t.case.updatedAt,
      children: `${formatInstant(intercept.updatedAt)}（${t.words.source[intercept.source]}）`,
    },
  ];
  return <Descriptions size="small" bordered column={{ xs: 1, md: 2, xxl: 3 }} items={items.filter(({ children }) => children !== null)} />;
}

/** Where it was asked to go, and to which of the shop's addresses. */
function returnText({ returnTo = 'SENDER', returnAddressVersion }: Intercept): string {
  const t = text();
  return `${t.words.returnTo[returnTo]}${returnAddressVersion === undefined ? '' : t.start.addressVersion(returnAddressVersion)}`;
}

function untrusted(value: string | null): React.ReactNode {
  return value === null ? null : <span className="untrusted">{value}</span>;
}
