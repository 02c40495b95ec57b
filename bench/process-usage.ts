import { readdir, readFile } from 'node:fs/promises';

/** What a process has used since it started. */
export interface ProcessUsage {
  cpuMs: number;
  residentMib: number;
}

/** Linux counts a process' time in hundredths of a second, whatever the kernel's own tick. */
const TICK_MS = 10;
const KIB_PER_MIB = 1024;

/** CPU time and resident memory of a process, from Linux' `/proc`; null where there is none. */
export async function readUsage(pid: number): Promise<ProcessUsage | null> {
  try {
    const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/status`, 'utf8')]);
    // The program's name, in parentheses, may hold blanks; user and system time are the 12th and 13th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const residentKib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, residentMib: residentKib / KIB_PER_MIB };
  } catch {
    return null;
  }
}

/** CPU time of a process and of the processes it started that still run; null where there is no `/proc`. */
export async function readCpuWithChildrenMs(pid: number): Promise<number | null> {
  const own = await readUsage(pid);
  if (own === null) return null;
  const children = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const usages = await Promise.all(
    children
      .join(' ')
      .split(/\s+/)
      .filter(Boolean)
      .map((child) => readUsage(Number(child))),
  );
  return usages.reduce((sum, usage) => sum + (usage?.cpuMs ?? 0), own.cpuMs);
}
