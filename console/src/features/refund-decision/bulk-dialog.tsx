import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import { refreshCases, rejectReasonsQuery } from '../../api/queries.ts';
import { RepeatKey } from '../../api/repeat-key.ts';
import type { AllowedAction, DecisionResult, Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RowTable } from '../../ui/row-table.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { RefundTag } from '../../ui/status-tag.tsx';
import { actionOf, amountToAgree, type BulkDecision, commonReasons, mayBe, mayRepeat } from './bulk-decision.ts';
import { type Rejection, RejectionForm } from './rejection-form.tsx';

interface BulkDialogProps {
  decision: BulkDecision;
  /** As the list showed them when they were chosen. */
  intercepts: Intercept[];
  onClose: () => void;
}

const OUTCOME_COLOUR = { DONE: 'success', TAKEN: 'processing', FAILED: 'error' } as const;

/** What a refusal says; its members are not all in the typed part. */
function refusalWords(problem: NonNullable<DecisionResult['problem']>): string {
  const { reason } = problem as { reason?: AllowedAction['reason'] };
  return `${problem.title}：${reason ? text().words.actionReason[reason] : problem.detail}`;
}

/** Why a case cannot be decided so now, and from when on it can. */
function WhyNot({ intercept, decision }: { intercept: Intercept; decision: BulkDecision }) {
  const t = text();
  const action = actionOf(intercept, decision);
  return (
    <span className="muted">
      {action?.reason && t.words.actionReason[action.reason]}
      {action?.availableAt && `，${t.case.availableAt(formatInstant(action.availableAt))}`}
    </span>
  );
}

function Chosen({ decision, intercepts, results }: Omit<BulkDialogProps, 'onClose'> & { results: ReadonlyMap<string, DecisionResult> }) {
  const t = text();
  return (
    <RowTable<Intercept>
      rows={intercepts}
      rowKey={({ interceptId }) => interceptId}
      scroll={{ x: 'max-content', y: 320 }}
      attributes={({ interceptId }) => ({ 'data-outcome': results.get(interceptId)?.outcome })}
      columns={[
        { title: t.workbench.columns.refundId, render: ({ refundId }) => <Link href={`/refunds/${refundId}`}>{refundId}</Link> },
        {
          title: t.workbench.columns.amount,
          align: 'right',
          render: (intercept) => formatFen(amountToAgree(intercept, results.get(intercept.interceptId))),
        },
        {
          title: t.bulk.result,
          render: (intercept) => {
            const result = results.get(intercept.interceptId);
            if (result) return <Tag color={OUTCOME_COLOUR[result.outcome]}>{t.words.decisionOutcome[result.outcome]}</Tag>;
            return mayBe(intercept, decision) ? <Tag>{t.bulk.ready}</Tag> : <Tag>{t.bulk.notNow}</Tag>;
          },
        },
        {
          title: t.common.details,
          render: (intercept) => {
            const result = results.get(intercept.interceptId);
            if (result?.problem) return <span className="untrusted">{refusalWords(result.problem)}</span>;
            if (result?.intercept) return <RefundTag status={result.intercept.refundStatus} />;
            return mayBe(intercept, decision) ? null : <WhyNot intercept={intercept} decision={decision} />;
          },
        },
      ]}
    />
  );
}

/** Sends the decision for those of the cases that are still to be decided, and keeps what became of each. */
function useBulk(decision: BulkDecision, intercepts: Intercept[]) {
  const client = useQueryClient();
  const [results, setResults] = useState<ReadonlyMap<string, DecisionResult>>(new Map());
  const [repeats] = useState(() => new RepeatKey());
  const left = intercepts.filter((each) => mayBe(each, decision) && mayRepeat(results.get(each.interceptId)));
  const items = left.map((each) => ({ interceptId: each.interceptId, refundFeeFen: amountToAgree(each, results.get(each.interceptId)) }));
  const send = useMutation({
    mutationFn: async (rejection: Rejection | null) => {
      const interceptIds = items.map(({ interceptId }) => interceptId);
      const params = { header: { 'idempotency-key': repeats.of(rejection === null ? items : [interceptIds, rejection]) } };
      const call =
        rejection === null
          ? api.POST('/v1/intercepts/batch/approve-refund', { params, body: { items } })
          : api.POST('/v1/intercepts/batch/reject-refund', { params, body: { interceptIds, ...rejection } });
      return (await dataOf<{ results: DecisionResult[] }>(call)).results;
    },
    onSuccess: (answered) => {
      repeats.forget();
      setResults(new Map([...results, ...answered.map((result) => [result.interceptId, result] as const)]));
    },
    onSettled: () => refreshCases(client),
  });
  return { results, items, send };
}

function RejectSelected({ interceptIds, words, pending, onSend, onClose }: RejectSelectedProps) {
  const t = text();
  const asked = useQueries({ queries: interceptIds.map((interceptId) => rejectReasonsQuery(interceptId)) });
  const failed = asked.find(({ isError }) => isError);
  const reasons = asked.every(({ data }) => data !== undefined) ? commonReasons(asked.map(({ data }) => data ?? [])) : undefined;
  return (
    <>
      {failed && <ProblemAlert error={failed.error} onRetry={() => asked.forEach((query) => query.isError && void query.refetch())} />}
      {reasons?.length === 0 && <Alert type="warning" showIcon role="alert" title={t.bulk.noCommonReason} />}
      <RejectionForm reasons={reasons} words={words} pending={pending} onSend={onSend} onCancel={onClose} />
    </>
  );
}

interface RejectSelectedProps {
  interceptIds: string[];
  words: string;
  pending: boolean;
  onSend: (rejection: Rejection) => void;
  onClose: () => void;
}

/**
 * 批量同意, 批量拒绝: what is about to happen to how many and for how much, then what became of each. Those that were not carried out
 * may be sent again; those that were are not.
 */
export function BulkDialog({ decision, intercepts, onClose }: BulkDialogProps) {
  const t = text();
  const { results, items, send } = useBulk(decision, intercepts);
  const total = formatFen(items.reduce((sum, { refundFeeFen }) => sum + refundFeeFen, 0));
  const count = (outcome: DecisionResult['outcome']): number => [...results.values()].filter((each) => each.outcome === outcome).length;
  const words = t.bulk.confirm[decision](items.length, total);
  return (
    <Modal open title={t.bulk.title[decision](intercepts.length)} width={880} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page" data-bulk={decision}>
        {results.size > 0 && (
          <Alert
            type={count('FAILED') > 0 ? 'warning' : 'success'}
            showIcon
            role="status"
            title={t.bulk.summary(count('DONE'), count('TAKEN'), count('FAILED'))}
          />
        )}
        {items.length > 0 && <p>{t.bulk.text[decision](items.length, total)}</p>}
        <Chosen decision={decision} intercepts={intercepts} results={results} />
        {send.isError && <ProblemAlert error={send.error} />}
        {items.length === 0 && (
          <div className="row">
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        )}
        {items.length > 0 && decision === 'REJECT_REFUND' && (
          <RejectSelected
            interceptIds={items.map(({ interceptId }) => interceptId)}
            words={words}
            pending={send.isPending}
            onSend={(rejection) => send.mutate(rejection)}
            onClose={onClose}
          />
        )}
        {items.length > 0 && decision === 'APPROVE_REFUND' && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate(null);
            }}
          >
            <SubmitRow words={words} danger pending={send.isPending} onCancel={onClose} />
          </form>
        )}
      </div>
    </Modal>
  );
}
