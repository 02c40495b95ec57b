import type { Deed, Task } from './state.ts';

/** Does a deed. Returns null when it is done, or the deed to do again and after how many milliseconds. */
export type RunDeed = (deed: Deed) => Promise<{ deed: Deed; afterMs: number } | null>;

export interface Schedule {
  /** Puts a deed `afterMs` from now on the list. */
  add(deed: Deed, afterMs: number): void;
  /** Takes a deed off the list; one that is being done is not done again. */
  drop(taskId: string): void;
  stop(): void;
}

interface ScheduleOptions {
  /** The persisted list; changed in place. */
  tasks: Record<string, Task>;
  now(): number;
  newId(): string;
  run: RunDeed;
  changed(taskId: string): void;
  report(error: unknown): void;
}

const MOST_AT_ONCE = 32;
const LONGEST_TIMER_MS = 60_000;

/** Where a task of this instant belongs in a list by due time: behind those of the same instant. */
function placeOf(waiting: readonly Task[], dueAt: number): number {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((waiting[middle]?.dueAt ?? 0) <= dueAt) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The only clockwork of the simulators: one timer set to the next due task. Tasks that came due while the process was down run at once, oldest first. */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { tasks } = options;
  /** What is not being done, the next due first; a dropped one stays in it until its time. */
  const waiting = Object.values(tasks).sort((a, b) => a.dueAt - b.dueAt);
  let running = 0;
  let timer: NodeJS.Timeout | null = null;
  /** When the timer goes off; infinity: it is not set. */
  let armedFor = Number.POSITIVE_INFINITY;
  let stopped = false;

  const isDropped = (task: Task): boolean => tasks[task.taskId] !== task;

  function wait(task: Task): void {
    waiting.splice(placeOf(waiting, task.dueAt), 0, task);
  }

  function remove(taskId: string): void {
    delete tasks[taskId];
    options.changed(taskId);
  }

  async function runTask(task: Task): Promise<void> {
    running += 1;
    let again: Awaited<ReturnType<RunDeed>> = null;
    try {
      again = await options.run(task.deed);
    } catch (error) {
      options.report(error);
    }
    running -= 1;
    // What was under way when everything stopped is done again at the next start.
    if (stopped) return;
    if (again === null) remove(task.taskId);
    else if (!isDropped(task)) {
      Object.assign(task, { deed: again.deed, dueAt: options.now() + again.afterMs });
      options.changed(task.taskId);
      wait(task);
    }
    arm();
  }

  function runDue(): void {
    timer = null;
    armedFor = Number.POSITIVE_INFINITY;
    const now = options.now();
    while (running < MOST_AT_ONCE && (waiting[0]?.dueAt ?? Number.POSITIVE_INFINITY) <= now) {
      const task = waiting.shift();
      if (task !== undefined && !isDropped(task)) void runTask(task);
    }
    arm();
  }

  /** Sets the timer for the next due task unless it goes off before that anyway. */
  function arm(): void {
    const dueAt = waiting[0]?.dueAt ?? Number.POSITIVE_INFINITY;
    if (stopped || running >= MOST_AT_ONCE || dueAt >= armedFor) return;
    if (timer !== null) clearTimeout(timer);
    armedFor = dueAt;
    timer = setTimeout(runDue, Math.min(Math.max(dueAt - options.now(), 0), LONGEST_TIMER_MS));
  }

  arm();
  return {
    add(deed, afterMs) {
      const task = { taskId: options.newId(), dueAt: options.now() + afterMs, deed };
      tasks[task.taskId] = task;
      options.changed(task.taskId);
      wait(task);
      arm();
    },
    drop: remove,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
