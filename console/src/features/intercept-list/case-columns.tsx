import { Link } from 'wouter';
import type { Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { EMPTY, formatFen, formatInstant, orEmpty } from '../../ui/format.ts';
import { AdviceTags } from '../refund-decision/advice.tsx';
import { InterceptTag, RefundTag, ReturnTag } from '../../ui/status-tag.tsx';

/** A line of a list: a request of the platform's list, an intercept, or both. */
export interface CaseRow {
  key: string;
  refundId: string;
  orderId: string;
  refundFeeFen: number;
  waybillNo: string | null;
  carrier: Intercept['carrier'] | null;
  itemTitle: string | null;
  reason: string | null;
  createdAt: string | null;
  expireAt: string | null;
  interceptId: string | null;
  interceptStatus: Intercept['interceptStatus'] | null;
  /** The intercept, where it is loaded; the platform's list knows the latest by name and status alone. */
  intercept: Intercept | null;
}

/** The line of an intercept alone. */
export function rowOfIntercept(intercept: Intercept): CaseRow {
  const { interceptId, interceptStatus, refundId, orderId, refundFeeFen, waybillNo, carrier, platformExpireAt } = intercept;
  const unknown = { itemTitle: null, reason: null, createdAt: null };
  return {
    ...unknown,
    key: interceptId,
    refundId,
    orderId,
    refundFeeFen,
    waybillNo,
    carrier,
    expireAt: platformExpireAt,
    interceptId,
    interceptStatus,
    intercept,
  };
}

export interface CaseColumn {
  key: string;
  title: string;
  width?: number;
  align?: 'right';
  render: (row: CaseRow) => React.ReactNode;
}

/** Time left: of an open intercept until its automatic refund, of a mere request until the platform acts. */
function TimeLeft({ row }: { row: CaseRow }) {
  const t = text();
  const { intercept } = row;
  if (intercept !== null) {
    if (intercept.refundStatus !== 'OPEN') return EMPTY;
    if (intercept.automaticRefund !== 'ARMED') return <span>{t.case.notArmed}</span>;
    return <Countdown until={intercept.autoRefundAt} then={t.workbench.autoRefundThen} />;
  }
  return row.expireAt === null ? EMPTY : <Countdown until={row.expireAt} then={t.workbench.platformExpiry} />;
}

/** All columns a list of cases can have, in their order. */
export function caseColumns(): CaseColumn[] {
  const { columns } = text().workbench;
  const untrusted = (value: string | null) => <span className="untrusted">{orEmpty(value)}</span>;
  return [
    { key: 'refundId', title: columns.refundId, render: ({ refundId }) => <Link href={`/refunds/${refundId}`}>{refundId}</Link> },
    { key: 'amount', title: columns.amount, align: 'right', render: ({ refundFeeFen }) => formatFen(refundFeeFen) },
    {
      key: 'parcel',
      title: columns.parcel,
      render: ({ waybillNo, carrier }) => (
        <>
          <CopyText value={waybillNo} />
          {carrier !== null && <div className="muted">{text().words.carrier[carrier]}</div>}
        </>
      ),
    },
    {
      key: 'interceptStatus',
      title: columns.interceptStatus,
      render: ({ intercept, interceptStatus }) => {
        const status = intercept?.interceptStatus ?? interceptStatus;
        return status === null ? EMPTY : <InterceptTag status={status} />;
      },
    },
    {
      key: 'refundStatus',
      title: columns.refundStatus,
      render: ({ intercept }) => (
        <>
          <RefundTag status={intercept?.refundStatus ?? 'OPEN'} />
          {intercept && <AdviceTags intercept={intercept} />}
        </>
      ),
    },
    {
      key: 'returnStatus',
      title: columns.returnStatus,
      render: ({ intercept }) => <ReturnTag status={intercept?.returnStatus ?? null} failure={intercept?.returnFailure ?? null} />,
    },
    { key: 'countdown', title: columns.countdown, render: (row) => <TimeLeft row={row} /> },
    { key: 'item', title: columns.item, width: 200, render: ({ itemTitle }) => untrusted(itemTitle) },
    { key: 'reason', title: columns.reason, width: 140, render: ({ reason }) => untrusted(reason) },
    { key: 'orderId', title: columns.orderId, render: ({ orderId }) => <CopyText value={orderId} /> },
    { key: 'createdAt', title: columns.createdAt, render: ({ createdAt }) => formatInstant(createdAt) },
    { key: 'initiatedAt', title: columns.initiatedAt, render: ({ intercept }) => formatInstant(intercept?.initiatedAt) },
    { key: 'outlet', title: columns.outlet, width: 160, render: ({ intercept }) => untrusted(intercept?.outletName ?? null) },
    { key: 'feeFen', title: columns.feeFen, align: 'right', render: ({ intercept }) => formatFen(intercept?.feeFen) },
    { key: 'updatedAt', title: columns.updatedAt, render: ({ intercept }) => formatInstant(intercept?.updatedAt) },
  ];
}
