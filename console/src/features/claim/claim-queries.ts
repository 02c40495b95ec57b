import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, checkAnswer, dataOf, prepare } from '../../api/client.ts';
import type { Claim, StoredFile } from '../../api/types.ts';

const PAGE = 100;

export interface ClaimFilter {
  status?: Claim['status'];
  kind?: Claim['kind'];
  carrier?: Claim['carrier'];
  workList?: 'CLAIMING';
}

/** Claims for a filter, newest first, page by page. */
export function useClaims(filter: ClaimFilter) {
  return useInfiniteQuery({
    queryKey: ['claims', 'list', filter],
    queryFn: ({ pageParam }) =>
      dataOf(api.GET('/v1/claims', { params: { query: { ...filter, limit: PAGE, after: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** The claims about one intercept. */
export const claimsOfQuery = (interceptId: string) =>
  queryOptions({
    queryKey: ['claims', 'of', interceptId],
    queryFn: async () => (await dataOf(api.GET('/v1/claims', { params: { query: { interceptId } } }))).items,
  });

export const claimEventsQuery = (claimId: string) =>
  queryOptions({
    queryKey: ['claims', 'events', claimId],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/claims/{claimId}/events', { params: { path: { claimId }, query: { limit: 200 } } }))).items,
  });

/** Uploads one piece of evidence; the browser writes the multipart body. */
export async function uploadFile(file: File): Promise<StoredFile> {
  const body = new FormData();
  body.append('file', file);
  const request = new Request('/v1/files', { method: 'POST', credentials: 'same-origin', body });
  prepare(request);
  const response = await fetch(request);
  await checkAnswer(request, response);
  return (await response.json()) as StoredFile;
}
