import { useQueryClient } from '@tanstack/react-query';
import { Alert, Steps } from 'antd';
import { refreshCases } from '../../api/queries.ts';
import type { Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { formatInstant } from '../../ui/format.ts';
import { nextStepOf, stepsOf } from './steps.ts';

/** Both deadlines of an open refund; a passed one makes the page look again. */
function Countdowns({ intercept, onReached }: { intercept: Intercept; onReached: () => void }) {
  const t = text();
  const { rejectUnlockAt, autoRefundAt, automaticRefund, interceptStatus } = intercept;
  const waits = interceptStatus === 'REQUESTED' || interceptStatus === 'INTERCEPTING';
  return (
    <div className="countdowns">
      {waits && (
        <div data-countdown="reject-unlock">
          <div className="muted">{t.case.unlockCountdown}</div>
          <Countdown until={rejectUnlockAt} then={t.case.unlockThen} warns={false} onReached={onReached} />
          <div className="muted">{t.time.shanghai(formatInstant(rejectUnlockAt))}</div>
        </div>
      )}
      {automaticRefund === 'ARMED' ? (
        <div data-countdown="auto-refund">
          <div className="muted">{t.case.refundCountdown}</div>
          <Countdown until={autoRefundAt} then={t.case.refundThen} onReached={onReached} />
          <div className="muted">
            {t.time.shanghai(formatInstant(autoRefundAt))} · {t.case.refundThen}
          </div>
        </div>
      ) : (
        <strong>{t.words.automaticRefund[automaticRefund]}</strong>
      )}
    </div>
  );
}

/** Where the case stands, what comes next and until when. */
export function CaseProgress({ intercept }: { intercept: Intercept }) {
  const t = text();
  const client = useQueryClient();
  const steps = stepsOf(intercept);
  const current = steps.findLastIndex(({ state }) => state !== 'wait');
  const failed = intercept.interceptStatus === 'FAILED' || intercept.interceptStatus === 'REJECTED_BY_CARRIER';
  const detail: Record<string, string> = {
    initiated: formatInstant(intercept.initiatedAt),
    result: t.words.interceptStatus[intercept.interceptStatus],
    refund: t.words.refundStatus[intercept.refundStatus],
    returned: intercept.returnStatus === null ? '' : t.words.returnStatus[intercept.returnStatus],
  };
  return (
    <div className="page">
      <Steps
        current={current}
        items={steps.map(({ name, state }) => ({ title: t.case.steps[name], status: state, content: detail[name] ?? '' }))}
      />
      <Alert type={failed ? 'error' : 'info'} showIcon title={t.case.next[nextStepOf(intercept)]} />
      {intercept.refundStatus === 'OPEN' && (
        <Countdowns intercept={intercept} onReached={() => void refreshCases(client, intercept.interceptId)} />
      )}
    </div>
  );
}
