import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

/**
 * Asks again and again, at growing pauses of at most 0.2 s, until the answer is neither `undefined` nor `false`, and answers that.
 * `undefined` when the limit passed first. An error of `ask` ends the waiting, and so does the signal, whose reason is thrown.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined | false>, limitMs: number, signal?: AbortSignal): Promise<T | undefined> {
  const givesUpAt = Date.now() + limitMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() >= givesUpAt) return undefined;
    await delay(pauseMs);
  }
}
