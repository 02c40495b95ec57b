import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { Kernel } from '../kernel.ts';
import type { ActivityTask, Command, Job, Run, Worker } from './run.ts';

/** What activities need of the service they are a part of. */
export interface ActivityHost {
  kernel: Kernel;
  up: boolean;
  worker: Worker | null;
  nextToken(): number;
  /** Runs `work` now, or when the service, and if asked the worker, is there again. */
  whenUp(work: () => void, needsWorker: boolean): void;
  tell(run: Run, job: Job): void;
}

/** Activities at the service: at least once, each attempt bounded in time, tried again as their retry policy says. */
export class ActivityTasks {
  readonly #host: ActivityHost;

  constructor(host: ActivityHost) {
    this.#host = host;
  }

  schedule(run: Run, command: NonNullable<Command['scheduleActivity']>): void {
    const { retryPolicy } = command;
    const initialMs = optionalTsToMs(retryPolicy?.initialInterval) ?? 1_000;
    const task: ActivityTask = {
      run,
      seq: command.seq ?? 0,
      type: command.activityType ?? '',
      queue: command.taskQueue ?? '',
      args: command.arguments ?? [],
      startToCloseMs: optionalTsToMs(command.startToCloseTimeout) ?? 10_000,
      retry: {
        initialMs,
        coefficient: retryPolicy?.backoffCoefficient ?? 2,
        maximumMs: optionalTsToMs(retryPolicy?.maximumInterval) ?? initialMs * 100,
        maximumAttempts: retryPolicy?.maximumAttempts ?? 0,
      },
      attempt: 1,
      scheduledAt: this.#host.kernel.now,
      attemptAt: this.#host.kernel.now,
      heartbeat: undefined,
      cancelRequested: false,
      token: null,
      closed: false,
    };
    run.activities.set(task.seq, task);
    this.#offer(task, 0);
  }

  #offer(task: ActivityTask, delayMs: number): void {
    const begin = () => {
      const { worker } = this.#host;
      if (task.closed || task.token !== null || worker === null) return;
      const token = this.#host.nextToken();
      task.token = token;
      this.#host.kernel.outside(task.startToCloseMs, () => this.#host.whenUp(() => this.#timeOut(task, token), false));
      this.#host.kernel.after(this.#host.kernel.drawMs('temporal:poll', 0, 4), () => worker.takeActivity(task, token), worker.party);
    };
    this.#host.kernel.outside(delayMs + this.#host.kernel.drawMs(`temporal:activity:${task.type}`, 1, 12), () =>
      this.#host.whenUp(begin, true),
    );
  }

  #timeOut(task: ActivityTask, token: number): void {
    if (task.token !== token || task.closed) return;
    this.#retry(task, { message: 'activity StartToClose timeout', timeoutFailureInfo: { timeoutType: 1 } }, null, false);
  }

  heartbeat(task: ActivityTask, token: number, details: unknown): void {
    if (this.#host.up && task.token === token && !task.closed) task.heartbeat = details;
  }

  complete(task: ActivityTask, token: number, result: unknown): void {
    if (task.token !== token || task.closed) return;
    this.#resolve(task, { completed: { result: result as never } });
  }

  fail(task: ActivityTask, token: number, failure: object, nextRetryMs: number | null, nonRetryable: boolean): void {
    if (task.token === token && !task.closed) this.#retry(task, failure, nextRetryMs, nonRetryable);
  }

  #retry(task: ActivityTask, cause: object, nextRetryMs: number | null, nonRetryable: boolean): void {
    const { initialMs, coefficient, maximumMs, maximumAttempts } = task.retry;
    const exhausted = maximumAttempts > 0 && task.attempt >= maximumAttempts;
    if (task.cancelRequested || nonRetryable || exhausted) {
      return this.#resolve(task, { failed: { failure: this.#activityFailure(task, cause) } });
    }
    task.token = null;
    const backOffMs = nextRetryMs ?? Math.min(maximumMs, initialMs * coefficient ** (task.attempt - 1));
    task.attempt += 1;
    task.attemptAt = this.#host.kernel.now + backOffMs;
    this.#offer(task, backOffMs);
  }

  cancel(run: Run, seq: number): void {
    const task = run.activities.get(seq);
    if (task === undefined || task.closed) return;
    task.cancelRequested = true;
    if (task.token !== null) return;
    this.#resolve(task, { cancelled: { failure: this.#activityFailure(task, { message: 'cancelled', canceledFailureInfo: {} }) } });
  }

  #activityFailure(task: ActivityTask, cause: object): object {
    return {
      message: 'Activity task failed',
      cause,
      activityFailureInfo: { activityId: String(task.seq), activityType: { name: task.type }, retryState: 1 },
    };
  }

  #resolve(task: ActivityTask, result: object): void {
    task.closed = true;
    task.token = null;
    task.run.activities.delete(task.seq);
    this.#host.tell(task.run, { variant: 'resolveActivity', resolveActivity: { seq: task.seq, result } });
  }
}
