import { describe, expect, test } from '@jest/globals';
import { startSchedule } from './schedule.ts';
import type { RunDeed } from './schedule.ts';
import type { Deed, Task } from './state.ts';

const settle = (refundId: string): Deed => ({ kind: 'SETTLE', refundId });
const nameOf = (deed: Deed): string => (deed.kind === 'SETTLE' ? deed.refundId : deed.kind);

/** A schedule over `tasks` that resolves `finished` after `count` deeds. */
function play(tasks: Record<string, Task>, count: number, run: RunDeed = async () => null) {
  const done: string[] = [];
  const errors: unknown[] = [];
  let next = 0;
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const schedule = startSchedule({
    tasks,
    now: () => Date.now(),
    newId: () => `T${(next += 1)}`,
    run: async (deed) => {
      done.push(nameOf(deed));
      return run(deed);
    },
    changed: () => {
      if (done.length >= count) finish();
    },
    report: (error) => errors.push(error),
  });
  return { schedule, done, errors, finished };
}

describe('the schedule', () => {
  test('does what is due in the order of time and forgets it', async () => {
    const tasks: Record<string, Task> = {};
    const { schedule, done, finished } = play(tasks, 3);
    schedule.add(settle('late'), 40);
    schedule.add(settle('early'), 1);
    schedule.add(settle('middle'), 20);
    await finished;
    schedule.stop();
    expect(done).toEqual(['early', 'middle', 'late']);
    expect(tasks).toEqual({});
  });

  test('catches up on what came due while nobody was there, oldest first', async () => {
    const tasks = Object.fromEntries(
      [3, 1, 2].map((age) => [`old-${age}`, { taskId: `old-${age}`, dueAt: age, deed: settle(String(age)) }]),
    );
    const { schedule, done, finished } = play(tasks, 3);
    await finished;
    schedule.stop();
    expect(done).toEqual(['1', '2', '3']);
  });

  test('does again what asks for it, and goes on after an error', async () => {
    const tasks: Record<string, Task> = {};
    let again = true;
    const { schedule, done, errors, finished } = play(tasks, 3, async (deed) => {
      if (nameOf(deed) === 'broken') throw new Error('broken');
      const result = again ? { deed: settle('second'), afterMs: 1 } : null;
      again = false;
      return result;
    });
    schedule.add(settle('broken'), 0);
    schedule.add(settle('first'), 5);
    await finished;
    schedule.stop();
    expect(done).toEqual(['broken', 'first', 'second']);
    expect(errors).toEqual([new Error('broken')]);
    expect(tasks).toEqual({});
  });

  test('drops what is called off', async () => {
    const tasks: Record<string, Task> = {};
    const { schedule, done, finished } = play(tasks, 1);
    schedule.add(settle('no'), 10);
    schedule.add(settle('yes'), 20);
    for (const { taskId, deed } of Object.values(tasks)) if (nameOf(deed) === 'no') schedule.drop(taskId);
    await finished;
    schedule.stop();
    expect(done).toEqual(['yes']);
    expect(tasks).toEqual({});
  });

  test('what is called off while it is being done is not done again', async () => {
    const tasks: Record<string, Task> = {};
    const { schedule, done, finished } = play(tasks, 2, async (deed) => {
      if (nameOf(deed) === 'other') return null;
      for (const taskId of Object.keys(tasks)) schedule.drop(taskId);
      schedule.add(settle('other'), 5);
      return { deed, afterMs: 1 };
    });
    schedule.add(settle('no'), 1);
    await finished;
    schedule.stop();
    expect(done).toEqual(['no', 'other']);
    expect(tasks).toEqual({});
  });

  test('however many are due at once, each is done once', async () => {
    const tasks: Record<string, Task> = {};
    const { schedule, done, finished } = play(tasks, 200, () => new Promise((resolve) => setImmediate(() => resolve(null))));
    for (let number = 0; number < 200; number += 1) schedule.add(settle(String(number)), number % 3);
    await finished;
    schedule.stop();
    expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 200 }, (_, number) => String(number)));
  });
});
