import { setActivator } from '@temporalio/workflow/lib/global-attributes.js';
import { Activator } from '@temporalio/workflow/lib/internals.js';
import * as api from '@temporalio/workflow/lib/worker-interface.js';
import { takeRejection, useWorkflowTime } from '../globals.ts';
import { settle } from '../kernel.ts';
import { jsonConverter } from './payloads.ts';
import { type Command, inOrder, type Job, type Run } from './run.ts';

type CreateOptions = ConstructorParameters<typeof Activator>[0];

/** Flags the SDK records with a workflow task of its present version. */
const SDK_FLAGS = [1, 2];
const ACTIVITIES = new Set(['saveRecords']);

export interface ActivationContext {
  timestamp: number;
  historyLength: number;
  continueAsNewSuggested: boolean;
  replaying: boolean;
}

/**
 * One run in memory: the SDK's own runtime (`Activator`: scopes, conditions, timers, handlers, patches) around the workflow's code,
 * entered the way the SDK's worker does it. What the sandbox adds is left out: no context of its own, so the code of a
 * workflow must not keep state outside its function, which the whole-stack tests and the bundle's own checks watch.
 */
export class WorkflowInstance {
  readonly #activator: InstanceType<typeof Activator>;
  /** Tasks of the run's history it has gone through. */
  tasks = 0;

  constructor(run: Run, workflow: (...args: never[]) => Promise<unknown>) {
    this.#activator = new Activator({
      info: infoOf(run),
      randomnessSeed: [run.runId.length, run.startedAt % 251],
      now: run.startedAt,
      showStackTraceSources: false,
      sourceMap: null,
      registeredActivityNames: ACTIVITIES,
      getTimeOfDay: () => BigInt(run.startedAt) * 1_000_000n,
      stackTracesEnabled: false,
    } as unknown as CreateOptions);
    this.#activator.payloadConverter = jsonConverter;
    this.#activator.workflow = workflow as never;
  }

  /** One entry with these jobs: everything that can go on goes on, then the commands it issued. Throws what failed the task. */
  async activate(jobs: readonly Job[], context: ActivationContext): Promise<Command[]> {
    const activator = this.#activator;
    activator.now = context.timestamp;
    activator.mutateWorkflowInfo((info) => ({
      ...info,
      historyLength: context.historyLength,
      continueAsNewSuggested: context.continueAsNewSuggested,
      unsafe: { ...info.unsafe, isReplaying: context.replaying, isReplayingHistoryEvents: context.replaying },
    }));
    activator.addKnownFlags(SDK_FLAGS);
    return this.#inside(async () => {
      const ordered = inOrder(jobs);
      const init = ordered.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
      if (init) api.initialize(init);
      for (const { notifyHasPatch } of ordered) if (notifyHasPatch) activator.notifyHasPatch(notifyHasPatch);
      api.activate({ jobs: ordered.filter(({ notifyHasPatch }) => !notifyHasPatch) });
      for (;;) {
        await settle();
        if (api.tryUnblockConditions() === 0) break;
      }
      return api.concludeActivation().successful?.commands ?? [];
    });
  }

  /** Asks a query; it changes nothing. */
  async query(name: string): Promise<unknown> {
    const activator = this.#activator;
    const queryWorkflow = { queryId: 'q', queryType: name, arguments: [], headers: {} };
    return this.#inside(async () => {
      const job: Job = { variant: 'queryWorkflow', queryWorkflow };
      api.activate({ jobs: [job] });
      await settle();
      const answer = api.concludeActivation().successful?.commands?.find(({ respondToQuery }) => respondToQuery)?.respondToQuery;
      activator.getAndResetSinkCalls();
      if (!answer?.succeeded) throw new Error(`the query ${name} failed: ${answer?.failed?.message ?? 'no answer'}`);
      return answer.succeeded.response;
    });
  }

  async #inside<T>(work: () => Promise<T>): Promise<T> {
    setActivator(this.#activator);
    useWorkflowTime(this.#activator);
    try {
      const result = await work();
      const unhandled = takeRejection();
      if (unhandled !== null) throw unhandled;
      return result;
    } finally {
      setActivator(undefined);
      useWorkflowTime(null);
      this.#activator.getAndResetSinkCalls();
    }
  }
}

function infoOf(run: Run): object {
  return {
    workflowId: run.workflowId,
    runId: run.runId,
    workflowType: run.type,
    searchAttributes: {},
    typedSearchAttributes: [],
    historyLength: 3,
    historySize: 0,
    continueAsNewSuggested: false,
    targetWorkerDeploymentVersionChanged: false,
    taskQueue: run.taskQueue,
    namespace: 'default',
    firstExecutionRunId: run.firstRunId,
    originalExecutionRunId: run.runId,
    continuedFromExecutionRunId: run.continuedFrom ?? undefined,
    startTime: new Date(run.startedAt),
    runStartTime: new Date(run.startedAt),
    attempt: 1,
    unsafe: { isReplaying: false, isReplayingHistoryEvents: false, now: () => run.startedAt, random: () => 0.5 },
  };
}
