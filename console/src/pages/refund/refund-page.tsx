import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Descriptions, Row, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { attemptsQuery, interceptQuery, previewQuery, refundsQuery, trackQuery } from '../../api/queries.ts';
import type { Intercept, Preview, Refund } from '../../api/types.ts';
import { RefundJudgements } from '../../features/rules/refund-judgements.tsx';
import { useMay } from '../../features/session/permissions.tsx';
import { ReasonList, StartDialog, needsAgreementOnly } from '../../features/intercept-start/start-dialog.tsx';
import { CaseFacts, CaseNotices, TemporalLink } from '../../features/intercept-view/case-facts.tsx';
import { CaseNext, CaseProgress, CaseSteps } from '../../features/intercept-view/case-progress.tsx';
import { AuditTimeline, TrackTimeline } from '../../features/intercept-view/timelines.tsx';
import { ReturnAndClaims } from '../../features/claim/return-and-claims.tsx';
import { DecisionBar } from '../../features/refund-decision/decision-bar.tsx';
import { text } from '../../i18n/text.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { EMPTY, formatFen, formatInstant, orEmpty } from '../../ui/format.ts';
import { usePhone } from '../../ui/window-width.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

/** What of it a decision needs: on a phone the rest is asked for. */
const NEEDED = ['amount', 'reason', 'track'];

/** Refund, order and parcel as the platform and the carrier tell them. */
function RefundFacts({
  preview,
  refund,
  intercept,
}: {
  preview: Preview | undefined;
  refund: Refund | undefined;
  intercept: Intercept | undefined;
}) {
  const t = text();
  const [orderOpen, setOrderOpen] = useState(false);
  const brief = usePhone() && intercept !== undefined && !orderOpen;
  const known = preview?.refund;
  const carrier = preview?.parcel.carrier ?? intercept?.carrier ?? refund?.carrier ?? null;
  const outlet =
    preview === undefined
      ? `${intercept?.outletName ?? ''} ${intercept?.outletCode ?? ''}`
      : `${preview.parcel.outletName ?? ''} ${preview.parcel.outletCode ?? ''}`;
  const track = useQuery({ ...trackQuery(intercept?.interceptId ?? ''), enabled: intercept !== undefined });
  const last = track.data?.at(-1) ?? preview?.lastTrackEvent ?? null;
  const orderId = known?.orderId ?? intercept?.orderId ?? refund?.orderId ?? null;
  return (
    <Card
      title={t.refund.info}
      size="small"
      extra={
        <Button onClick={() => setOrderOpen(!orderOpen)} aria-expanded={orderOpen}>
          {t.refund.orderDetails}
        </Button>
      }
    >
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xxl: 3 }}
        items={[
          {
            key: 'amount',
            label: t.refund.amount,
            children: <strong>{formatFen(known?.refundFeeFen ?? intercept?.refundFeeFen ?? refund?.refundFeeFen)}</strong>,
          },
          { key: 'reason', label: t.refund.reason, children: <span className="untrusted">{orEmpty(refund?.reason)}</span> },
          { key: 'created', label: t.refund.createdAt, children: formatInstant(refund?.createdAt) },
          {
            key: 'expire',
            label: t.refund.platformExpireAt,
            children: formatInstant(known?.platformExpireAt ?? intercept?.platformExpireAt ?? refund?.expireAt),
          },
          {
            key: 'waybill',
            label: t.refund.waybillNo,
            children: <CopyText value={preview?.parcel.waybillNo ?? intercept?.waybillNo ?? refund?.waybillNo ?? null} />,
          },
          { key: 'carrier', label: t.refund.carrier, children: carrier === null ? EMPTY : t.words.carrier[carrier] },
          { key: 'outlet', label: t.refund.outlet, children: <span className="untrusted">{orEmpty(outlet.trim())}</span> },
          {
            key: 'track',
            label: t.refund.lastTrack,
            children:
              last === null ? (
                EMPTY
              ) : (
                <span className="untrusted">{`${t.words.trackEvent[last.event]} ${formatInstant(last.occurredAt)} ${last.text}`}</span>
              ),
          },
        ].filter(({ key }) => !brief || NEEDED.includes(key))}
      />
      {orderOpen && (
        <Descriptions
          size="small"
          bordered
          title={t.refund.order}
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'order', label: t.refund.orderId, children: <CopyText value={orderId} /> },
            { key: 'item', label: t.refund.item, children: <span className="untrusted">{orEmpty(refund?.itemTitle)}</span> },
          ]}
        />
      )}
    </Card>
  );
}

