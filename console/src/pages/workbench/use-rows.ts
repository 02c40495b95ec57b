import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listIntercepts, refundsQuery } from '../../api/queries.ts';
import type { Intercept, Refund } from '../../api/types.ts';
import { type CaseRow, rowOfIntercept } from '../../features/intercept-list/case-columns.tsx';
import { type CaseFilters, toQuery } from '../../features/intercept-list/filters.ts';
import { isNumberOf, questionsFor } from '../../features/intercept-list/search-terms.ts';
import { useCaseList } from '../../features/intercept-list/use-case-list.ts';
import { type Tab, WORK } from './tabs.ts';

export interface Rows {
  rows: CaseRow[];
  isPending: boolean;
  error: Error | null;
  retry: () => void;
  more: null | { hasMore: boolean; loading: boolean; onMore: () => void };
  /** Numbers that were looked for and not found. */
  missing: string[];
}

function rowOfRefund(refund: Refund, intercept: Intercept | null): CaseRow {
  return { ...refund, key: refund.refundId, intercept };
}

/** Narrows the platform's list, which the API gives whole. */
export function matches(refund: Refund, filters: CaseFilters): boolean {
  if (filters.carrier !== undefined && refund.carrier !== filters.carrier) return false;
  const { initiatedFrom, initiatedTo } = toQuery(filters);
  if (initiatedFrom !== undefined && Date.parse(refund.createdAt) < Date.parse(initiatedFrom)) return false;
  return initiatedTo === undefined || Date.parse(refund.createdAt) < Date.parse(initiatedTo);
}

/** The open requests of the platform, each with its running intercept. */
export function useOpenRefunds(filters: CaseFilters, enabled: boolean): Rows {
  const refunds = useQuery({ ...refundsQuery, enabled });
  const running = useCaseList({ refundStatus: 'OPEN' }, enabled);
  const rows = useMemo(() => {
    const intercepts = new Map(
      (running.data?.pages ?? []).flatMap(({ items }) => items).map((intercept) => [intercept.interceptId, intercept]),
    );
    return (refunds.data ?? [])
      .filter((refund) => matches(refund, filters))
      .map((refund) => rowOfRefund(refund, intercepts.get(refund.interceptId ?? '') ?? null));
  }, [refunds.data, running.data, filters]);
  return { rows, isPending: refunds.isPending, error: refunds.error, retry: () => void refunds.refetch(), more: null, missing: [] };
}

/** The intercepts of a tab. */
export function useCases(tab: Tab, filters: CaseFilters, enabled: boolean): Rows {
  const list = useCaseList({ ...toQuery(filters), workList: WORK[tab]?.list }, enabled);
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap(({ items }) => items).map(rowOfIntercept), [list.data]);
  const more = { hasMore: list.hasNextPage, loading: list.isFetchingNextPage, onMore: () => void list.fetchNextPage() };
  return { rows, isPending: list.isPending, error: list.error, retry: () => void list.refetch(), more, missing: [] };
}

/** Looks in the platform's list as it is now, for a number may be of a request that just came. */
async function lookUp(client: QueryClient, terms: string[]): Promise<{ intercepts: Intercept[]; found: string[] }> {
  // A request that is under way began before the number came.
  await client.cancelQueries({ queryKey: refundsQuery.queryKey });
  const fresh = client.query({ ...refundsQuery, staleTime: 0 }).catch(() => undefined);
  const answers = await Promise.all(
    terms.map(async (term) => ({ term, pages: await Promise.all(questionsFor(term).map((question) => listIntercepts(question))) })),
  );
  await fresh;
  const intercepts = answers.flatMap(({ pages }) => pages.flatMap(({ items }) => items));
  const found = answers.filter(({ pages }) => pages.some(({ items }) => items.length > 0)).map(({ term }) => term);
  return { intercepts: [...new Map(intercepts.map((intercept) => [intercept.interceptId, intercept])).values()], found };
}

/** Everything the pasted numbers name: intercepts, and open requests without one. */
export function useSearchResults(terms: string[]): Rows {
  const client = useQueryClient();
  const enabled = terms.length > 0;
  const found = useQuery({ queryKey: ['intercepts', 'search', terms], queryFn: () => lookUp(client, terms), enabled });
  const refunds = useQuery({ ...refundsQuery, enabled });
  const rows = useMemo(() => {
    const intercepts = found.data?.intercepts ?? [];
    const covered = new Set(intercepts.map(({ refundId }) => refundId));
    const bare = (refunds.data ?? []).filter((refund) => !covered.has(refund.refundId) && terms.some((term) => isNumberOf(term, refund)));
    const byRefund = new Map((refunds.data ?? []).map((refund) => [refund.refundId, refund]));
    const withIntercept = intercepts.map((intercept) => {
      const refund = byRefund.get(intercept.refundId);
      const row = rowOfIntercept(intercept);
      return refund === undefined ? row : { ...row, itemTitle: refund.itemTitle, reason: refund.reason, createdAt: refund.createdAt };
    });
    return [...bare.map((refund) => rowOfRefund(refund, null)), ...withIntercept];
  }, [found.data, refunds.data, terms]);
  const isPending = enabled && (found.isPending || refunds.isPending);
  const missing = isPending ? [] : terms.filter((term) => !found.data?.found.includes(term) && !rows.some((row) => isNumberOf(term, row)));
  return {
    rows,
    isPending,
    error: found.error ?? refunds.error,
    retry: () => void Promise.all([found.refetch(), refunds.refetch()]),
    more: null,
    missing,
  };
}
