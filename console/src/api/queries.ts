import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import { type Session, consoleApi } from './console-api.ts';
import { FALLBACK_POLL_MS } from './live.ts';
import { ApiProblem } from './problem.ts';
import type { Intercept, InterceptsQuery, Refund } from './types.ts';

/** Most open requests the work bench loads; a shop with more works through them in turns. */
export const MAX_REFUNDS = 1_000;
const PAGE = 200;
const NEW_REFUNDS_EVERY_MS = 60_000;

/** What the page cannot open without is asked for again and again until there is an answer. */
function untilAnswered({ state }: { state: { status: string; data: unknown } }): number | false {
  return state.status === 'error' && state.data === undefined ? FALLBACK_POLL_MS : false;
}

/** The session of this browser, null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await consoleApi.session();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
  refetchInterval: untilAnswered,
});
export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: () => consoleApi.config(),
  staleTime: Infinity,
  refetchInterval: untilAnswered,
});
export const countersQuery = queryOptions({ queryKey: ['counters'], queryFn: () => consoleApi.counters() });
/** The person's saved views of every page. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async () => (await consoleApi.views()).items,
});
/** Whether the shop has ever begun an intercept; once it has, it is not asked again. */
export const anyInterceptQuery = queryOptions({
  queryKey: ['intercepts', 'any'],
  queryFn: async () => (await listIntercepts({ limit: 1 })).items.length > 0,
  staleTime: ({ state }) => (state.data === true ? Infinity : 2_000),
});
export const returnAddressQuery = queryOptions({ queryKey: ['return-address'], queryFn: () => dataOf(api.GET('/v1/return-address')) });
export const serviceQuery = queryOptions({ queryKey: ['service'], queryFn: () => dataOf(api.GET('/v1/service')) });

/** The platform's open requests. Of a new one no event tells: a page that shows them asks by itself. */
export const refundsQuery = queryOptions({
  queryKey: ['refunds'],
  refetchInterval: NEW_REFUNDS_EVERY_MS,
  queryFn: async (): Promise<Refund[]> => {
    const items: Refund[] = [];
    let after: string | undefined;
    do {
      const page = await dataOf(api.GET('/v1/refunds', { params: { query: { limit: PAGE, after } } }));
      items.push(...page.items);
      after = page.nextCursor ?? undefined;
    } while (after !== undefined && items.length < MAX_REFUNDS);
    return items;
  },
});

export const interceptQuery = (interceptId: string) =>
  queryOptions({
    queryKey: ['intercept', interceptId],
    queryFn: () => dataOf(api.GET('/v1/intercepts/{interceptId}', { params: { path: { interceptId } } })),
  });

export const trackQuery = (interceptId: string) =>
  queryOptions({
    queryKey: ['intercept', interceptId, 'track'],
    queryFn: async () => (await dataOf(api.GET('/v1/intercepts/{interceptId}/track', { params: { path: { interceptId } } }))).items,
  });

export const auditQuery = (interceptId: string) =>
  queryOptions({
    queryKey: ['intercept', interceptId, 'events'],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/intercepts/{interceptId}/events', { params: { path: { interceptId }, query: { limit: PAGE } } }))).items,
  });

export const previewQuery = (refundId: string) =>
  queryOptions({
    queryKey: ['preview', refundId],
    queryFn: () => dataOf(api.POST('/v1/intercepts/preview', { body: { refundId } })),
    retry: false,
  });

/** All intercepts of a refund, the newest attempt first. */
export const attemptsQuery = (refundId: string) =>
  queryOptions({
    queryKey: ['intercepts', 'of-refund', refundId],
    queryFn: async () => (await dataOf(api.GET('/v1/intercepts', { params: { query: { refundId } } }))).items,
  });

export const rejectReasonsQuery = (interceptId: string) =>
  queryOptions({
    queryKey: ['reject-reasons', interceptId],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/intercepts/{interceptId}/reject-reasons', { params: { path: { interceptId } } }))).items,
  });

/** One page of intercept records. */
export function listIntercepts(query: InterceptsQuery): Promise<{ items: Intercept[]; nextCursor: string | null }> {
  return dataOf(api.GET('/v1/intercepts', { params: { query } }));
}

/** Everything that may look different after these cases changed, or any when none is named. */
export async function refreshCases(client: QueryClient, ...interceptIds: string[]): Promise<void> {
  const keys = [
    ['intercepts'],
    ['refunds'],
    ['counters'],
    ['notices'],
    ['claims'],
    ['statement'],
    ['ledger'],
    ...(interceptIds.length === 0 ? [['intercept']] : interceptIds.map((interceptId) => ['intercept', interceptId])),
  ];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
