import { problem } from '../problems/problem.ts';

/** Well within the 3 s the strictest sender waits. */
const STORING_LIMIT_MS = 2_500;

/**
 * Waits for what stores a push. Not stored in time, or not at all, is a 503: unacknowledged, the sender repeats, and
 * what was stored after all is recognised by its key.
 */
export async function whileStoring<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not stored within ${STORING_LIMIT_MS} ms`)), STORING_LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw problem('DATABASE_UNAVAILABLE', { cause, retryAfterSeconds: 5 });
  } finally {
    clearTimeout(timer);
  }
}
