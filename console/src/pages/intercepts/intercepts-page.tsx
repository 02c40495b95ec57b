import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Drawer, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { interceptQuery } from '../../api/queries.ts';
import { saveFile } from '../../features/export/csv.ts';
import { MAX_EXPORT, interceptCsv, readAll } from '../../features/export/intercept-csv.ts';
import { rowOfIntercept } from '../../features/intercept-list/case-columns.tsx';
import { CaseFilterForm } from '../../features/intercept-list/case-filter-form.tsx';
import { CaseTable } from '../../features/intercept-list/case-table.tsx';
import { type CaseFilters, readFilters, toQuery, writeFilters } from '../../features/intercept-list/filters.ts';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { useCaseList } from '../../features/intercept-list/use-case-list.ts';
import { SavedViews } from '../../features/saved-views/saved-views.tsx';
import { CaseFacts, CaseNotices, TemporalLink } from '../../features/intercept-view/case-facts.tsx';
import { CaseProgress } from '../../features/intercept-view/case-progress.tsx';
import { TrackTimeline } from '../../features/intercept-view/timelines.tsx';
import { text } from '../../i18n/text.ts';
import { Folded } from '../../ui/folded.tsx';
import { usePhone } from '../../ui/window-width.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

const SHOWN = [
  'interceptStatus',
  'refundStatus',
  'returnStatus',
  'carrier',
  'outletCode',
  'waybillNo',
  'refundId',
  'orderId',
  'initiatedFrom',
  'updatedFrom',
  'autoRefundBefore',
] as const satisfies readonly (keyof CaseFilters)[];
const HIDDEN = ['item', 'reason', 'createdAt'];

/** One record, live, with its track and its way back (R32, R33). */
function RecordDrawer({ interceptId, onClose }: { interceptId: string; onClose: () => void }) {
  const t = text();
  const phone = usePhone();
  const intercept = useQuery(interceptQuery(interceptId));
  return (
    <Drawer open size={phone ? '100%' : 760} title={t.query.drawer(interceptId)} onClose={onClose}>
      <div className="page">
        {intercept.isPending && <Skeleton active />}
        {intercept.isError && <ProblemAlert error={intercept.error} onRetry={() => void intercept.refetch()} />}
        {intercept.data && (
          <>
            <div className="row">
              <Link href={`/refunds/${intercept.data.refundId}`}>{t.query.openRefund}</Link>
              <TemporalLink interceptId={interceptId} />
            </div>
            <CaseNotices intercept={intercept.data} />
            <CaseProgress intercept={intercept.data} />
            <CaseFacts intercept={intercept.data} />
            <section aria-label={t.case.track}>
              <h2 className="page-title">{t.case.track}</h2>
              <TrackTimeline interceptId={interceptId} />
            </section>
          </>
        )}
      </div>
    </Drawer>
  );
}

/** Downloads everything the filters find. */
function ExportButton({ filters }: { filters: CaseFilters }) {
  const t = text();
  const { message } = App.useApp();
  const [count, setCount] = useState(0);
  const run = useMutation({
    mutationFn: () => readAll(toQuery(filters), setCount),
    onSuccess: ({ items, cut }) => {
      saveFile(`${t.query.fileName}.csv`, interceptCsv(items), 'text/csv;charset=utf-8');
      if (cut) void message.warning(t.query.exportCut(MAX_EXPORT));
      else void message.success(t.query.exported(items.length));
    },
    onError: (error) => void message.error(problemText(error)),
  });
  return (
    <Button icon={<DownloadOutlined />} loading={run.isPending} onClick={() => run.mutate()}>
      {run.isPending ? t.query.exporting(count) : t.query.export}
    </Button>
  );
}

/** 拦截服务单查询: all records by every filter of the API. */
export function InterceptsPage() {
  const t = text();
  const phone = usePhone();
  const search = useSearch();
  const [, navigate] = useLocation();
  const filters = useMemo(() => readFilters(search), [search]);
  const opened = new URLSearchParams(search).get('open');
  const list = useCaseList(toQuery(filters));
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap(({ items }) => items).map(rowOfIntercept), [list.data]);

  function go(change: (params: URLSearchParams) => URLSearchParams): void {
    const query = change(new URLSearchParams(search)).toString();
    navigate(query === '' ? '/intercepts' : `/intercepts?${query}`);
  }
  function show(interceptId: string | null): void {
    go((params) => {
      if (interceptId === null) params.delete('open');
      else params.set('open', interceptId);
      return params;
    });
  }

  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.intercepts}</h1>
      <Card size="small">
        <div className="page">
          <SavedViews page="INTERCEPTS" path="/intercepts" query={writeFilters(filters)} />
          <Folded title={t.workbench.filtersLabel} used={writeFilters(filters) !== ''}>
            <CaseFilterForm
              filters={filters}
              onChange={(next) => go((params) => new URLSearchParams(writeFilters(next, params.toString())))}
              shown={SHOWN}
              dateLabel={t.query.initiated}
            />
          </Folded>
          {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
          <CaseTable
            name="records"
            label={t.query.tableLabel}
            empty={t.query.empty}
            rows={rows}
            loading={list.isPending}
            hiddenAtFirst={HIDDEN}
            toolbar={<ExportButton filters={filters} />}
            actions={({ interceptId }) => (
              <Button
                size={phone ? 'middle' : 'small'}
                aria-label={`${t.common.details} ${interceptId ?? ''}`}
                onClick={() => show(interceptId)}
              >
                {t.common.details}
              </Button>
            )}
          />
          <MoreBar
            count={rows.length}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </div>
      </Card>
      {opened !== null && <RecordDrawer interceptId={opened} onClose={() => show(null)} />}
    </div>
  );
}
