const TRIES = 4;

/** The SDK gives a server of its own 5 s to listen, which is little on a busy machine: one that was too slow is started again. */
export async function startPatiently<T>(start: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await start();
    } catch (error) {
      if (tried === TRIES || !/did not start within/.test(String(error))) throw error;
    }
  }
}
