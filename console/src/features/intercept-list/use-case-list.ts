import { useInfiniteQuery } from '@tanstack/react-query';
import { listIntercepts } from '../../api/queries.ts';
import type { InterceptsQuery } from '../../api/types.ts';

const PAGE = 100;

/** Intercept records for a question, newest first, loaded page by page. */
export function useCaseList(query: InterceptsQuery, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['intercepts', 'list', query],
    queryFn: ({ pageParam }) => listIntercepts({ ...query, limit: PAGE, after: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled,
  });
}
