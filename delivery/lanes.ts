import { setTimeout as sleep } from 'node:timers/promises';
import type { DurationMs } from '../domain/time.ts';

export interface Lanes {
  /** Ends after the work under way. */
  stop(): Promise<void>;
}

export interface LanesOptions<T> {
  /** Worked on side by side at most: one that hangs holds up no other. */
  lanes: number;
  /** How often more is looked for while there is none. */
  everyMs: DurationMs;
  /** Takes up to so many that nobody else has. */
  claim(limit: number): Promise<T[]>;
  work(claimed: T): Promise<void>;
  /** Told of what went wrong; it comes up again. */
  onError(error: unknown): void;
}

/** After a claim that failed. */
const REST_MS: DurationMs = 1_000;

/** Claims work and does it, a number at a time, while this process lives. */
export function startLanes<T>({ lanes, everyMs, claim, work, onError }: LanesOptions<T>): Lanes {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const rest = (ms: DurationMs) => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const claimed = running.size < lanes ? await claim(lanes - running.size) : [];
        for (const one of claimed) {
          const working = work(one)
            .catch(onError)
            .finally(() => running.delete(working));
          running.add(working);
        }
        if (running.size >= lanes) await Promise.race(running);
        else if (claimed.length === 0) await rest(everyMs);
      } catch (error) {
        onError(error);
        await rest(REST_MS);
      }
    }
    await Promise.all(running);
  }

  const done = run();
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}
