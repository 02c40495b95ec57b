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
    arm();
  }

  function runDue(): void {
    timer = null;
    const now = options.now();
    const due = tasks.filter((task) => task.dueAt <= now && !running.has(task.taskId)).sort((a, b) => a.dueAt - b.dueAt);
    for (const task of due.slice(0, MOST_AT_ONCE - running.size)) void runTask(task);
    arm();
  }

  function arm(): void {
    if (stopped || running.size >= MOST_AT_ONCE) return;
    const waiting = tasks.filter((task) => !running.has(task.taskId));
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const nextDueAt = waiting.reduce((earliest, task) => Math.min(earliest, task.dueAt), Number.POSITIVE_INFINITY);
    timer = setTimeout(runDue, Math.min(Math.max(nextDueAt - options.now(), 0), LONGEST_TIMER_MS));
  }

  arm();
  return {
    add(deed, afterMs) {
      tasks.push({ taskId: options.newId(), dueAt: options.now() + afterMs, deed });
      options.changed();
      arm();
    },
    drop(matches) {
      for (const task of tasks.filter((each) => matches(each.deed))) remove(task.taskId);
      options.changed();
      arm();
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
