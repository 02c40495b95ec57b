import type { EventEmitter } from 'node:events';

/** A signal this soon after the first is the same one again: the terminal and npm both deliver a Ctrl-C. */
const SAME_SIGNAL_WITHIN_MS = 1_000;

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP (a closed terminal), and `kill` at the next one that is a second wish and not an echo.
 * Answers a function that ends the listening.
 */
export function onStopSignals(
  { stop, kill }: { stop: (signal: string) => void; kill: () => void },
  now: () => number = Date.now,
  heardFrom: Pick<EventEmitter, 'on' | 'off'> = process,
): () => void {
  let firstAt: number | undefined;
  const listener = (signal: string) => {
    if (firstAt === undefined) {
      firstAt = now();
      stop(signal);
    } else if (now() - firstAt > SAME_SIGNAL_WITHIN_MS) {
      kill();
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) heardFrom.on(signal, listener);
  return () => {
    for (const signal of signals) heardFrom.off(signal, listener);
  };
}
