import { type Client, dataOf, pages } from '../src/index.ts';

const AT_ONCE = 20;

/**
 * Pays what the carriers could not stop, up to an amount the shop lets go of; who got an answer, by intercept. Each approval names the
 * amount that was looked at: a buyer who asks for another by then gets `AMOUNT_CHANGED`, not the money.
 */
export async function approveFailures(client: Client, atMostFen: number): Promise<Map<string, string>> {
  const outcomes = new Map<string, string>();
  const items = [];
  const workList = 'FAILED_TO_HANDLE';
  for await (const one of pages((page) => client.GET('/v1/intercepts', { params: { query: { workList, limit: 200, ...page } } }))) {
    const mayApprove = one.allowedActions.some(({ action, allowed }) => action === 'APPROVE_REFUND' && allowed);
    if (mayApprove && one.refundFeeFen <= atMostFen) items.push({ interceptId: one.interceptId, refundFeeFen: one.refundFeeFen });
  }
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const body = { items: items.slice(from, from + AT_ONCE) };
    const { results } = await dataOf(client.POST('/v1/intercepts/batch/approve-refund', { body }));
    // TAKEN: the platform has not answered yet; `refund.refunded` will come
    for (const { interceptId, outcome, problem } of results) outcomes.set(interceptId, problem?.code ?? outcome);
  }
  return outcomes;
}
