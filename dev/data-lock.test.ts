import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataDirHeldError, lockDataDir } from './data-lock.ts';
import { isRunning, recordOf } from './process-identity.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'data-lock-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function leaveLock(holder: object): Promise<void> {
  await mkdir(join(dataDir, 'run'), { recursive: true });
  await writeFile(
    join(dataDir, 'run', 'lock.json'),
    JSON.stringify({ purpose: 'npm start', since: '2026-01-01T00:00:00.000Z', ...holder }),
  );
}

describe('lockDataDir', () => {
  test('refuses a second holder and names the first, until it is released', async () => {
    const lock = await lockDataDir(dataDir, 'npm start');
    const second = lockDataDir(dataDir, 'npm run keys');
    await expect(second).rejects.toBeInstanceOf(DataDirHeldError);
    await expect(second).rejects.toThrow(`${dataDir} is in use by npm start (process ${process.pid}, since `);
    await lock.release();
    await (await lockDataDir(dataDir, 'npm run keys')).release();
  });

  test('takes over from a process that was killed', async () => {
    const child = spawn('sleep', ['60']);
    const record = await recordOf(child.pid ?? 0);
    await leaveLock({ ...record });
    await expect(lockDataDir(dataDir, 'npm start')).rejects.toThrow(`process ${child.pid}`);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await (await lockDataDir(dataDir, 'npm start')).release();
  });

  test("takes over when the holder's number belongs to another process now", async () => {
    await leaveLock({ pid: process.pid, startedAs: 'before the last boot' });
    await (await lockDataDir(dataDir, 'npm start')).release();
  });

  test('takes over a lock that cannot be read', async () => {
    await leaveLock({});
    await (await lockDataDir(dataDir, 'npm start')).release();
  });

  test('goes to exactly one of many that find a dead lock at once', async () => {
    for (let race = 0; race < 3; race += 1) {
      await leaveLock({ pid: process.pid, startedAs: 'long gone' });
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockDataDir(dataDir, 'npm start')));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataDirHeldError);
    }
  });
});

test('a process is known by its start, not by its number alone', async () => {
  const own = await recordOf(process.pid);
  expect(own).toEqual({ pid: process.pid, startedAs: expect.any(String) });
  expect(await isRunning({ pid: process.pid, startedAs: own?.startedAs ?? '' })).toBe(true);
  expect(await isRunning({ pid: process.pid, startedAs: 'another start' })).toBe(false);
});
