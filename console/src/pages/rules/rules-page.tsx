import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Select, Skeleton, Tag } from 'antd';
import { useLocation, useSearch } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import type { Judgement } from '../../api/types.ts';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { JudgementTable } from '../../features/rules/judgement-table.tsx';
import { RuleEditor } from '../../features/rules/rule-editor.tsx';
import { rulesQuery, useJudgements } from '../../features/rules/rule-queries.ts';
import { useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { formatActor, formatFen, formatInstant } from '../../ui/format.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

type Current = NonNullable<Awaited<ReturnType<NonNullable<typeof rulesQuery.queryFn>>>>;

/** Whether the rules run, what they spent today, and the button that stops all of them. */
function StatusBar({ current: { rules, today } }: { current: Current }) {
  const t = text();
  const { modal, message } = App.useApp();
  const { may } = useMay('rules:write');
  const client = useQueryClient();
  const { paused, dailyFeeFen, dailyCount } = rules.limits;
  const pause = useMutation({
    mutationFn: (stop: boolean) => dataOf(api.POST('/v1/rules/pause', { body: { paused: stop, confirm: true } })),
    onError: (error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  const resume = (): void =>
    void modal.confirm({ title: t.rules.resume, content: t.rules.resumeText, onOk: () => pause.mutateAsync(false).catch(() => {}) });
  if (rules.version === 0) return <Alert type="info" showIcon title={t.rules.neverSaved} />;
  const fee = t.rules.budgetOf(formatFen(today.shop.feeFen), dailyFeeFen === null ? t.rules.unlimited : formatFen(dailyFeeFen));
  const count = t.rules.budgetOf(t.rules.counted(today.shop.count), dailyCount === null ? t.rules.unlimited : t.rules.counted(dailyCount));
  return (
    <div className="row" data-rules={paused ? 'PAUSED' : 'RUNNING'}>
      <Tag color={paused ? 'default' : 'success'}>{paused ? t.rules.paused : t.rules.running}</Tag>
      <span>
        {t.rules.today}: {fee}, {count}
      </span>
      <span className="muted untrusted">
        {t.rules.version(rules.version)}, {t.rules.savedBy(formatActor(rules.savedBy ?? ''), formatInstant(rules.savedAt))}
      </span>
      {may && (
        <Button danger={!paused} loading={pause.isPending} onClick={() => (paused ? resume() : pause.mutate(true))}>
          {paused ? t.rules.resume : t.rules.pause}
        </Button>
      )}
    </div>
  );
}

function RulesTab() {
  const t = text();
  const current = useQuery(rulesQuery);
  if (current.isPending) return <Skeleton active />;
  if (current.isLoadingError) return <ProblemAlert error={current.error} onRetry={() => void current.refetch()} />;
  return (
    <>
      <p className="muted">{t.rules.intro}</p>
      <StatusBar current={current.data} />
      <RuleEditor key={current.data.rules.version} saved={current.data.rules} />
    </>
  );
}

function JudgementsTab() {
  const t = text();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const decision = (Object.keys(t.words.ruleAction) as Judgement['decision'][]).find((one) => one === params.get('decision'));
  const judgements = useJudgements(decision);
  const items = (judgements.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <>
      <Select
        aria-label={t.rules.decision}
        className="filter-choice"
        allowClear
        placeholder={t.common.all}
        value={decision ?? null}
        options={Object.entries(t.words.ruleAction).map(([value, label]) => ({ value, label }))}
        onChange={(value: string | null | undefined) => navigate(`/rules?tab=judgements${value ? `&decision=${value}` : ''}`)}
      />
      {judgements.isError && <ProblemAlert error={judgements.error} onRetry={() => void judgements.refetch()} />}
      <JudgementTable items={items} loading={judgements.isPending} label={t.rules.judgementsLabel} empty={t.rules.noJudgements} />
      <MoreBar
        count={items.length}
        hasMore={judgements.hasNextPage}
        loading={judgements.isFetchingNextPage}
        onMore={() => void judgements.fetchNextPage()}
      />
    </>
  );
}

/** 自动拦截规则: what the shop wants, and what became of each refund under it. */
export function RulesPage() {
  const t = text();
  const tab = new URLSearchParams(useSearch()).get('tab') === 'judgements' ? 'judgements' : 'rules';
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.rules}</h1>
      <LinkTabs
        label={t.app.pages.rules}
        chosen={tab}
        items={[
          { key: 'rules', href: '/rules', label: t.rules.tabs.rules },
          { key: 'judgements', href: '/rules?tab=judgements', label: t.rules.tabs.judgements },
        ]}
      />
      <Card size="small">
        <div className="page">{tab === 'rules' ? <RulesTab /> : <JudgementsTab />}</div>
      </Card>
    </div>
  );
}
