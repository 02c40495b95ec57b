import { Alert, Button, Card, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { countersQuery, MAX_REFUNDS, refundsQuery } from '../../api/queries.ts';
import { CaseFilterForm } from '../../features/intercept-list/case-filter-form.tsx';
import { CaseTable } from '../../features/intercept-list/case-table.tsx';
import { type CaseFilters, readFilters, writeFilters } from '../../features/intercept-list/filters.ts';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { MAX_TERMS, splitTerms } from '../../features/intercept-list/search-terms.ts';
import { SavedViews } from '../../features/saved-views/saved-views.tsx';
import { StartDialog } from '../../features/intercept-start/start-dialog.tsx';
import { useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { Folded } from '../../ui/folded.tsx';
import { usePhone } from '../../ui/window-width.ts';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BulkBar, isBare, isSelectable } from './bulk-bar.tsx';
import { FirstStepsCard } from './first-steps-card.tsx';
import { TABS, type Tab, WORK, readTab } from './tabs.ts';
import { useCases, useOpenRefunds, useSearchResults } from './use-rows.ts';

const HIDDEN: Record<'refunds' | 'intercepts', string[]> = {
  refunds: ['initiatedAt', 'outlet', 'feeFen', 'updatedAt', 'returnStatus'],
  intercepts: ['item', 'reason', 'createdAt', 'outlet', 'feeFen', 'updatedAt'],
};

const shownFilters = (tab: Tab): readonly (keyof CaseFilters)[] =>
  tab === 'all' ? ['carrier', 'interceptStatus', 'refundStatus', 'returnStatus', 'initiatedFrom'] : ['carrier', 'initiatedFrom'];

/** Many numbers at once, typed or pasted. */
function SearchBox({ typed, onSearch }: { typed: string; onSearch: (typed: string) => void }) {
  const t = text();
  const [draft, setDraft] = useState(typed);
  return (
    <form
      role="search"
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(draft);
      }}
    >
      <Input.TextArea
        className="search-box"
        aria-label={t.workbench.searchLabel}
        placeholder={t.workbench.searchPlaceholder}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2_000}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onPressEnter={(event) => {
          if (event.shiftKey) return;
          event.preventDefault();
          onSearch(draft);
        }}
      />
      <Button type="primary" htmlType="submit">
        {t.common.search}
      </Button>
      <Button
        onClick={() => {
          setDraft('');
          onSearch('');
        }}
      >
        {t.common.reset}
      </Button>
    </form>
  );
}

/** The address as the page's whole state: tab, filters, searched numbers. */
function useAddress() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const tab = readTab(search);
  const filters = useMemo(() => readFilters(search), [search]);
  const typed = new URLSearchParams(search).get('q') ?? '';
  const terms = useMemo(() => splitTerms(typed), [typed]);
  const go = (query: string): void => navigate(query === '' ? '/' : `/?${query}`);
  const chosen = new URLSearchParams({ ...(tab !== 'open' && { tab }), ...(terms.length > 0 && { q: terms.join(' ') }) });
  return {
    tab,
    filters,
    typed,
    terms,
    /** All of it as an address says it, and nothing else. */
    query: writeFilters(filters, chosen.toString()),
    setFilters: (next: CaseFilters) => go(writeFilters(next, search)),
    setTyped: (next: string) => {
      const params = new URLSearchParams(search);
      const terms = splitTerms(next);
      if (terms.length === 0) params.delete('q');
      else params.set('q', terms.join(' '));
      go(params.toString());
    },
  };
}

const hrefOf = (tab: Tab): string => (tab === 'open' ? '/' : `/?tab=${tab}`);

/** The lists, each with what the service counts in it. */
function ListTabs({ tab }: { tab: Tab }) {
  const t = text();
  const counters = useQuery(countersQuery);
  const refunds = useQuery(refundsQuery);
  const items = TABS.map((key) => {
    const counter = WORK[key]?.counter;
    const count = key === 'open' ? refunds.data?.length : counter && counters.data?.[counter];
    // Of a list with nothing in it the name says enough.
    return { key, href: hrefOf(key), label: count ? `${t.workbench.tabs[key]} ${count}` : t.workbench.tabs[key] };
  });
  return <LinkTabs label={t.workbench.status} chosen={tab} items={items} />;
}

