import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { Judgement } from '../../api/types.ts';

const PAGE = 50;
const NEW_JUDGEMENTS_EVERY_MS = 15_000;

/** The rules in force and what they spent today. */
export const rulesQuery = queryOptions({ queryKey: ['rules', 'current'], queryFn: () => dataOf(api.GET('/v1/rules')) });

/** Judgements of one decision or of all, newest first, page by page. Of a new one no event tells: the page asks by itself. */
export function useJudgements(decision: Judgement['decision'] | undefined) {
  return useInfiniteQuery({
    queryKey: ['rules', 'judgements', decision ?? null],
    queryFn: ({ pageParam }) =>
      dataOf(api.GET('/v1/rules/judgements', { params: { query: { decision, limit: PAGE, after: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: NEW_JUDGEMENTS_EVERY_MS,
  });
}

/** The last judgement of one refund, null where there was none. */
export const lastJudgementQuery = (refundId: string) =>
  queryOptions({
    queryKey: ['rules', 'of', refundId],
    queryFn: async () => (await dataOf(api.GET('/v1/rules/judgements', { params: { query: { refundId, limit: 1 } } }))).items[0] ?? null,
  });
