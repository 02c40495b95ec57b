import type { Deed, Task } from './state.ts';

/** Does a deed. Returns null when it is done, or the deed to do again and after how many milliseconds. */
export type RunDeed = (deed: Deed) => Promise<{ deed: Deed; afterMs: number } | null>;

export interface Schedule {
  /** Puts a deed `afterMs` from now on the list. */
  add(deed: Deed, afterMs: number): void;
  /** Takes every waiting deed off the list that `matches`. */
  drop(matches: (deed: Deed) => boolean): void;
  stop(): void;
}

interface ScheduleOptions {
  /** The persisted list; changed in place. */
  tasks: Task[];
  now(): number;
  newId(): string;
  run: RunDeed;
  changed(): void;
  report(error: unknown): void;
}

const MOST_AT_ONCE = 32;
const LONGEST_TIMER_MS = 60_000;

/** The only clockwork of the simulators: one timer set to the next due task. Tasks that came due while the process was down run at once, oldest first. */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { tasks } = options;
  const running = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  /** When the timer goes off; infinity: it is not set. */
  let armedFor = Number.POSITIVE_INFINITY;
  let rearming: NodeJS.Immediate | null = null;
  let stopped = false;

  function remove(taskId: string): void {
    const index = tasks.findIndex((task) => task.taskId === taskId);
    if (index >= 0) tasks.splice(index, 1);
  }

  async function runTask(task: Task): Promise<void> {
    running.add(task.taskId);
    try {
      const again = await options.run(task.deed);
      if (stopped) return;
      if (again === null) remove(task.taskId);
      else Object.assign(task, { deed: again.deed, dueAt: options.now() + again.afterMs });
    } catch (error) {
      if (!stopped) remove(task.taskId);
      options.report(error);
    } finally {
      running.delete(task.taskId);
    }
    options.changed();
    rearm();
  }

  function runDue(): void {
    timer = null;
    armedFor = Number.POSITIVE_INFINITY;
    const now = options.now();
    const due = tasks.filter((task) => task.dueAt <= now && !running.has(task.taskId)).sort((a, b) => a.dueAt - b.dueAt);
    for (const task of due.slice(0, MOST_AT_ONCE - running.size)) void runTask(task);
    rearm();
  }

  /** Sets the timer for `dueAt` unless it goes off before that anyway. */
  function armFor(dueAt: number): void {
    if (stopped || running.size >= MOST_AT_ONCE || dueAt >= armedFor) return;
    if (timer !== null) clearTimeout(timer);
    armedFor = dueAt;
    timer = setTimeout(runDue, Math.min(Math.max(dueAt - options.now(), 0), LONGEST_TIMER_MS));
  }

  /** Looks for the next due task once for all that happened in this turn of the loop. */
  function rearm(): void {
    if (stopped) return;
    rearming ??= setImmediate(() => {
      rearming = null;
      const waiting = tasks.filter((task) => !running.has(task.taskId));
      armFor(waiting.reduce((earliest, task) => Math.min(earliest, task.dueAt), Number.POSITIVE_INFINITY));
    });
  }

  rearm();
  return {
    add(deed, afterMs) {
      const dueAt = options.now() + afterMs;
      tasks.push({ taskId: options.newId(), dueAt, deed });
      options.changed();
      armFor(dueAt);
    },
    drop(matches) {
      for (const task of tasks.filter((each) => matches(each.deed))) remove(task.taskId);
      options.changed();
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      if (rearming !== null) clearImmediate(rearming);
    },
  };
}
