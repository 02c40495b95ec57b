import { PROBLEMS } from '../problems/catalogue.ts';
import { toProblem } from '../problems/error-handler.ts';
import { type ProblemBody, problem, problemBody } from '../problems/problem.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import { type CreateRequest, createIntercept } from './create-intercept.ts';
import type { ShownIntercept } from './read-intercept.ts';

export interface BatchResult {
  refundId: string;
  outcome: 'CREATED' | 'EXISTING' | 'INELIGIBLE' | 'FAILED';
  intercept?: ShownIntercept;
  problem?: ProblemBody;
}

/**
 * Several creates at once, each for itself: one that fails stops no other, and all wait for their carriers together.
 * A refund named twice is asked for in the order given, so the first is the one that creates.
 */
export function createBatch(
  deps: AppDeps,
  caller: Caller,
  requestId: string,
  batch: Pick<CreateRequest, 'confirm' | 'language'> & {
    items: (Pick<CreateRequest, 'refundId' | 'returnTo'> & { acknowledge?: readonly string[] })[];
  },
): Promise<BatchResult[]> {
  const { items, confirm, language } = batch;
  if (!confirm) throw problem('CONFIRMATION_REQUIRED');
  const createOne = async ({ refundId, acknowledge = [], returnTo }: (typeof items)[number]): Promise<BatchResult> => {
    try {
      const { status, intercept } = await createIntercept(deps, caller, { refundId, confirm, acknowledge, returnTo, language });
      return { refundId, outcome: status === 200 ? 'EXISTING' : 'CREATED', intercept };
    } catch (error) {
      const { code, details, cause } = toProblem(error, null);
      if (PROBLEMS[code].status === 500) deps.log.error({ err: cause ?? error, refundId }, 'one item of a batch failed');
      const isIneligible = code === 'INTERCEPT_NOT_ELIGIBLE' || code === 'CARRIER_REFUSED';
      return { refundId, outcome: isIneligible ? 'INELIGIBLE' : 'FAILED', problem: problemBody(code, details, requestId, language) };
    }
  };
  const lastOf = new Map<string, Promise<BatchResult>>();
  return Promise.all(
    items.map((item) => {
      const result = (lastOf.get(item.refundId) ?? Promise.resolve()).then(() => createOne(item));
      lastOf.set(item.refundId, result);
      return result;
    }),
  );
}
