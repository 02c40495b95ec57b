import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { Kernel } from '../kernel.ts';
import { type ActivityHost, ActivityTasks } from './activity-tasks.ts';
import { payloadsOf } from './payloads.ts';
import type { Command, Job, OpenTask, RecordedTask, Run, Update, Worker } from './run.ts';

export interface ServerOptions {
  /** Events after which a run is told to continue as new. */
  continueAsNewAfter: number;
}

/**
 * The Temporal service as far as this product uses it: durable runs, one workflow task at a time, timers, activities at least
 * once with retries and start-to-close timeouts, signals, updates by id, queries. Written from the service's documented
 * behaviour; the workflow's side of the protocol is the SDK's own.
 */
export class TemporalServer implements ActivityHost {
  readonly kernel: Kernel;
  readonly options: ServerOptions;
  readonly runs = new Map<string, Run[]>();
  up = true;
  worker: Worker | null = null;
  readonly activities = new ActivityTasks(this);
  #tokens = 0;
  #runs = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(kernel: Kernel, options: ServerOptions) {
    this.kernel = kernel;
    this.options = options;
  }

  latest(workflowId: string): Run | null {
    return this.runs.get(workflowId)?.at(-1) ?? null;
  }

  open(workflowId: string): Run | null {
    const run = this.latest(workflowId);
    return run?.status === 'RUNNING' ? run : null;
  }

  nextToken(): number {
    this.#tokens += 1;
    return this.#tokens;
  }

  /** Starts a run; null when the id was used before (reject duplicate). */
  start(options: { workflowId: string; type: string; args: unknown[]; taskQueue: string; taskTimeoutMs?: number | undefined }): Run | null {
    if (this.latest(options.workflowId) !== null) return null;
    return this.#begin({ ...options, args: payloadsOf(options.args) }, null);
  }

  #begin({ workflowId, type, args, taskQueue, taskTimeoutMs = 10_000 }: Parameters<TemporalServer['start']>[0], previous: Run | null): Run {
    this.#runs += 1;
    const runId = `run-${this.#runs}`;
    const run: Run = {
      workflowId,
      runId,
      firstRunId: previous?.firstRunId ?? runId,
      continuedFrom: previous?.runId ?? null,
      type,
      args,
      taskQueue,
      taskTimeoutMs,
      status: 'RUNNING',
      startedAt: this.kernel.now,
      closedAt: null,
      history: [],
      inbox: [],
      task: null,
      dispatching: false,
      timers: new Set(),
      activities: new Map(),
      updates: new Map(),
      events: 1,
      failedTasks: 0,
      lastFailure: null,
    };
    this.runs.set(workflowId, [...(this.runs.get(workflowId) ?? []), run]);
    this.tell(run, {
      variant: 'initializeWorkflow',
      initializeWorkflow: { workflowId, workflowType: type, arguments: args as never },
    });
    return run;
  }

  signal(run: Run, signalName: string, args: unknown[]): void {
    const input = payloadsOf(args);
    this.tell(run, { variant: 'signalWorkflow', signalWorkflow: { signalName, input, headers: {} } });
  }

  /** Hands an update to the run, or finds the one of that id. */
  update(run: Run, id: string, name: string, args: unknown[]): Update {
    const known = run.updates.get(id);
    if (known !== undefined) return known;
    const update: Update = { id, state: 'ADMITTED', result: null, failure: null, listeners: [] };
    run.updates.set(id, update);
    this.tell(run, {
      variant: 'doUpdate',
      doUpdate: {
        id,
        protocolInstanceId: id,
        name,
        input: payloadsOf(args),
        headers: {},
        meta: { updateId: id },
        runValidator: true,
      },
    });
    return update;
  }

  requestCancel(run: Run): void {
    this.tell(run, { variant: 'cancelWorkflow', cancelWorkflow: {} });
  }

  terminate(run: Run): void {
    this.#close(run, 'TERMINATED');
  }

  /** Service or worker came back: everything that waited for it goes on. */
  wake(): void {
    for (const work of this.#waiting.splice(0)) this.kernel.outside(this.kernel.drawMs('temporal:wake', 0, 20), work);
  }

  /** Runs `work` now, or when the service, and if asked the worker, is there again. */
  whenUp(work: () => void, needsWorker: boolean): void {
    if (this.up && (!needsWorker || this.worker?.party.alive === true)) work();
    else this.#waiting.push(() => this.whenUp(work, needsWorker));
  }

  tell(run: Run, job: Job): void {
    if (run.status !== 'RUNNING') return;
    run.inbox.push(job);
    run.events += 1;
    this.#schedule(run);
  }

  #schedule(run: Run): void {
    if (run.status !== 'RUNNING' || run.task !== null || run.dispatching || run.inbox.length === 0) return;
    run.dispatching = true;
    this.kernel.outside(this.kernel.drawMs(`temporal:task:${run.workflowId}`, 1, 12), () => this.whenUp(() => this.#dispatch(run), true));
  }

  #dispatch(run: Run): void {
    run.dispatching = false;
    const { worker } = this;
    if (worker === null || run.status !== 'RUNNING' || run.task !== null || run.inbox.length === 0) return;
    run.events += 2;
    const task: OpenTask = {
      token: this.nextToken(),
      startedAt: this.kernel.now,
      jobs: run.inbox.splice(0),
      historyLength: run.events,
      continueAsNewSuggested: run.events >= this.options.continueAsNewAfter,
    };
    run.task = task;
    this.kernel.outside(run.taskTimeoutMs, () => this.whenUp(() => this.#loseTask(run, task), false));
    this.kernel.after(this.kernel.drawMs('temporal:poll', 0, 4), () => worker.takeTask(run, task), worker.party);
  }

  /** A task that timed out or failed: its events come again, with whatever came since. */
  #loseTask(run: Run, task: OpenTask): void {
    if (run.task?.token !== task.token || run.status !== 'RUNNING') return;
    run.task = null;
    run.inbox.unshift(...task.jobs);
    this.worker?.forget(run.runId);
    this.#schedule(run);
  }

  failTask(run: Run, task: OpenTask, failure: unknown): void {
    if (!this.up || run.task?.token !== task.token) return;
    run.failedTasks += 1;
    run.lastFailure = failure;
    run.task = null;
    run.inbox.unshift(...task.jobs);
    this.worker?.forget(run.runId);
    this.kernel.outside(Math.min(10 * 60_000, 1_000 * 2 ** run.failedTasks), () => this.#schedule(run));
  }

  /** Takes a completed task with all its commands, or refuses it: then the worker's memory of the run is worth nothing. */
  completeTask(run: Run, task: OpenTask, record: RecordedTask, commands: Command[]): void {
    if (!this.up || run.task?.token !== task.token || run.status !== 'RUNNING') return this.worker?.forget(run.runId);
    const closes = commands.some(
      (command) => command.completeWorkflowExecution ?? command.continueAsNewWorkflowExecution ?? command.failWorkflowExecution,
    );
    // Unhandled command: a run may not close over events it has not seen.
    if (closes && run.inbox.length > 0) return this.#loseTask(run, task);
    run.task = null;
    run.failedTasks = 0;
    this.#record(run, record, commands);
    for (const command of commands) this.#apply(run, command);
    this.#schedule(run);
  }

  /** What a replay will see: updates that were refused leave no trace, nor does a task that held nothing else. */
  #record(run: Run, record: RecordedTask, commands: Command[]): void {
    const refused = new Set(
      commands.flatMap(({ updateResponse }) => (updateResponse?.rejected ? [updateResponse.protocolInstanceId] : [])),
    );
    for (const activation of record.activations) {
      activation.jobs = activation.jobs.filter(({ doUpdate }) => !doUpdate || !refused.has(doUpdate.protocolInstanceId));
      activation.issued = activation.issued.filter((name) => !name.startsWith('updateResponse'));
    }
    if (refused.size > 0 && refused.size === commands.length && record.activations.every(({ jobs }) => jobs.length === 0)) return;
    run.events += 1 + commands.length;
    run.history.push(record);
  }

  #apply(run: Run, command: Command): void {
    const { startTimer, cancelTimer, scheduleActivity, requestCancelActivity, updateResponse } = command;
    if (startTimer) this.#startTimer(run, startTimer.seq ?? 0, optionalTsToMs(startTimer.startToFireTimeout) ?? 0);
    else if (cancelTimer) this.#cancelTimer(run, cancelTimer.seq ?? 0);
    else if (scheduleActivity) this.activities.schedule(run, scheduleActivity);
    else if (requestCancelActivity) this.activities.cancel(run, requestCancelActivity.seq ?? 0);
    else if (updateResponse) this.#answerUpdate(run, updateResponse);
    else if (command.completeWorkflowExecution) this.#close(run, 'COMPLETED');
    else if (command.failWorkflowExecution) {
      run.lastFailure = command.failWorkflowExecution.failure;
      this.#close(run, 'FAILED');
    } else if (command.continueAsNewWorkflowExecution) {
      const { arguments: args } = command.continueAsNewWorkflowExecution;
      this.#close(run, 'CONTINUED_AS_NEW');
      this.#begin({ ...run, args: args ?? [] }, run);
    }
  }

  #close(run: Run, status: Run['status']): void {
    if (run.status !== 'RUNNING') return;
    run.status = status;
    run.closedAt = this.kernel.now;
    run.task = null;
    run.timers.clear();
    for (const activity of run.activities.values()) activity.closed = true;
    for (const update of run.updates.values()) {
      if (update.state === 'ADMITTED' || update.state === 'ACCEPTED') move(update, 'LOST');
    }
    this.worker?.forget(run.runId);
  }

  #startTimer(run: Run, seq: number, ms: number): void {
    run.timers.add(seq);
    const fire = () => {
      if (run.timers.delete(seq)) this.tell(run, { variant: 'fireTimer', fireTimer: { seq } });
    };
    this.kernel.outside(ms + this.kernel.drawMs('temporal:timer', 0, 30), () => this.whenUp(fire, false));
  }

  #cancelTimer(run: Run, seq: number): void {
    run.timers.delete(seq);
    run.inbox = run.inbox.filter(({ fireTimer }) => fireTimer?.seq !== seq);
  }

  #answerUpdate(run: Run, response: NonNullable<Command['updateResponse']>): void {
    const update = run.updates.get(response.protocolInstanceId ?? '');
    if (update === undefined) return;
    if (response.accepted) return move(update, 'ACCEPTED');
    if (response.completed) {
      update.result = response.completed;
      return move(update, 'COMPLETED');
    }
    update.failure = response.rejected;
    const wasAccepted = update.state === 'ACCEPTED';
    move(update, wasAccepted ? 'COMPLETED' : 'REJECTED');
    // The server forgets a refused update: the same id may be tried again.
    if (!wasAccepted) run.updates.delete(update.id);
  }
}

function move(update: Update, state: Update['state']): void {
  update.state = state;
  for (const listener of update.listeners.splice(0)) listener();
}
