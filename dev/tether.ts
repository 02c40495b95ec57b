/**
 * Loaded first into every Node part of the stack (`--import`): when the runner is gone, however it ended, the channel to it closes and the part
 * is asked to stop; after the limit it is ended. So a killed runner leaves none of them behind.
 */
const STOP_LIMIT_MS = 10_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
});
process.channel?.unref();
