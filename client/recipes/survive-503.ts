import { type Client, dataOf, Problem, type Schemas } from '../src/index.ts';

/** An action of the shop as its queue keeps it: `key` is made once, when it is put there. */
export interface Job {
  refundId: string;
  /** The one `Idempotency-Key` of this action, over all tries and restarts. */
  key: string;
}

export type Outcome = { done: Schemas['Intercept'] } | { again: true } | { refused: string };

/**
 * One try. The client has repeated it already, as `Retry-After` said; what still has no answer is left in the queue. Nothing is lost or
 * done twice, though nobody knows whether the service did it: with the same key the next try gets the answer of the first.
 */
export async function work(client: Client, { refundId, key }: Job): Promise<Outcome> {
  try {
    const header = { 'idempotency-key': key };
    return { done: await dataOf(client.POST('/v1/intercepts', { params: { header }, body: { refundId, confirm: true } })) };
  } catch (error) {
    if (!(error instanceof Problem)) return { again: true }; // no answer at all
    return error.retryable ? { again: true } : { refused: error.code }; // decide by `code`, show `message`
  }
}
