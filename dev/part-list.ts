import type { Part } from './part.ts';
import { endingOf } from './readiness.ts';

/** Whoever serves callers goes first, whoever keeps the data last. */
const STOP_ORDER = ['api', 'worker', 'simulators', 'Temporal', 'PostgreSQL'];

/**
 * The running parts of a stack. `failed` resolves with a report when a part ends that nobody stopped. `stop` ends the parts one after another in
 * their order; `kill` ends all at once. A part added after either is ended at once, and `add` throws.
 */
export type PartList = {
  add: (part: Part) => Promise<void>;
  names: () => string[];
  pidOf: (name: string) => number | undefined;
  failed: Promise<string>;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/** An empty list; `onEnd` hears the name of each part `stop` has ended. */
export function createPartList(onEnd: (name: string) => void): PartList {
  const parts: Part[] = [];
  let stopped: Promise<void> | undefined;
  const { promise: failed, resolve: fail } = Promise.withResolvers<string>();
  const watch = async (part: Part) => {
    await part.exited;
    if (stopped === undefined) fail(await endingOf(part));
  };
  const stopAll = async () => {
    for (const part of parts.toSorted((left, right) => STOP_ORDER.indexOf(left.name) - STOP_ORDER.indexOf(right.name))) {
      await part.stop();
      onEnd(part.name);
    }
  };
  return {
    add: async (part) => {
      if (stopped !== undefined) {
        await part.stop();
        throw new Error(`${part.name} came up while the stack was being stopped`);
      }
      parts.push(part);
      void watch(part);
    },
    names: () => parts.map(({ name }) => name),
    pidOf: (name) => parts.find((part) => part.name === name)?.pid,
    failed,
    stop: () => (stopped ??= stopAll()),
    kill: async () => {
      stopped ??= Promise.resolve();
      await Promise.all(parts.map((part) => part.kill()));
    },
  };
}
