import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { databaseFolder } from '../test/support/quick-folder.ts';
import { type Part, startPart } from './part.ts';
import { findRunningPostgres } from './postgres.ts';
import { isRunning, type ProcessRecord, recordOf } from './process-identity.ts';
import { waitFor } from './waiting.ts';

const STARTER = fileURLToPath(new URL('./fixtures/start-with-stand-ins.ts', import.meta.url));
const UP_LIMIT_MS = 60_000;

type Running = { part: Part; text: () => string };

let dataDir: string;
const started: Part[] = [];

beforeEach(async () => {
  dataDir = await realpath(await databaseFolder('start'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((part) => part.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

/** `npm start` on this test's data directory and free ports, as a process of its own. */
async function run(environment: Record<string, string> = {}): Promise<Running> {
  const lines: string[] = [];
  const part = await startPart({
    name: 'runner',
    file: process.execPath,
    args: [STARTER],
    environment: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      ADMIN_PORT: '0',
      WORKER_ADMIN_PORT: '0',
      TEMPORAL_PORT: '0',
      SIM_PORT: '0',
      DATABASE_URL: '',
      ...environment,
    },
    stopping: [{ signal: 'SIGTERM', limitMs: 20_000 }],
    onLine: (line) => void lines.push(line),
  });
  started.push(part);
  return { part, text: () => lines.join('\n') };
}

async function runUntilReady(environment: Record<string, string> = {}): Promise<Running> {
  const running = await run(environment);
  const ready = await waitFor(async () => running.text().includes('已就绪') && running.text().includes('Ctrl-C'), UP_LIMIT_MS);
  if (ready !== true) throw new Error(`not ready:\n${running.text()}`);
  return running;
}

/** Every part of the start on this data directory. */
async function recordedParts(): Promise<(ProcessRecord & { name: string })[]> {
  const runDir = join(dataDir, 'run');
  const records = (await readdir(runDir)).map(
    async (file) => JSON.parse(await readFile(join(runDir, file), 'utf8')) as ProcessRecord & { name: string },
  );
  const postmaster = await recordOf(Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]));
  return [...(await Promise.all(records)), ...(postmaster === undefined ? [] : [{ name: 'PostgreSQL', ...postmaster }])];
}

async function anyOf(parts: ProcessRecord[]): Promise<boolean> {
  return (await Promise.all(parts.map(isRunning))).includes(true);
}

const demoKeyIn = (text: string) => /demo key\s+(\S+)/.exec(text)?.[1];
const adminIn = (text: string, part: 'API' | 'worker') => new RegExp(`(\\S+)/readyz \\(${part}\\)`).exec(text)?.[1] ?? '';

describe('npm start', () => {
  test('comes up, refuses a second start, stops on SIGINT and goes on with the same key', async () => {
    const first = await runUntilReady();
    const second = await run();
    expect((await second.part.exited).code).toBe(1);
    expect(second.text()).toContain(`${dataDir} is in use by npm start (process ${first.part.pid}, since `);

    process.kill(first.part.pid, 'SIGINT');
    expect(await first.part.exited).toEqual({ code: 0, signal: null });
    const stops = [...first.text().matchAll(/\| (\S+) stopped$/gm)].map(([, name]) => name);
    expect(stops).toEqual(['api', 'worker', 'simulators', 'Temporal', 'PostgreSQL', 'all']);
    expect(await findRunningPostgres(dataDir)).toBeUndefined();

    const third = await runUntilReady();
    expect(demoKeyIn(third.text())).toBe(demoKeyIn(first.text()));
    process.kill(third.part.pid, 'SIGHUP');
    expect((await third.part.exited).code).toBe(0);
  }, 120_000);

  test('kill -9 of the runner alone leaves nothing behind, the database and Temporal included; the next start goes on', async () => {
    const killed = await runUntilReady();
    const parts = await recordedParts();
    expect(parts.map(({ name }) => name).sort()).toEqual(['PostgreSQL', 'Temporal', 'api', 'simulators', 'worker']);
    process.kill(killed.part.pid, 'SIGKILL');
    await killed.part.exited;
    // The longest limit of a part is 6 s; a busy machine may take its time.
    expect(await waitFor(async () => !(await anyOf(parts)), 30_000)).toBe(true);
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
    const next = await runUntilReady();
    expect(next.text()).not.toContain('left behind by an earlier start');
    expect(demoKeyIn(next.text())).toBe(demoKeyIn(killed.text()));
    await next.part.stop();
    expect((await next.part.exited).code).toBe(0);
  }, 120_000);

  test('reports a part that ends by itself, stops the rest and ends with 1', async () => {
    const running = await runUntilReady();
    await fetch(`${adminIn(running.text(), 'worker')}/fail`).catch(() => undefined);
    expect((await running.part.exited).code).toBe(1);
    expect(running.text()).toMatch(/worker \(process \d+\) ended with code 7; its last lines:/);
    expect(running.text()).toContain('PostgreSQL stopped');
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
  }, 120_000);

  test('says which port is taken and starts nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await waitFor(async () => server.listening, 20_000);
    const { port } = server.address() as AddressInfo;
    try {
      const running = await run({ ADMIN_PORT: String(port) });
      expect((await running.part.exited).code).toBe(1);
      expect(running.text()).toContain(`the start failed: port ${port} is taken; set ADMIN_PORT to a free one`);
      expect(running.text()).not.toContain('starting the embedded one');
    } finally {
      server.close();
    }
  }, 60_000);

  test('can be stopped while it is starting', async () => {
    const running = await run();
    expect(await waitFor(async () => running.text().includes('starting the embedded one'), UP_LIMIT_MS)).toBe(true);
    process.kill(running.part.pid, 'SIGTERM');
    expect((await running.part.exited).code).toBe(0);
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
    expect(await recordOf(running.part.pid)).toBeUndefined();
  }, 60_000);
});