/** 售后工作台: what waits, and everything that can be done about it from one list. */
export function WorkbenchPage() {
  const t = text();
  const phone = usePhone();
  const { tab, filters, typed, terms, query, setFilters, setTyped } = useAddress();
  const searched = useMemo(() => terms.slice(0, MAX_TERMS), [terms]);
  const searching = searched.length > 0;
  const open = useOpenRefunds(filters, !searching && tab === 'open');
  const cases = useCases(tab, filters, !searching && tab !== 'open');
  const results = useSearchResults(searched);
  const list = searching ? results : tab === 'open' ? open : cases;
  const { may } = useMay('intercepts:write');
  const [chosen, setChosen] = useState<string[]>([]);
  const [starting, setStarting] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const selected = list.rows.filter((row) => chosen.includes(row.key) && isSelectable(row));
  const listsRequests = searching || tab === 'open';

  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.workbench}</h1>
      <FirstStepsCard />
      <Card size="small">
        <div className="page">
          <SavedViews page="WORKBENCH" path="/" query={query} />
          <Folded title={t.workbench.find} used={searching || writeFilters(filters) !== ''}>
            <SearchBox key={typed} typed={typed} onSearch={setTyped} />
            {!searching && (
              <CaseFilterForm
                filters={filters}
                onChange={setFilters}
                shown={shownFilters(tab)}
                dateLabel={tab === 'open' ? t.workbench.created : t.workbench.initiated}
              />
            )}
          </Folded>
          {terms.length > MAX_TERMS && <Alert type="warning" showIcon title={t.workbench.tooManyTerms(MAX_TERMS)} />}
          {list.missing.length > 0 && (
            <Alert type="info" showIcon title={<span className="untrusted">{t.workbench.notFound(list.missing.join(' '))}</span>} />
          )}
          {!searching && <ListTabs tab={tab} />}
          {!searching && tab === 'open' && list.rows.length >= MAX_REFUNDS && (
            <Alert type="warning" showIcon title={t.workbench.truncated(MAX_REFUNDS)} />
          )}
          {list.error !== null && <ProblemAlert error={list.error} onRetry={list.retry} />}
          <CaseTable
            key={listsRequests ? 'refunds' : 'intercepts'}
            name={listsRequests ? 'refunds' : 'intercepts'}
            label={t.workbench.tableLabel}
            empty={searching ? t.workbench.empty.search : tab === 'open' ? t.workbench.empty.open : t.workbench.empty.work}
            rows={list.rows}
            loading={list.isPending}
            hiddenAtFirst={HIDDEN[listsRequests ? 'refunds' : 'intercepts']}
            selection={may ? { chosen: selected.map(({ key }) => key), onChange: setChosen, selectable: isSelectable } : undefined}
            toolbar={<BulkBar selected={selected} starts={listsRequests} onStarted={() => setChosen([])} />}
            actions={(row) => (
              <div className="row">
                {isBare(row) && may && (
                  <Button size={phone ? 'middle' : 'small'} type="primary" onClick={() => setStarting(row.refundId)}>
                    {t.workbench.intercept}
                  </Button>
                )}
                <Link href={`/refunds/${row.refundId}`} className="case-open" aria-label={`${t.workbench.open} ${row.refundId}`}>
                  {t.workbench.open}
                </Link>
              </div>
            )}
          />
          {list.more !== null && <MoreBar count={list.rows.length} {...list.more} />}
        </div>
      </Card>
      {starting !== null && (
        <StartDialog
          refundId={starting}
          open
          onClose={() => setStarting(null)}
          onStarted={({ refundId }) => navigate(`/refunds/${refundId}`)}
        />
      )}
    </div>
  );
}
