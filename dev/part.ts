import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isRunning, type ProcessRecord, recordOf } from './process-identity.ts';
import type { Environment } from './programs/executables.ts';
import type { LogLine } from './programs/program-search.ts';
import { waitFor } from './waiting.ts';
import { watchPart } from './watch-part.ts';

const KEPT_LINES = 20;
const LAST_RESORT_MS = 2_000;
const OUTPUT_LIMIT_MS = 500;

/** Signals in the order they are tried, each with the time it gets; the last resort, SIGKILL, is implied. */
export type Stopping = { signal: NodeJS.Signals; limitMs: number }[];

/** What to start: a program as a part of the stack. `runDir` is where it is recorded, so that the next start finds it if this one is killed. */
export type PartOptions = {
  name: string;
  file: string;
  args: string[];
  environment: Environment;
  cwd?: string;
  account?: { uid: number; gid: number };
  stopping: Stopping;
  runDir?: string;
  onLine: LogLine;
};

/** How a part ended. */
export type PartExit = { code: number | null; signal: NodeJS.Signals | null };

/** A running part. `stop` and `kill` answer when it is gone; both may be called more than once. */
export type Part = {
  name: string;
  pid: number;
  exited: Promise<PartExit>;
  lastLines: () => string[];
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/**
 * Starts a program in a process group of its own (the terminal's Ctrl-C must reach only the runner, which stops the parts in order).
 * When this process is gone, however it ended, the program is stopped all the same. Every line of its output goes to `onLine`. Throws when it cannot be started at all.
 */
export async function startPart(options: PartOptions): Promise<Part> {
  const child = spawn(options.file, options.args, {
    env: options.environment,
    cwd: options.cwd,
    detached: true,
    ...options.account,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) readLines(stream, lines, options.onLine);
  const exited = exitOf(child);
  const pid = await spawned(child, options);
  const unwatch = watchPart(pid, options.stopping);
  const forget = options.runDir === undefined ? undefined : await recordPart(options.runDir, options.name, pid, options.stopping);
  const gone = exited.then(async (exit) => {
    unwatch();
    await forget?.();
    return exit;
  });
  return {
    name: options.name,
    pid,
    exited: gone,
    lastLines: () => [...lines],
    stop: () => endChild(child, pid, gone, options.stopping),
    kill: () => endChild(child, pid, gone, []),
  };
}

function readLines(stream: Readable | null, kept: string[], onLine: LogLine): void {
  if (stream === null) return;
  createInterface({ input: stream }).on('line', (line) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    onLine(line);
  });
}

function spawned(child: ChildProcess, options: PartOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${options.name} (${options.file}) cannot be started: ${error.message}`)));
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

/** Resolves once the process is gone and its output read; a grandchild that keeps the output open is not waited for. */
function exitOf(child: ChildProcess): Promise<PartExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const limit = setTimeout(() => resolve({ code, signal }), OUTPUT_LIMIT_MS);
      child.once('close', () => {
        clearTimeout(limit);
        resolve({ code, signal });
      });
    });
  });
}

async function endChild(child: ChildProcess, pid: number, gone: Promise<PartExit>, stopping: Stopping): Promise<void> {
  // A number that is free again may already belong to somebody else.
  if (child.exitCode !== null || child.signalCode !== null) {
    await gone;
    return;
  }
  for (const { signal, limitMs } of stopping) {
    if (!sendSignal(pid, signal)) break;
    if (await endsWithin(gone, limitMs)) return;
  }
  sendSignal(-pid, 'SIGKILL');
  await endsWithin(gone, LAST_RESORT_MS);
}

function endsWithin(gone: Promise<PartExit>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(false), limitMs);
    void gone.then(() => {
      clearTimeout(limit);
      resolve(true);
    });
  });
}

/** Sends a signal; false when there is nobody to receive it. A negative number is a process group. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

type PartRecord = ProcessRecord & { name: string; stopping: Stopping };

async function recordPart(runDir: string, name: string, pid: number, stopping: Stopping): Promise<(() => Promise<void>) | undefined> {
  const record = await recordOf(pid);
  if (record === undefined) return undefined;
  await mkdir(runDir, { recursive: true });
  const path = join(runDir, `${name}.pid`);
  await writeFile(path, JSON.stringify({ ...record, name, stopping } satisfies PartRecord));
  return () => rm(path, { force: true });
}

/**
 * Stops the parts a killed runner left behind, as recorded in `runDir`. To be called only by the holder of the data directory's lock.
 * A number that meanwhile belongs to another process is left alone.
 */
export async function stopOrphans(runDir: string, log: LogLine): Promise<void> {
  const names = await readdir(runDir).catch(() => []);
  const files = names.filter((name) => name.endsWith('.pid')).map((name) => join(runDir, name));
  await Promise.all(files.map((path) => stopOrphan(path, log)));
}

async function stopOrphan(path: string, log: LogLine): Promise<void> {
  const record = await readRecord(path);
  if (record !== undefined && (await isRunning(record))) {
    log(`stopping ${record.name} (process ${record.pid}), left behind by an earlier start`);
    await endForeign(record, record.stopping);
  }
  await rm(path, { force: true });
}

/** Ends a process that is not a child of this one. Throws when it outlives even SIGKILL. */
export async function endForeign(record: ProcessRecord, stopping: Stopping): Promise<void> {
  for (const { signal, limitMs } of [...stopping, { signal: 'SIGKILL', limitMs: LAST_RESORT_MS } as const]) {
    if (!sendSignal(record.pid, signal)) return;
    if ((await waitFor(async () => !(await isRunning(record)), limitMs)) !== undefined) return;
  }
  throw new Error(`Process ${record.pid} cannot be stopped; end it by hand and start again`);
}

async function readRecord(path: string): Promise<PartRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isPartRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isPartRecord(value: unknown): value is PartRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    'startedAs' in value &&
    'stopping' in value &&
    Array.isArray(value.stopping)
  );
}
