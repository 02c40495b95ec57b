import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { listIntercepts } from '../../api/queries.ts';
import type { RejectReason } from '../../api/types.ts';

/**
 * The reasons the platform takes for a rejection, which it tells of one refund at a time: those of the shop's newest case, an open one
 * if there is any; null while the shop has none.
 */
export const usualReasonsQuery = queryOptions({
  queryKey: ['reject-reasons', 'usual'],
  queryFn: async (): Promise<RejectReason[] | null> => {
    const [open, any] = await Promise.all([listIntercepts({ refundStatus: 'OPEN', limit: 1 }), listIntercepts({ limit: 1 })]);
    const interceptId = (open.items[0] ?? any.items[0])?.interceptId;
    if (interceptId === undefined) return null;
    return (await dataOf(api.GET('/v1/intercepts/{interceptId}/reject-reasons', { params: { path: { interceptId } } }))).items;
  },
  staleTime: 60_000,
  retry: false,
});

/** The reasons by name; a code that was saved and is not among them stays to be chosen, as a code. */
export function reasonChoices(reasons: readonly RejectReason[], saved: string | undefined): { value: string; label: string }[] {
  const choices = reasons.map(({ reason, text }) => ({ value: reason, label: text }));
  return saved === undefined || saved === '' || choices.some(({ value }) => value === saved)
    ? choices
    : [...choices, { value: saved, label: saved }];
}
