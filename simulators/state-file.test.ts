import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStateFile } from './state-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fail = (error: unknown): void => {
  throw error;
};

describe('the state file', () => {
  test('what was saved is there at the next opening', async () => {
    const path = join(folder, 'deep', 'state.json');
    const file = await openStateFile(path, fail);
    file.state.lastNumber = 7;
    file.changed();
    await file.saved();
    expect((await openStateFile(path, fail)).state.lastNumber).toBe(7);
  });

  test('a change made during a write is written too', async () => {
    const path = join(folder, 'busy.json');
    const file = await openStateFile(path, fail);
    for (let number = 1; number <= 50; number += 1) {
      file.state.lastNumber = number;
      file.changed();
      if (number % 7 === 0) await file.saved();
    }
    await file.saved();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ lastNumber: 50 });
  });

  test('a file of another version is refused by name', async () => {
    const path = join(folder, 'other.json');
    await writeFile(path, '{"version":99}');
    await expect(openStateFile(path, fail)).rejects.toThrow(path);
  });

  test('a disk that refuses is told to who waits', async () => {
    const path = join(folder, 'gone', 'state.json');
    const reported: unknown[] = [];
    const file = await openStateFile(path, (error) => reported.push(error));
    await rm(join(folder, 'gone'), { recursive: true });
    file.changed();
    await expect(file.saved()).rejects.toThrow('ENOENT');
    expect(reported).toHaveLength(1);
  });
});
