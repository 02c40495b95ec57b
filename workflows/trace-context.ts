import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Where Temporal's SDKs put a trace's context. */
const TRACE_HEADER = '_tracer-data';

/**
 * Hands the trace of who spoke to the run last on to the activities that follow. Only headers are touched, which a replay does not compare:
 * with or without a trace the run issues the same commands.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  type Headers = Readonly<Record<string, unknown>>;
  let carried: Headers = {};
  const heard = ({ headers }: { headers: Headers }): void => {
    if (TRACE_HEADER in headers) carried = { [TRACE_HEADER]: headers[TRACE_HEADER] };
  };
  const handOn = <Input extends { headers: Headers }>(input: Input): Input => ({ ...input, headers: { ...carried, ...input.headers } });
  return {
    inbound: [
      {
        execute(input, next) {
          heard(input);
          return next(input);
        },
        handleUpdate(input, next) {
          heard(input);
          return next(input);
        },
        handleSignal(input, next) {
          heard(input);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(handOn(input)),
        scheduleLocalActivity: (input, next) => next(handOn(input)),
        continueAsNew: (input, next) => next(handOn(input)),
      },
    ],
  };
};
