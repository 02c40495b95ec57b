import {
  type Client,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { InterceptView } from '../domain/intercept/view.ts';
import type { CommandRefusal, CommandRefusalCode, InterceptArgs } from '../workflows/messages.ts';

/** What the workflow engine does in a test, where only the API's reading of it is looked at. */
export interface ScriptedEngine {
  /** Answer to the start; throws what the engine would. */
  start(args: InterceptArgs): Promise<InterceptView>;
  describe(workflowId: string): Promise<unknown>;
  query(workflowId: string): Promise<InterceptView>;
  /** Taking a command; `result` is its outcome. */
  command(name: string, options: { updateId: string; args: unknown[] }): Promise<{ result(): Promise<InterceptView> }>;
}

const unreachable = () => Promise.reject(timeOut());
const SILENT: ScriptedEngine = { start: unreachable, describe: unreachable, query: unreachable, command: unreachable };

/** A client whose calls are answered by the script; whatever the script leaves out never answers. */
export function scriptedClient(script: Partial<ScriptedEngine>): Client {
  const engine = { ...SILENT, ...script };
  const client = {
    withDeadline: (_deadline: number, work: () => Promise<unknown>) => work(),
    workflow: {
      executeUpdateWithStart: (_update: unknown, options: { startWorkflowOperation: { options: { args: [InterceptArgs] } } }) =>
        engine.start(options.startWorkflowOperation.options.args[0]),
      getHandle: (workflowId: string) => ({
        describe: () => engine.describe(workflowId),
        query: () => engine.query(workflowId),
        startUpdate: ({ name }: { name: string }, options: { updateId: string; args: unknown[] }) => engine.command(name, options),
      }),
    },
  };
  return client as unknown as Client;
}

/** No answer within the deadline. */
export function timeOut(): Error {
  return new WorkflowUpdateRPCTimeoutOrCancelledError('deadline exceeded');
}

export function notFound(workflowId: string): Error {
  return new WorkflowNotFoundError('no such run', workflowId, undefined);
}

/** The run refuses a command. */
export function refusal(code: CommandRefusalCode, details: Partial<CommandRefusal> = {}): Error {
  const whole: CommandRefusal = { reason: null, availableAt: null, refundFeeFen: null, waybillNo: null, platform: null, ...details };
  return new WorkflowUpdateFailedError(
    'refused',
    ApplicationFailure.create({ type: code, message: code, nonRetryable: true, details: [whole] }),
  );
}
