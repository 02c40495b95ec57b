import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Ends a server of the tests when this process is gone without having stopped it (killed, or ended by a closed pipe), and removes
 * its folder. A shell of its own looks every three seconds, for this process can no longer do anything then.
 */
export function tetherServer(pid: number, folder: string): void {
  const watch = `while kill -0 "$1" && kill -0 "$2"; do sleep 3; done
kill -0 "$1" && exit
kill -INT "$2"
while kill -0 "$2"; do sleep 3; done
rm -rf "$3"`;
  spawn('/bin/sh', ['-c', watch, 'tether', String(process.pid), String(pid), folder], { detached: true, stdio: 'ignore' }).unref();
}

/**
 * A program that starts the given one in its place and ends with the process that started it. The SDK tells no process id of the
 * servers it starts, so they bring their watch along; it must not hold their output, which the SDK waits for.
 */
export function tetheredProgram(path: string): string {
  const script = `#!/bin/sh
starter=$PPID
server=$$
(while kill -0 "$starter" && kill -0 "$server"; do sleep 3; done; kill -0 "$starter" || kill -9 "$server") </dev/null >/dev/null 2>&1 &
exec '${path.replaceAll("'", `'\\''`)}' "$@"
`;
  const folder = join(tmpdir(), `refund-intercept-tethers-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const program = join(folder, createHash('sha256').update(script).digest('hex').slice(0, 16));
  const draft = `${program}.${process.pid}`;
  writeFileSync(draft, script, { mode: 0o700 });
  renameSync(draft, program);
  return program;
}
