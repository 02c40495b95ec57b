/** In place of `node:timers/promises`, whose timers are not those of the global scope. */
export function setTimeout<T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timeout = globalThis.setTimeout(resolve, ms, value);
    signal?.addEventListener('abort', () => {
      clearTimeout(timeout);
      reject(signal.reason as Error);
    });
  });
}
