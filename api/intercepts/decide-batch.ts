import type { MerchantCommand } from '../../domain/intercept/event.ts';
import type { AppDeps } from '../deps.ts';
import { PROBLEMS } from '../problems/catalogue.ts';
import { toProblem } from '../problems/error-handler.ts';
import { type Language, type ProblemBody, problemBody } from '../problems/problem.ts';
import { commandIntercept } from './command-intercept.ts';
import type { ShownIntercept } from './read-intercept.ts';

/** `DONE`: carried out; `TAKEN`: the platform has not answered yet; `FAILED`: refused, for the reason in `problem`. */
export interface DecisionResult {
  interceptId: string;
  outcome: 'DONE' | 'TAKEN' | 'FAILED';
  intercept?: ShownIntercept;
  problem?: ProblemBody;
}

/**
 * Several decisions at once, each under the guards of a single one and for itself: one that is refused stops no other. An intercept
 * named twice is decided once, by what is said of it first.
 */
export function decideBatch(
  deps: AppDeps,
  shopId: string,
  commands: readonly { interceptId: string; command: MerchantCommand }[],
  { requestId, language }: { requestId: string; language: Language },
): Promise<DecisionResult[]> {
  const first = new Map<string, Promise<DecisionResult>>();
  return Promise.all(
    commands.map(({ interceptId, command }) => {
      const decided = first.get(interceptId) ?? decideOne(interceptId, command);
      first.set(interceptId, decided);
      return decided;
    }),
  );

  async function decideOne(interceptId: string, command: MerchantCommand): Promise<DecisionResult> {
    try {
      const { status, intercept } = await commandIntercept(deps, shopId, interceptId, command);
      return { interceptId, outcome: status === 200 ? 'DONE' : 'TAKEN', intercept };
    } catch (error) {
      const { code, details, cause } = toProblem(error, null);
      if (PROBLEMS[code].status === 500) deps.log.error({ err: cause ?? error, interceptId }, 'one decision of a batch failed');
      return { interceptId, outcome: 'FAILED', problem: problemBody(code, details, requestId, language) };
    }
  }
}
