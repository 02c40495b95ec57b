import { useQueryClient } from '@tanstack/react-query';
import { Alert, Steps } from 'antd';
import { refreshCases } from '../../api/queries.ts';
import type { Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { formatInstant } from '../../ui/format.ts';
import { nextStepOf, stepsOf } from './steps.ts';

/** Both deadlines of an open refund, brief without their instants; a passed one makes the page look again. */
export function Countdowns({ intercept, brief = false }: { intercept: Intercept; brief?: boolean }) {
  const t = text();
  const client = useQueryClient();
  const onReached = (): void => void refreshCases(client, intercept.interceptId);
  const { rejectUnlockAt, autoRefundAt, automaticRefund, interceptStatus } = intercept;
  const waits = interceptStatus === 'REQUESTED' || interceptStatus === 'INTERCEPTING';
  return (
    <div className={brief ? 'countdowns countdowns-brief' : 'countdowns'}>
      {waits && (
        <div data-countdown="reject-unlock">
          <div className="muted">{t.case.unlockCountdown}</div>
          <Countdown until={rejectUnlockAt} then={t.case.unlockThen} warns={false} onReached={onReached} />
          {!brief && <div className="muted">{t.time.shanghai(formatInstant(rejectUnlockAt))}</div>}
        </div>
      )}
      {automaticRefund === 'ARMED' ? (
        <div data-countdown="auto-refund">
          <div className="muted">{t.case.refundCountdown}</div>
          <Countdown until={autoRefundAt} then={t.case.refundThen} onReached={onReached} />
          {!brief && (
            <div className="muted">
              {t.time.shanghai(formatInstant(autoRefundAt))} · {t.case.refundThen}
            </div>
          )}
        </div>
      ) : (
        <strong>{t.words.automaticRefund[automaticRefund]}</strong>
      )}
    </div>
  );
}

/** The steps of a case, those behind it and those ahead. */
export function CaseSteps({ intercept }: { intercept: Intercept }) {
  const t = text();
  const steps = stepsOf(intercept);
  const current = steps.findLastIndex(({ state }) => state !== 'wait');
  const detail: Record<string, string> = {
    initiated: formatInstant(intercept.initiatedAt),
    result: t.words.interceptStatus[intercept.interceptStatus],
    refund: t.words.refundStatus[intercept.refundStatus],
    returned: intercept.returnStatus === null ? '' : t.words.returnStatus[intercept.returnStatus],
  };
  return (
    <Steps
      current={current}
      items={steps.map(({ name, state }) => ({ title: t.case.steps[name], status: state, content: detail[name] ?? '' }))}
    />
  );
}

/** What comes next in a case. */
export function CaseNext({ intercept }: { intercept: Intercept }) {
  const failed = intercept.interceptStatus === 'FAILED' || intercept.interceptStatus === 'REJECTED_BY_CARRIER';
  return <Alert type={failed ? 'error' : 'info'} showIcon title={text().case.next[nextStepOf(intercept)]} />;
}

/** Where the case stands, what comes next and until when. */
export function CaseProgress({ intercept }: { intercept: Intercept }) {
  return (
    <div className="page">
      <CaseSteps intercept={intercept} />
      <CaseNext intercept={intercept} />
      {intercept.refundStatus === 'OPEN' && <Countdowns intercept={intercept} />}
    </div>
  );
}
