import { asyncLocalStorage, Context, type Info } from '@temporalio/activity';
import {
  ApplicationFailure,
  arrayFromPayloads,
  defaultFailureConverter,
  ensureApplicationFailure,
  noopMetricMeter,
} from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { doing, type Kernel, type Party } from '../kernel.ts';
import { jsonConverter } from './payloads.ts';
import { type ActivityTask, type Command, type Job, nameOf, type OpenTask, type RecordedTask, type Run, type Worker } from './run.ts';
import { WorkflowInstance } from './runtime.ts';
import type { TemporalServer } from './server.ts';

type Activity = (...args: never[]) => Promise<unknown>;

/** Workflow and activity code as registered. */
export interface Registered {
  workflows: Record<string, (...args: never[]) => Promise<unknown>>;
  activities: Record<string, Activity>;
}

/** A workflow task while this worker has it. */
interface HeldTask {
  run: Run;
  task: OpenTask;
  instance: WorkflowInstance;
  record: RecordedTask;
  commands: Command[];
  localsUnderWay: number;
}

/** A heartbeat is sent at once, the next only after this (worker/workers.ts); the last one goes with a failure. */
const HEARTBEAT_EVERY_MS = 1_000;
const RESPOND_FOR_MS = 10_000;
const QUIET_LOG = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The worker process: remembers runs while it lives, replays them when it does not remember, runs activities. */
export class WorkerHost implements Worker {
  readonly party: Party;
  readonly #kernel: Kernel;
  readonly #server: TemporalServer;
  readonly #registered: Registered;
  /** What the worker remembers; gone when it dies. */
  readonly #cache = new Map<string, WorkflowInstance>();
  /** Told of a replay that issued other commands than the history has. */
  readonly #onDivergence: (run: Run, expected: string[], got: string[]) => void;

  constructor(parts: {
    kernel: Kernel;
    server: TemporalServer;
    party: Party;
    registered: Registered;
    onDivergence(run: Run, expected: string[], got: string[]): void;
  }) {
    this.#kernel = parts.kernel;
    this.#server = parts.server;
    this.party = parts.party;
    this.#registered = parts.registered;
    this.#onDivergence = parts.onDivergence;
  }

  forget(runId: string): void {
    this.#cache.delete(runId);
  }

  /** The process died, or its cache was too small. */
  forgetAll(): void {
    this.#cache.clear();
  }

