import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Modal, Spin, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import { previewQuery, refreshCases } from '../../api/queries.ts';
import type { BatchResult, Preview } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';
import { RowTable } from '../../ui/row-table.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { InterceptTag } from '../../ui/status-tag.tsx';
import { ReasonList } from './start-dialog.tsx';

/** The API takes so many at once. */
export const MAX_BATCH = 20;

interface Checked {
  refundId: string;
  preview: Preview | undefined;
  error: unknown;
}

const OUTCOME_COLOUR = { CREATED: 'success', EXISTING: 'processing', INELIGIBLE: 'warning', FAILED: 'error' } as const;

/** What a problem inside a result says; its members are not all in the typed part. */
function problemWords(problem: BatchResult['problem']): string {
  if (problem === undefined) return '';
  const reasons = (problem as { reasons?: { message: string }[] }).reasons ?? [];
  return reasons.length > 0 ? reasons.map(({ message }) => message).join('；') : `${problem.title}：${problem.detail}`;
}

/** What became of a row: the API's outcome, or why it was not sent. */
interface RowResult {
  refundId: string;
  outcome: BatchResult['outcome'];
  intercept: BatchResult['intercept'];
  words: string;
}

/** Rows that were not sent, with what the check said about each. */
function notSent({ refundId, preview, error }: Checked): RowResult {
  if (preview === undefined) return { refundId, outcome: 'FAILED', intercept: undefined, words: problemText(error) };
  const findings = preview.eligible ? preview.warnings : preview.reasons;
  return { refundId, outcome: 'INELIGIBLE', intercept: undefined, words: findings.map(({ message }) => message).join('；') };
}

function Results({ results }: { results: RowResult[] }) {
  const t = text();
  const count = (outcome: BatchResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  return (
    <section aria-label={t.batch.result} className="page">
      <Alert
        type="info"
        showIcon
        role="status"
        title={t.batch.summary(count('CREATED'), count('EXISTING'), count('INELIGIBLE') + count('FAILED'))}
      />
      <RowTable<RowResult>
        rows={results}
        rowKey={({ refundId }) => refundId}
        attributes={({ outcome }) => ({ 'data-outcome': outcome })}
        columns={[
          { title: t.workbench.columns.refundId, render: ({ refundId }) => <Link href={`/refunds/${refundId}`}>{refundId}</Link> },
          { title: t.batch.result, render: ({ outcome }) => <Tag color={OUTCOME_COLOUR[outcome]}>{t.words.batchOutcome[outcome]}</Tag> },
          {
            title: t.common.details,
            render: ({ intercept, words }) =>
              intercept ? <InterceptTag status={intercept.interceptStatus} /> : <span className="untrusted">{words}</span>,
          },
        ]}
      />
    </section>
  );
}

/** 批量拦截: every row is checked first, each with its own reasons and warnings; one bad row never stops the others. */
export function BatchDialog({ refundIds, onClose }: { refundIds: string[]; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<string>>(new Set());
  const checks = useQueries({ queries: refundIds.map((refundId) => ({ ...previewQuery(refundId), staleTime: 30_000 })) });
  const rows: Checked[] = refundIds.map((refundId, index) => ({
    refundId,
    preview: checks[index]?.data,
    error: checks[index]?.error ?? null,
  }));
  const checking = checks.some(({ isPending }) => isPending);
  const ready = rows.filter(
    ({ refundId, preview }) => preview?.eligible === true && (preview.warnings.length === 0 || acknowledged.has(refundId)),
  );
  const start = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/intercepts/batch', {
          body: {
            confirm: true,
            items: ready.map(({ refundId, preview }) => ({ refundId, acknowledge: (preview?.warnings ?? []).map(({ code }) => code) })),
          },
        }),
      ),
    onSettled: () => refreshCases(client),
  });

  function toggle(refundId: string, checked: boolean): void {
    const next = new Set(acknowledged);
    if (checked) next.add(refundId);
    else next.delete(refundId);
    setAcknowledged(next);
  }

  const answered = start.data?.results;
  const sent = new Set(answered?.map(({ refundId }) => refundId));
  const results = answered && [
    ...answered.map(({ refundId, outcome, intercept, problem }) => ({ refundId, outcome, intercept, words: problemWords(problem) })),
    ...rows.filter(({ refundId }) => !sent.has(refundId)).map(notSent),
  ];
  return (
    <Modal open title={t.batch.title(refundIds.length)} width={880} onCancel={onClose} footer={null} mask={{ closable: false }}>
      {results ? (
        <div className="page">
          <Results results={results} />
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      ) : (
        <div className="page">
          <Alert type="warning" showIcon title={t.start.irrevocable} description={t.batch.intro} />
          {checking && (
            <div role="status">
              <Spin /> {t.batch.checking}
            </div>
          )}
          <ScrollRegion label={t.workbench.tableLabel}>
            <RowTable<Checked>
              rows={rows}
              rowKey={({ refundId }) => refundId}
              columns={[
                { title: t.workbench.columns.refundId, render: ({ refundId }) => refundId },
                { title: t.refund.amount, render: ({ preview }) => formatFen(preview?.refund.refundFeeFen) },
                { title: t.refund.expectedFee, render: ({ preview }) => formatFen(preview?.expectedFeeFen) },
                {
                  title: t.common.details,
                  render: ({ refundId, preview, error }) => {
                    if (error !== null) return <span className="untrusted">{problemText(error)}</span>;
                    if (preview === undefined) return null;
                    if (!preview.eligible) return <ReasonList reasons={preview.reasons} />;
                    if (preview.warnings.length === 0) return <Tag color="success">{t.batch.ready}</Tag>;
                    return (
                      <>
                        <ReasonList reasons={preview.warnings} />
                        <Checkbox checked={acknowledged.has(refundId)} onChange={(event) => toggle(refundId, event.target.checked)}>
                          {t.batch.acknowledge}
                        </Checkbox>
                      </>
                    );
                  },
                },
              ]}
            />
          </ScrollRegion>
          {start.isError && <ProblemAlert error={start.error} />}
          <div className="row dialog-end">
            <Button
              type="primary"
              danger
              disabled={checking || ready.length === 0}
              loading={start.isPending}
              onClick={() => start.mutate()}
            >
              {t.batch.confirm(ready.length)}
            </Button>
            <Button onClick={onClose}>{t.common.cancel}</Button>
            <span className="muted">{!checking && ready.length === 0 ? t.batch.nothing : t.batch.ackHint}</span>
          </div>
        </div>
      )}
    </Modal>
  );
}
