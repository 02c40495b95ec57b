import {
  type Client,
  WorkflowNotFoundError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { type Payload, defaultFailureConverter } from '@temporalio/common';
import type { Kernel } from '../kernel.ts';
import { jsonConverter } from './payloads.ts';
import type { Run, Update } from './run.ts';
import type { TemporalServer } from './server.ts';

interface StartOptions {
  workflowId: string;
  taskQueue: string;
  args?: unknown[];
  workflowTaskTimeout?: number;
}
interface UpdateOptions {
  updateId?: string;
  args?: unknown[];
}
interface Named {
  name: string;
}

/** Longer than anybody waits for a query. */
const QUERY_WAITS_MS = 3_000;

/**
 * The client's part of the Temporal SDK as this product uses it, over the simulated service: a call takes time each way, fails
 * while the service is down, and its answer may be lost although it was carried out.
 */
export function createClient(kernel: Kernel, server: TemporalServer): Client {
  let deadline = Number.POSITIVE_INFINITY;
  const travelMs = () => kernel.drawMs('client', 1, 6);

  /** Carries out `effect` at the service; the answer, or the lack of one by the deadline, comes back to the caller's process. */
  function call<T>(what: string, effect: () => T | Waiting<T>, late: () => Error = () => new Error('DEADLINE_EXCEEDED')): Promise<T> {
    const caller = kernel.party;
    const limit = deadline;
    const outside = kernel.call(`Temporal ${what}`);
    if (!outside.left) return new Promise(() => {});
    return new Promise<T>((resolve, reject) => {
      let over = false;
      const back = (work: () => void) => {
        kernel.after(
          travelMs(),
          () => {
            if (over) return;
            over = true;
            work();
            outside.answered();
          },
          caller,
        );
      };
      if (limit !== Number.POSITIVE_INFINITY) {
        kernel.after(limit - kernel.clock(), () => {
          if (over) return;
          over = true;
          reject(late());
        });
      }
      const answer = (give: () => T) => {
        if (!server.up) return back(() => reject(new Error('UNAVAILABLE')));
        try {
          const value = give();
          back(() => resolve(value));
        } catch (error) {
          back(() => reject(error));
        }
      };
      kernel.outside(travelMs(), () => {
        if (!server.up) return back(() => reject(new Error('UNAVAILABLE')));
        try {
          const value = effect();
          outside.carriedOut();
          if (value instanceof Waiting) value.begin(answer);
          else answer(() => value);
        } catch (error) {
          back(() => reject(error));
        }
      });
    });
  }

  const openRun = (workflowId: string): Run => {
    const run = server.open(workflowId);
    if (run === null) throw new WorkflowNotFoundError(`workflow ${workflowId} has no open run`, workflowId, undefined);
    return run;
  };

  const start = (type: string, options: StartOptions, join: boolean): Run => {
    const begun = server.start({ ...options, type, args: options.args ?? [], taskTimeoutMs: options.workflowTaskTimeout });
    if (begun !== null) return begun;
    const open = server.open(options.workflowId);
    if (join && open !== null) return open;
    throw new WorkflowExecutionAlreadyStartedError('already started', options.workflowId, type);
  };

  const untilState = (update: Update, states: readonly Update['state'][]) =>
    new Waiting<Update>((answer) => {
      const look = () => {
        if (states.includes(update.state)) answer(() => update);
        else update.listeners.push(look);
      };
      look();
    });

  const settled = ['COMPLETED', 'REJECTED', 'LOST'] as const;
  const resultOf = (update: Update, workflowId: string): unknown => {
    if (update.state === 'LOST') throw new WorkflowNotFoundError('the run closed before the update was done', workflowId, undefined);
    if (update.failure !== null) {
      const cause = defaultFailureConverter.failureToError(update.failure as never, jsonConverter);
      throw new WorkflowUpdateFailedError('Workflow Update failed', cause);
    }
    return jsonConverter.fromPayload(update.result as Payload);
  };
  const lateUpdate = () => new WorkflowUpdateRPCTimeoutOrCancelledError('no answer to the update in time', { cause: new Error('late') });

  const getHandle = (workflowId: string) => ({
    workflowId,
    signal: (definition: Named, ...args: unknown[]) =>
      call(`signal ${definition.name}`, () => server.signal(openRun(workflowId), definition.name, args)),
    describe: () =>
      call('describe', () => {
        const run = server.latest(workflowId);
        if (run === null) throw new WorkflowNotFoundError(`no workflow ${workflowId}`, workflowId, undefined);
        return { status: { name: run.status }, runId: run.runId };
      }),
    query: (definition: Named) =>
      call(
        `query ${definition.name}`,
        () =>
          new Waiting<unknown>((answer) => {
            const run = server.latest(workflowId);
            if (run === null) throw new WorkflowNotFoundError(`no workflow ${workflowId}`, workflowId, undefined);
            askWhenIdle(run, definition.name, answer);
          }),
      ),
    executeUpdate: async (definition: Named, { updateId = 'unnamed', args = [] }: UpdateOptions) => {
      const begin = () => untilState(server.update(openRun(workflowId), updateId, definition.name, args), settled);
      return resultOf(await call(`update ${definition.name}`, begin, lateUpdate), workflowId);
    },
    startUpdate: async (definition: Named, { updateId = 'unnamed', args = [] }: UpdateOptions) => {
      const update = await call(
        `update ${definition.name}`,
        () => untilState(server.update(openRun(workflowId), updateId, definition.name, args), ['ACCEPTED', ...settled]),
        lateUpdate,
      );
      if (update.state === 'REJECTED') resultOf(update, workflowId);
      return {
        result: async () => resultOf(await call('update result', () => untilState(update, settled), lateUpdate), workflowId),
      };
    },
  });

  function askWhenIdle(run: Run, name: string, answer: (give: () => unknown) => void, since = kernel.now): void {
    const { worker } = server;
    if (run.task !== null || run.history.length === 0 || worker === null || !worker.party.alive || !server.up) {
      if (kernel.now - since < QUERY_WAITS_MS) kernel.outside(20, () => askWhenIdle(run, name, answer, since));
      return;
    }
    kernel.after(
      1,
      async () => {
        const payload = await worker.answerQuery(run, name);
        answer(() => jsonConverter.fromPayload(payload as Payload));
      },
      worker.party,
    );
  }

  /** Only cases have runs here: no query is read. */
  const running = () => [...server.runs.values()].flat().filter(({ status }) => status === 'RUNNING');

  const workflow = {
    getHandle,
    count: () => call('count', () => ({ count: running().length })),
    list: async function* () {
      yield* await call('list', running);
    },
    start: (type: string, options: StartOptions) => call('start', () => void start(type, options, true)),
    executeUpdateWithStart: async (
      definition: Named,
      options: UpdateOptions & { startWorkflowOperation: { workflowTypeOrFunc: string; options: StartOptions } },
    ) => {
      const { workflowTypeOrFunc, options: startOptions } = options.startWorkflowOperation;
      const update = await call(
        `start with ${definition.name}`,
        () => {
          const run = start(workflowTypeOrFunc, startOptions, true);
          return untilState(server.update(run, options.updateId ?? 'unnamed', definition.name, options.args ?? []), settled);
        },
        lateUpdate,
      );
      return resultOf(update, startOptions.workflowId);
    },
  };
  const client = {
    workflow,
    withDeadline<T>(at: number, work: () => T): T {
      const outer = deadline;
      deadline = at;
      try {
        return work();
      } finally {
        deadline = outer;
      }
    },
  };
  return client as unknown as Client;
}

/** An answer that comes later. */
class Waiting<T> {
  readonly begin: (answer: (give: () => T) => void) => void;

  constructor(begin: (answer: (give: () => T) => void) => void) {
    this.begin = begin;
  }
}