  async takeTask(run: Run, task: OpenTask): Promise<void> {
    let instance: WorkflowInstance;
    try {
      instance = await this.#recall(run);
    } catch (error) {
      this.#fail(run, task, error);
      return;
    }
    const held: HeldTask = {
      run,
      task,
      instance,
      record: { activations: [], patches: [], historyLength: task.historyLength, continueAsNewSuggested: task.continueAsNewSuggested },
      commands: [],
      localsUnderWay: 0,
    };
    await doing.run(`workflow ${run.type}`, () => this.#enter(held, task.jobs, task.startedAt));
  }

  async #enter(held: HeldTask, jobs: Job[], timestamp: number): Promise<void> {
    const { run, task, instance, record } = held;
    const { historyLength, continueAsNewSuggested } = task;
    try {
      const commands = await instance.activate(jobs, { timestamp, historyLength, continueAsNewSuggested, replaying: false });
      record.activations.push({ timestamp, jobs, issued: commands.map(nameOf) });
      for (const command of commands) {
        if (command.setPatchMarker?.patchId) record.patches.push(command.setPatchMarker.patchId);
        if (command.upsertWorkflowSearchAttributes && isEmptyUpsert(command)) throw new Error('an upsert of nothing wedges a run');
        if (command.scheduleLocalActivity) this.#runLocally(held, command.scheduleLocalActivity);
        else held.commands.push(command);
      }
    } catch (error) {
      this.#fail(run, task, error);
      return;
    }
    if (held.localsUnderWay > 0) return;
    instance.tasks += 1;
    const call = this.#kernel.call('Temporal complete workflow task');
    if (!call.left) return;
    this.#kernel.outside(this.#kernel.drawMs('worker:respond', 0, 4), () => {
      this.#server.completeTask(run, task, record, held.commands);
      call.carriedOut();
    });
  }

  #fail(run: Run, task: OpenTask, error: unknown): void {
    this.forget(run.runId);
    this.#kernel.outside(1, () => this.#server.failTask(run, task, error));
  }

  /** The run as remembered, or made again from its history. */
  async #recall(run: Run): Promise<WorkflowInstance> {
    const known = this.#cache.get(run.runId);
    if (known?.tasks === run.history.length) return known;
    const workflow = this.#registered.workflows[run.type];
    if (workflow === undefined) throw new Error(`no workflow ${run.type}`);
    const instance = new WorkflowInstance(run, workflow);
    for (const { activations, patches, historyLength, continueAsNewSuggested } of run.history) {
      for (const [n, { timestamp, jobs, issued }] of activations.entries()) {
        const notices = n === 0 ? patches.map((patchId): Job => ({ variant: 'notifyHasPatch', notifyHasPatch: { patchId } })) : [];
        const replayed = jobs.map((job) => (job.doUpdate ? { ...job, doUpdate: { ...job.doUpdate, runValidator: false } } : job));
        const context = { timestamp, historyLength, continueAsNewSuggested, replaying: true };
        const commands = await instance.activate([...notices, ...replayed], context);
        const got = commands.map(nameOf).filter((name) => !name.startsWith('updateResponse'));
        if (got.join() !== issued.join()) this.#onDivergence(run, issued, got);
      }
      instance.tasks += 1;
    }
    this.#cache.set(run.runId, instance);
    return instance;
  }

  #runLocally(held: HeldTask, command: NonNullable<Command['scheduleLocalActivity']>): void {
    held.localsUnderWay += 1;
    const { run } = held;
    const args = arrayFromPayloads(jsonConverter, command.arguments) as never[];
    const type = command.activityType ?? '';
    const limitMs = optionalTsToMs(command.startToCloseTimeout) ?? 10_000;
    const closeAt = this.#kernel.now + (optionalTsToMs(command.scheduleToCloseTimeout) ?? 60_000);
    const attempts = command.retryPolicy?.maximumAttempts ?? 1;
    const pauseMs = optionalTsToMs(command.retryPolicy?.initialInterval) ?? 1_000;
    const finish = (result: object) => {
      const job: Job = { variant: 'resolveActivity', resolveActivity: { seq: command.seq ?? 0, result, isLocal: true } };
      this.#kernel.after(0, async () => {
        held.localsUnderWay -= 1;
        await doing.run(`workflow ${run.type}`, () => this.#enter(held, [job], this.#kernel.now));
      });
    };
    const fail = (cause: object, attempt: number) => {
      if (attempt < attempts && this.#kernel.now + pauseMs < closeAt) this.#kernel.after(pauseMs, () => tryOnce(attempt + 1));
      else
        finish({ failed: { failure: { message: 'Activity task failed', cause, activityFailureInfo: { activityType: { name: type } } } } });
    };
    const tryOnce = (attempt: number) => {
      let isOver = false;
      const once = (work: () => void) => () => {
        if (isOver) return;
        isOver = true;
        this.#kernel.cancel(timer);
        work();
      };
      const timeLeftMs = Math.min(limitMs, closeAt - this.#kernel.now);
      const timeout = { message: 'activity StartToClose timeout', timeoutFailureInfo: { timeoutType: 1 } };
      const timer = this.#kernel.after(timeLeftMs, () => once(() => fail(timeout, attempt))());
      const info = { ...infoOf(run, type, String(command.seq), attempt), isLocal: true } as Info;
      this.#run(type, args, info, () => {}).then(
        (result) => once(() => finish({ completed: { result: jsonConverter.toPayload(result) } }))(),
        (error: unknown) => once(() => fail(failureOf(error), attempt))(),
      );
    };
    tryOnce(1);
  }

  takeActivity(task: ActivityTask, token: number): void {
    const args = arrayFromPayloads(jsonConverter, task.args as never) as never[];
    const info = {
      ...infoOf(task.run, task.type, String(task.seq), task.attempt),
      heartbeatDetails: task.heartbeat,
      scheduledTimestampMs: task.scheduledAt,
      currentAttemptScheduledTimestampMs: task.attemptAt,
    } as Info;
    let last: { details: unknown } | null = null;
    let throttled = false;
    const send = (details: unknown) => {
      last = null;
      throttled = true;
      const call = this.#kernel.call('Temporal heartbeat');
      // On its way with the process: what dies in this very moment takes it along.
      this.#kernel.after(1, () => {
        this.#server.activities.heartbeat(task, token, details);
        call.carriedOut();
      });
      this.#kernel.after(HEARTBEAT_EVERY_MS, () => {
        throttled = false;
        if (last !== null) send(last.details);
      });
    };
    const beat = (details: unknown) => {
      const copy: unknown = JSON.parse(JSON.stringify(details));
      if (throttled) last = { details: copy };
      else send(copy);
    };
    const lastBeat = () => {
      const beaten = last;
      last = null;
      return beaten;
    };
    this.#run(task.type, args, info, beat).then(
      (result) => {
        last = null;
        this.#respond(task.type, () => this.#server.activities.complete(task, token, jsonConverter.toPayload(result)));
      },
      (error: unknown) => {
        const beaten = lastBeat();
        this.#respond(task.type, () => {
          if (beaten !== null) this.#server.activities.heartbeat(task, token, beaten.details);
          const failure = error instanceof ApplicationFailure ? error : null;
          const nextRetryMs = typeof failure?.nextRetryDelay === 'number' ? failure.nextRetryDelay : null;
          this.#server.activities.fail(task, token, failureOf(error), nextRetryMs, failure?.nonRetryable === true);
        });
      },
    );
  }

  /** Tells the server, again and again for a while if it does not answer. */
  #respond(type: string, tell: () => void, since = this.#kernel.now): void {
    this.#kernel.after(this.#kernel.drawMs('worker:respond', 0, 4), () => {
      const call = doing.run(type, () => this.#kernel.call('Temporal complete activity'));
      if (!call.left) return;
      if (this.#server.up) tell();
      else if (this.#kernel.now - since < RESPOND_FOR_MS) this.#kernel.after(500, () => this.#respond(type, tell, since));
      call.carriedOut();
    });
  }

  async #run(type: string, args: never[], info: Info, heartbeat: (details: unknown) => void): Promise<unknown> {
    const work = this.#registered.activities[type];
    if (work === undefined) throw new Error(`no activity ${type}`);
    const context = new Context(info, never, new AbortController().signal, heartbeat, undefined, QUIET_LOG, noopMetricMeter, {});
    return doing.run(type, () => asyncLocalStorage.run(context, () => work(...args)));
  }

  /** Does something as an activity that no run here orders: a round of the patrol, whose schedule is the world's. */
  doAlone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const context = new Context({} as Info, never, new AbortController().signal, () => {}, undefined, QUIET_LOG, noopMetricMeter, {});
    return doing.run(name, () => asyncLocalStorage.run(context, work));
  }

  async answerQuery(run: Run, name: string): Promise<unknown> {
    return (await this.#recall(run)).query(name);
  }
}

const never = new Promise<never>(() => {});

function infoOf(run: Run, activityType: string, activityId: string, attempt: number): object {
  return {
    activityType,
    activityId,
    attempt,
    isLocal: false,
    taskQueue: run.taskQueue,
    namespace: 'default',
    inWorkflow: true,
    workflowExecution: { workflowId: run.workflowId, runId: run.runId },
    workflowType: run.type,
    heartbeatDetails: undefined,
  };
}

function failureOf(error: unknown): object {
  return defaultFailureConverter.errorToFailure(ensureApplicationFailure(error), jsonConverter);
}

function isEmptyUpsert(command: Command): boolean {
  return Object.keys(command.upsertWorkflowSearchAttributes?.searchAttributes?.indexedFields ?? {}).length === 0;
}
