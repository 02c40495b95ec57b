import { Card, Checkbox, Select } from 'antd';
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Claim } from '../../api/types.ts';
import { useClaims } from '../../features/claim/claim-queries.ts';
import { ClaimTable } from '../../features/claim/claim-view.tsx';
import { SavedViews } from '../../features/saved-views/saved-views.tsx';
import { MoreBar } from '../../features/intercept-list/more-bar.tsx';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

/** 索赔: all claims, those without a verdict on demand. */
export function ClaimsPage() {
  const t = text();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const openOnly = params.get('open') === '1';
  const status = (Object.keys(t.words.claimStatus) as Claim['status'][]).find((one) => one === params.get('status'));
  const claims = useClaims({ ...(status && { status }), ...(openOnly && { workList: 'CLAIMING' }) });
  const items = useMemo(() => (claims.data?.pages ?? []).flatMap((page) => page.items), [claims.data]);
  function change(name: string, value: string | null): void {
    if (value === null) params.delete(name);
    else params.set(name, value);
    const query = params.toString();
    navigate(query === '' ? '/claims' : `/claims?${query}`);
  }
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.claims}</h1>
      <Card size="small">
        <div className="page">
          <SavedViews
            page="CLAIMS"
            path="/claims"
            query={new URLSearchParams({ ...(status && { status }), ...(openOnly && { open: '1' }) }).toString()}
          />
          <div className="row">
            <Select
              aria-label={t.claims.status}
              className="filter-choice"
              allowClear
              placeholder={t.common.all}
              value={status ?? null}
              options={Object.entries(t.words.claimStatus).map(([value, label]) => ({ value, label }))}
              onChange={(value: string | null | undefined) => change('status', value ?? null)}
            />
            <Checkbox checked={openOnly} onChange={(event) => change('open', event.target.checked ? '1' : null)}>
              {t.app.waiting.claiming}
            </Checkbox>
            <span className="muted">{t.claims.merchantCarrier}</span>
          </div>
          {claims.isError && <ProblemAlert error={claims.error} onRetry={() => void claims.refetch()} />}
          <ClaimTable claims={items} loading={claims.isPending} />
          <MoreBar
            count={items.length}
            hasMore={claims.hasNextPage}
            loading={claims.isFetchingNextPage}
            onMore={() => void claims.fetchNextPage()}
          />
        </div>
      </Card>
    </div>
  );
}
