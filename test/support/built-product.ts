import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../../dev/waiting.ts';
import { builtBundleName } from '../../worker/bundle.ts';

const PROJECT_DIR = join(import.meta.dirname, '../..');
const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const RECORDED_WITHIN_MS = 5_000;
const run = promisify(execFile);

/** What `npm run build` made, laid out as it is deployed: `dist` beside `package.json` and `node_modules`. */
export interface BuiltProduct {
  folder: string;
  /** One of its processes with this environment and Node's cache of what it compiled, not waited for. */
  start(entry: 'api' | 'worker', environment: Record<string, string>): BuiltProcess;
  /** The same build with other workflows, in a folder of its own. */
  withWorkflows(bundle: { codePath: string }): Promise<BuiltProduct>;
  /** Puts something else in the place of a text that occurs once in one of its files. */
  replace(file: string, text: string, by: string): Promise<void>;
  remove(): Promise<void>;
}

/** One process of the built product. */
export interface BuiltProcess {
  /** Everything it printed. */
  said(): string;
  /** Waits until the URL answers 200; throws with its last words when it ends or takes too long. */
  ready(url: string): Promise<void>;
  /** The code it ends with by itself. */
  ended(): Promise<number | null>;
  /** Asks it to stop and answers its exit code; kills it and throws when it takes longer than a stop may. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a machine that is gone would (SIGKILL). */
  kill(): Promise<void>;
}

/** Builds into a new temporary folder; the checkout's own `dist` is left alone. The pages are not part of it, and the types are not checked. */
export async function buildProduct(): Promise<BuiltProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'refund-intercept-built-'));
  const build = join(PROJECT_DIR, 'dev', 'build.ts');
  await run(process.execPath, [build, '--out-dir', join(folder, 'dist'), '--without-console', '--unchecked'], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await cp(join(PROJECT_DIR, 'package.json'), join(folder, 'package.json'));
  await symlink(join(PROJECT_DIR, 'node_modules'), join(folder, 'node_modules'));
  return productIn(folder);
}

function productIn(folder: string): BuiltProduct {
  return {
    folder,
    start: (entry, environment) => startProcess(folder, entry, environment),
    async withWorkflows({ codePath }) {
      const other = await mkdtemp(join(tmpdir(), 'refund-intercept-built-'));
      await cp(folder, other, { recursive: true });
      await cp(codePath, join(other, 'dist', builtBundleName({ sealed: false })));
      return productIn(other);
    },
    async replace(file, text, by) {
      const path = join(folder, file);
      const source = await readFile(path, 'utf8');
      if (source.split(text).length !== 2) throw new Error(`"${text}" must occur once in ${file}`);
      await writeFile(path, source.replace(text, by));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** One of the project's commands, as `npm run` starts it; answers what it printed. */
export async function runCommandLine(command: string, words: string[], environment: Record<string, string>): Promise<string> {
  const program = [join(PROJECT_DIR, 'dev', 'on-node-24.mjs'), join(PROJECT_DIR, 'dev', 'cli', `${command}.ts`)];
  const { stdout } = await run(process.execPath, [...program, ...words], {
    env: { PATH: process.env.PATH, ...environment },
  });
  return stdout;
}

/** Answers what the command says as an operator would see it; throws it when the database keeps breaking one of the service's promises: a payment under way is recorded with its outcome. */
export async function checkInvariants(environment: Record<string, string>, limitMs = RECORDED_WITHIN_MS): Promise<string> {
  let broken: unknown;
  const held = await waitFor(
    () =>
      runCommandLine('invariants', ['--settled', '1s'], environment).catch((error: unknown) => {
        broken = error;
        return undefined;
      }),
    limitMs,
  );
  if (held !== undefined) return held;
  const said = typeof broken === 'object' && broken !== null && 'stdout' in broken ? String(broken.stdout) : '';
  throw new Error(`the database breaks promises:\n${said}`, { cause: broken });
}

function startProcess(folder: string, entry: string, environment: Record<string, string>): BuiltProcess {
  const child = spawn(process.execPath, [join(folder, 'dist', entry, 'main.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  return {
    said: () => said,
    async ready(url) {
      const ready = await waitFor(async () => {
        if (child.exitCode !== null) throw new Error(`${entry} ended with ${child.exitCode}:\n${said.slice(-4_000)}`);
        return (await statusOf(url)) === 200;
      }, READY_LIMIT_MS);
      if (ready !== true) throw new Error(`${entry} was not ready within ${READY_LIMIT_MS} ms:\n${said.slice(-4_000)}`);
    },
    ended: () => codeOf(child),
    async stop() {
      child.kill('SIGTERM');
      return codeOf(child);
    },
    async kill() {
      child.kill('SIGKILL');
      await codeOf(child);
    },
  };
}

async function codeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  try {
    await once(child, 'exit', { signal: AbortSignal.timeout(STOP_LIMIT_MS) });
    return child.exitCode;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** The status a URL answers with, 0 while nobody listens. */
export async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