/** Whether an intercept may start, with all reasons against it, and the button that starts it. */
function StartCard({ refundId, preview, refused }: { refundId: string; preview: Preview; refused: boolean }) {
  const t = text();
  const [open, setOpen] = useState(false);
  const check = useQuery(previewQuery(refundId));
  const { may, whyNot } = useMay('intercepts:write');
  const startable = preview.eligible || needsAgreementOnly(preview);
  const serviceMissing = preview.reasons.some(({ code }) =>
    ['SERVICE_NOT_OPEN', 'OUTLET_NOT_SUBSCRIBED', 'OUTLET_REJECTED', 'EBILL_NOT_OPENED'].includes(code),
  );
  return (
    <Card size="small" title={t.refund.start}>
      <div className="page">
        {refused && <Alert type="info" showIcon title={t.refund.againPossible} />}
        {preview.eligible ? (
          <Alert
            type="success"
            showIcon
            title={t.refund.eligible}
            description={`${t.refund.expectedFee}：${formatFen(preview.expectedFeeFen)}`}
          />
        ) : (
          <Alert
            type={startable ? 'info' : 'warning'}
            showIcon
            title={startable ? t.agreement.first : t.refund.notEligible}
            description={<ReasonList reasons={preview.reasons} />}
          />
        )}
        <div className="row">
          <Button type="primary" disabled={!startable || !may} onClick={() => setOpen(true)}>
            {t.refund.start}
          </Button>
          <Button loading={check.isFetching} onClick={() => void check.refetch()}>
            {t.refund.checkAgain}
          </Button>
          {serviceMissing && <Link href="/service">{t.refund.goToService}</Link>}
          {whyNot !== null && <span className="muted">{whyNot}</span>}
        </div>
      </div>
      <StartDialog refundId={refundId} open={open} onClose={() => setOpen(false)} onStarted={() => setOpen(false)} />
    </Card>
  );
}

/** A case, live: progress, countdowns, decisions, track, audit, return and claims. */
function CaseCards({ interceptId, first }: { interceptId: string; first: Intercept }) {
  const t = text();
  const current = useQuery({ ...interceptQuery(interceptId), placeholderData: first });
  const intercept = current.data ?? first;
  const phone = usePhone();
  return (
    <>
      <Card
        size="small"
        title={`${t.words.interceptStatus[intercept.interceptStatus]} · ${t.refund.attempt(intercept.attempt)}`}
        extra={<TemporalLink interceptId={interceptId} />}
        data-intercept-status={intercept.interceptStatus}
        data-refund-status={intercept.refundStatus}
      >
        <div className="page">
          {current.isError && <ProblemAlert error={current.error} onRetry={() => void current.refetch()} />}
          <CaseNotices intercept={intercept} />
          {phone ? <CaseNext intercept={intercept} /> : <CaseProgress intercept={intercept} />}
          <DecisionBar intercept={intercept} onUnlock={() => void current.refetch()} pinned={phone && intercept.refundStatus === 'OPEN'} />
          {phone && <CaseSteps intercept={intercept} />}
          <CaseFacts intercept={intercept} />
        </div>
      </Card>
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={12}>
          <Card size="small" title={t.case.track}>
            <TrackTimeline interceptId={interceptId} />
          </Card>
        </Col>
        <Col xs={24} xl={12}>
          <Card size="small" title={t.case.audit}>
            <AuditTimeline interceptId={interceptId} />
          </Card>
        </Col>
      </Row>
      <ReturnAndClaims intercept={intercept} />
    </>
  );
}

/** 退款详情: the refund, whether it can be intercepted, and the running case. */
export function RefundPage({ refundId }: { refundId: string }) {
  const t = text();
  const phone = usePhone();
  const attempts = useQuery(attemptsQuery(refundId));
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = attempts.data?.[0];
  const startable = attempts.data !== undefined && (newest === undefined || newest.interceptStatus === 'REJECTED_BY_CARRIER');
  const preview = useQuery({ ...previewQuery(refundId), enabled: startable });
  const refunds = useQuery(refundsQuery);
  const refund = refunds.data?.find((one) => one.refundId === refundId);
  const shown = attempts.data?.find(({ interceptId }) => interceptId === chosen) ?? newest;
  return (
    <div className="page">
      <h1 className="page-title">{t.refund.title(refundId)}</h1>
      {attempts.isPending && <Skeleton active />}
      {attempts.isError && <ProblemAlert error={attempts.error} onRetry={() => void attempts.refetch()} />}
      {startable && preview.isPending && <Skeleton active />}
      {startable && preview.isError && <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />}
      {attempts.data !== undefined && (newest !== undefined || preview.data !== undefined) && (
        <RefundFacts preview={preview.data} refund={refund} intercept={newest} />
      )}
      {startable && preview.data && <StartCard refundId={refundId} preview={preview.data} refused={newest !== undefined} />}
      {attempts.data && attempts.data.length > 1 && (
        <Tabs
          aria-label={t.refund.attempts}
          activeKey={shown?.interceptId}
          onChange={setChosen}
          items={attempts.data.map(({ interceptId, attempt }) => ({ key: interceptId, label: t.refund.attempt(attempt) }))}
        />
      )}
      {!phone && <RefundJudgements refundId={refundId} />}
      {shown && <CaseCards key={shown.interceptId} interceptId={shown.interceptId} first={shown} />}
      {phone && <RefundJudgements refundId={refundId} />}
    </div>
  );
}
