import { ApplicationFailure, proxySinks, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Something the workflow asked of the server, or an update it refused, at the workflow's own time. */
export interface IssuedCommand {
  at: number;
  kind: 'ACTIVITY' | 'LOCAL_ACTIVITY' | 'TIMER' | 'UPDATE_REFUSED' | 'CONTINUE_AS_NEW';
  /** Activity type; `''` for a timer; the failure type of a refused update. */
  name: string;
  /** First argument of an activity or a new run; milliseconds of a timer; null otherwise. */
  value: unknown;
}

export interface CommandSinks extends Sinks {
  commands: { issued(command: IssuedCommand): void };
}

const { commands } = proxySinks<CommandSinks>();
const issue = (kind: IssuedCommand['kind'], name: string, value: unknown): void => commands.issued({ at: Date.now(), kind, name, value });

/** Bundled into the workflows by the tests of generated histories: tells the test what the workflow commands. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      async handleUpdate(input, next) {
        try {
          return await next(input);
        } catch (error) {
          issue('UPDATE_REFUSED', error instanceof ApplicationFailure ? (error.type ?? '') : String(error), null);
          throw error;
        }
      },
    },
  ],
  outbound: [
    {
      scheduleActivity(input, next) {
        issue('ACTIVITY', input.activityType, input.args[0]);
        return next(input);
      },
      scheduleLocalActivity(input, next) {
        issue('LOCAL_ACTIVITY', input.activityType, input.args[0]);
        return next(input);
      },
      startTimer(input, next) {
        issue('TIMER', '', input.durationMs);
        return next(input);
      },
      continueAsNew(input, next) {
        issue('CONTINUE_AS_NEW', '', input.args[0]);
        return next(input);
      },
    },
  ],
});
