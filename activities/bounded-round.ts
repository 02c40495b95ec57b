import { Context } from '@temporalio/activity';
import { type DurationMs, SECOND_MS } from '../domain/time.ts';

/** A round of the patrol: goes on until there is nothing left or `signal` ends it, and says how many things it moved. */
export type Round = (signal: AbortSignal) => Promise<number>;

const HEARTBEAT_MS = 4 * SECOND_MS;

/**
 * A round as an activity that never outlives its time: it is told to end after `limitMs`, when the worker stops, and when Temporal
 * has given it up, of which its heartbeats learn. One whose last run has not ended in this process is not begun a second time.
 */
export function boundedRound(limitMs: DurationMs, round: Round): () => Promise<number> {
  let running = false;
  return async () => {
    if (running) return 0;
    running = true;
    const { cancellationSignal, heartbeat } = Context.current();
    const beating = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      return await round(AbortSignal.any([cancellationSignal, AbortSignal.timeout(limitMs)]));
    } finally {
      clearInterval(beating);
      running = false;
    }
  };
}
