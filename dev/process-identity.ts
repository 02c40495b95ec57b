import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as it can be told apart from a later one with the same number: its number and a text that is different for every start. */
export type ProcessRecord = { pid: number; startedAs: string };

/** The record of a running process, `undefined` when there is none with this number (a zombie counts as none). */
export async function recordOf(pid: number): Promise<ProcessRecord | undefined> {
  const startedAs = process.platform === 'linux' ? await startFromProc(pid) : await startFromPs(pid);
  return startedAs === undefined ? undefined : { pid, startedAs };
}

/** Whether the very process of the record still runs. */
export async function isRunning(record: ProcessRecord): Promise<boolean> {
  return (await recordOf(record.pid))?.startedAs === record.startedAs;
}

/** The command line of a running process, its arguments separated by blanks; empty when there is no such process. */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout.trim();
  } catch {
    return '';
  }
}

async function startFromProc(pid: number): Promise<string | undefined> {
  try {
    const [status, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is the program's name in parentheses and may hold anything, so counting starts behind the last one.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    return state === undefined || 'ZX'.includes(state) || startTicks === undefined ? undefined : `${bootId.trim()}/${startTicks}`;
  } catch {
    return undefined;
  }
}

async function startFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' } });
    const [state = 'Z', ...start] = stdout.trim().split(/\s+/);
    return state.startsWith('Z') || start.length === 0 ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}
