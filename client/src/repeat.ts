import { problemOf } from './problem.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

export interface Repeats {
  /** How often a request is sent again after the first time. */
  retries: number;
  /** After so long without its whole answer a send is given up. */
  timeoutMs: number;
  fetch: (request: Request) => Promise<Response>;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Sends a request, and again while that is safe and may help: no answer at all, 429, or a problem that says `retryable`. An action
 * (POST) carries one idempotency key over all its sends, so it happens once however often it is sent. `Retry-After` is honoured; one
 * longer than a minute is left to the caller.
 */
export async function sendRepeatedly(request: Request, { retries, timeoutMs, fetch, wait }: Repeats): Promise<Response> {
  if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID());
  for (let sent = 0; ; sent += 1) {
    const last = sent >= retries;
    let waitMs = FIRST_WAIT_MS * 2 ** sent * (0.5 + Math.random() / 2);
    try {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(new Request(request.clone(), { signal }));
      if (response.ok || last || !(await problemOf(response.clone())).retryable) return response;
      waitMs = Math.max(waitMs, Number(response.headers.get('retry-after') ?? 0) * 1_000 || 0);
      if (waitMs > LONGEST_WAIT_MS) return response;
      await response.body?.cancel();
    } catch (error) {
      if (last || request.signal.aborted) throw error;
    }
    await wait(waitMs, request.signal);
  }
}
