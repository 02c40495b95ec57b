import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Part, type PartOptions, startPart, stopOrphans } from './part.ts';
import { createPartList } from './part-list.ts';
import { recordOf } from './process-identity.ts';
import { waitFor } from './waiting.ts';

let folder: string;
const started: Part[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'part-test-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((part) => part.kill()));
  await rm(folder, { recursive: true, force: true });
});

/** A shell script as a part; answers once it printed "up". */
async function startScript(script: string, options: Partial<PartOptions> = {}): Promise<{ part: Part; lines: string[] }> {
  const lines: string[] = [];
  const part = await startPart({
    name: 'script',
    file: '/bin/sh',
    args: ['-c', script],
    environment: process.env,
    stopping: [{ signal: 'SIGTERM', limitMs: 5_000 }],
    onLine: (line) => void lines.push(line),
    ...options,
  });
  started.push(part);
  expect(await waitFor(async () => lines.includes('up'), 20_000)).toBe(true);
  return { part, lines };
}

describe('a part', () => {
  test('is asked to stop, and its lines are kept', async () => {
    const { part } = await startScript('trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.05; done');
    await part.stop();
    expect(await part.exited).toEqual({ code: 3, signal: null });
    expect(part.lastLines()).toEqual(['up', 'bye']);
    await part.stop();
  });

  test('that does not listen is killed with everything it started', async () => {
    const { part, lines } = await startScript('trap "" TERM; sleep 600 & echo $!; echo up; wait; sleep 600', {
      stopping: [{ signal: 'SIGTERM', limitMs: 50 }],
    });
    const grandchild = Number(lines[0]);
    expect(await recordOf(grandchild)).toBeDefined();
    await part.stop();
    expect(await part.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await waitFor(async () => (await recordOf(grandchild)) === undefined, 20_000)).toBe(true);
  });

  test('that does not exist is an error that names it', async () => {
    await expect(startScript('', { file: '/no/such/program' })).rejects.toThrow('script (/no/such/program) cannot be started: ');
  });

  test('left behind by a killed start is stopped, anything else is left alone', async () => {
    const runDir = join(folder, 'run');
    const { part } = await startScript('echo up; exec sleep 600', { runDir });
    await writeFile(
      join(runDir, 'other.pid'),
      JSON.stringify({ pid: process.pid, startedAs: 'another start', name: 'other', stopping: [] }),
    );
    const said: string[] = [];
    await stopOrphans(runDir, (line) => void said.push(line));
    expect(await part.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(said).toEqual([`stopping script (process ${part.pid}), left behind by an earlier start`]);
    expect(await readdir(runDir)).toEqual([]);
  });
});

describe('when the runner is killed', () => {
  /** A runner of its own that starts a shell script as a part and then only waits; answers the part's process id. */
  async function partOf(script: string, stopping: PartOptions['stopping']): Promise<{ runner: Part; pid: number }> {
    const program = join(folder, 'runner.mjs');
    await writeFile(
      program,
      `import { startPart } from ${JSON.stringify(new URL('./part.ts', import.meta.url).href)};
       const part = await startPart({ name: 'child', file: '/bin/sh', args: ['-c', ${JSON.stringify(script)}], environment: process.env,
         stopping: ${JSON.stringify(stopping)}, onLine: (line) => { if (line === 'up') console.log('child ' + part.pid); } });
       setInterval(() => {}, 1000);`,
    );
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const runner = await startPart({
      name: 'runner',
      file: process.execPath,
      args: [program],
      environment: process.env,
      stopping: [],
      onLine,
    });
    started.push(runner);
    const pid = await waitFor(async () => Number(lines.find((line) => line.startsWith('child '))?.slice(6)) || undefined, 20_000);
    if (pid === undefined) throw new Error('the part did not come up');
    return { runner, pid };
  }
  const ends = async (pid: number) => waitFor(async () => (await recordOf(pid)) === undefined, 20_000);

  test('a part that knows nothing of it is asked to stop', async () => {
    const word = join(folder, 'word');
    const { runner, pid } = await partOf(`trap 'echo asked > ${word}; exit' TERM; sleep 0.2; echo up; while :; do sleep 0.05; done`, [
      { signal: 'SIGTERM', limitMs: 10_000 },
    ]);
    process.kill(runner.pid, 'SIGKILL');
    expect(await ends(pid)).toBe(true);
    expect(await readFile(word, 'utf8')).toBe('asked\n');
  });

  test('one that does not listen, or hangs while it stops, is killed after its limits with everything it started', async () => {
    const { runner, pid } = await partOf(`trap '' TERM INT; sleep 600 & sleep 0.2; echo up; wait; sleep 600`, [
      { signal: 'SIGINT', limitMs: 200 },
      { signal: 'SIGTERM', limitMs: 200 },
    ]);
    process.kill(runner.pid, 'SIGKILL');
    expect(await ends(pid)).toBe(true);
    expect(await waitFor(async () => !groupExists(pid), 20_000)).toBe(true);
  });

  function groupExists(pid: number): boolean {
    try {
      process.kill(-pid, 0);
      return true;
    } catch {
      return false;
    }
  }
});

describe('the list of parts', () => {
  const script = 'echo up; exec sleep 600';

  test('stops in its order, whatever the order of starting', async () => {
    const ended: string[] = [];
    const list = createPartList((name) => void ended.push(name));
    for (const name of ['PostgreSQL', 'worker', 'Temporal', 'api', 'simulators'])
      await list.add((await startScript(script, { name })).part);
    await Promise.all([list.stop(), list.stop()]);
    expect(ended).toEqual(['api', 'worker', 'simulators', 'Temporal', 'PostgreSQL']);
  });

  test('reports a part that ends by itself', async () => {
    const list = createPartList(() => undefined);
    const { part } = await startScript('echo up; echo out of memory; exit 9', { name: 'worker' });
    await list.add(part);
    expect(await list.failed).toBe(`worker (process ${part.pid}) ended with code 9; its last lines:\n    up\n    out of memory`);
  });

  test('lets nothing come up once it was stopped', async () => {
    const list = createPartList(() => undefined);
    await list.stop();
    const { part } = await startScript(script, { name: 'api' });
    await expect(list.add(part)).rejects.toThrow('api came up while the stack was being stopped');
    expect((await part.exited).signal).toBe('SIGTERM');
  });
});
