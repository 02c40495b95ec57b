import { proxySinks, type Sinks, type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';
import type { PayRequest } from '../activities/types.ts';
import type { ClaimWrite } from '../domain/claim/record.ts';
import type { MoneyOutcome } from '../domain/intercept/event.ts';
import type { RecordWrite } from '../domain/intercept/record.ts';
import type { EpochMs } from '../domain/time.ts';
import { TELLING_REPLAY } from './messages.ts';

/** What a run did that the database should know of. */
export interface RecordSinks extends Sinks {
  records: {
    /** It handed these over to be written. */
    cases(writes: RecordWrite[]): void;
    claims(writes: ClaimWrite[]): void;
    /** It heard how a payment ended. */
    paid(request: PayRequest, outcome: MoneyOutcome, at: EpochMs): void;
  };
}

/**
 * Lets a replay named `TELLING_REPLAY` tell what the run recorded: its history and the same code make the same writes once more, so a database
 * restored to an earlier state gets back what came after. No other worker is told anything, and the run issues the same commands.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  if (!workflowInfo().taskQueue.startsWith(TELLING_REPLAY)) return {};
  const { records } = proxySinks<RecordSinks>();
  const tell = (activityType: string, [content]: unknown[]): void => {
    if (activityType === 'saveRecords') records.cases(content as RecordWrite[]);
    else if (activityType === 'saveClaims') records.claims(content as ClaimWrite[]);
    // A payment that takes long writes what the record lacks by itself.
    else if (activityType === 'payRefund') records.cases((content as PayRequest).records ?? []);
  };
  return {
    outbound: [
      {
        scheduleActivity(input, next) {
          tell(input.activityType, input.args);
          const answered = next(input);
          if (input.activityType === 'payRefund') {
            const tellPaid = (outcome: unknown) => records.paid(input.args[0] as PayRequest, outcome as MoneyOutcome, Date.now());
            void answered.then(tellPaid, () => undefined);
          }
          return answered;
        },
        scheduleLocalActivity(input, next) {
          tell(input.activityType, input.args);
          return next(input);
        },
      },
    ],
  };
};
