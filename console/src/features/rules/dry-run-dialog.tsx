import { useInfiniteQuery } from '@tanstack/react-query';
import { Modal, Skeleton, Table } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { DryRun, Rule, RuleLimits } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { MoreBar } from '../intercept-list/more-bar.tsx';
import { ActionTag, JudgementTable } from './judgement-table.tsx';

const DAYS = 30;
const PAGE = 20;

/** What a set of rules, saved or not, would have done with the refunds of the last 30 days. */
export function DryRunDialog({ rules, limits, onClose }: { rules: Rule[]; limits: RuleLimits; onClose: () => void }) {
  const t = text();
  const asked = { days: DAYS, limit: PAGE, rules, limits: { ...limits, paused: false } };
  const run = useInfiniteQuery({
    queryKey: ['rules', 'dry-run', asked],
    queryFn: ({ pageParam }) => dataOf(api.POST('/v1/rules/dry-run', { body: { ...asked, skip: pageParam } })),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const first = run.data?.pages[0];
  const items = (run.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Modal open title={t.rules.dryRunTitle} onCancel={onClose} footer={null} width={1080}>
      <div className="page" data-dry-run={run.status}>
        <p className="muted">{t.rules.dryRunText}</p>
        {run.isError && <ProblemAlert error={run.error} onRetry={() => void run.refetch()} />}
        {run.isPending && <Skeleton active />}
        {first !== undefined && <Totals report={first} rules={rules} />}
        {first !== undefined && <JudgementTable items={items} loading={false} label={t.rules.dryRunCases} empty={t.rules.dryRunNone} />}
        <MoreBar count={items.length} hasMore={run.hasNextPage} loading={run.isFetchingNextPage} onMore={() => void run.fetchNextPage()} />
      </div>
    </Modal>
  );
}

function Totals({ report, rules }: { report: DryRun; rules: readonly Rule[] }) {
  const t = text();
  return (
    <section aria-label={t.rules.dryRunTotals}>
      <Table<DryRun['totals'][number]>
        size="small"
        rowKey={({ decision, cause, ruleId }) => `${decision} ${cause} ${ruleId ?? ''}`}
        dataSource={report.totals}
        pagination={false}
        locale={{ emptyText: t.rules.dryRunNone }}
        columns={[
          { title: t.rules.decision, render: (_, { decision }) => <ActionTag action={decision} /> },
          {
            title: t.rules.why,
            render: (_, { cause, ruleId }) => (
              <span className="untrusted">
                {[t.words.ruleCause[cause], rules.find((rule) => rule.ruleId === ruleId)?.name].filter(Boolean).join(' · ')}
              </span>
            ),
          },
          { title: t.rules.refunds, align: 'right', render: (_, { refunds }) => refunds },
          { title: t.rules.refundSum, align: 'right', render: (_, { refundFeeFen }) => formatFen(refundFeeFen) },
          { title: t.rules.feeSum, align: 'right', render: (_, { feeFen }) => formatFen(feeFen) },
        ]}
      />
      <p>{t.rules.busiestDay(report.busiestDay.count, formatFen(report.busiestDay.feeFen))}</p>
    </section>
  );
}
