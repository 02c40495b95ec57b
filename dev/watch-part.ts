import { spawn } from 'node:child_process';

/**
 * Waits at a pipe whose other end only the runner holds, and then stops the part as the runner would have: its signals with
 * their limits, in tenths of a second, and SIGKILL for the whole group at last.
 */
const WATCH = `pid=$1
shift
while read -r _; do :; done
for step in "$@"; do
  kill -s "\${step%:*}" "$pid" || exit
  left=\${step#*:}
  while [ "$left" -gt 0 ]; do
    kill -0 "$pid" || exit
    sleep 0.1
    left=$((left - 1))
  done
done
kill -9 "-$pid"`;

/**
 * Has a part stopped when this process is gone, however it ended: also a program that knows nothing of us, and one that hangs
 * while it stops. A shell of its own does it, for this process can do nothing any more then. Answers a function that ends the watch.
 */
export function watchPart(pid: number, stopping: readonly { signal: NodeJS.Signals; limitMs: number }[]): () => void {
  const steps = stopping.map(({ signal, limitMs }) => `${signal.replace('SIG', '')}:${Math.ceil(limitMs / 100)}`);
  const watcher = spawn('/bin/sh', ['-c', WATCH, 'watch', String(pid), ...steps], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell nobody watches: the next start ends what a killed one left behind.
  watcher.on('error', () => undefined);
  watcher.stdin?.on('error', () => undefined);
  watcher.unref();
  return () => void watcher.kill('SIGKILL');
}
