import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchCacheDir, publishFolder, withdrawFolder } from './fetch-cache.ts';

let cacheDir: string;

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'fetch-cache-test-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

describe('publishFolder', () => {
  test('lets one of several fetches at once win, whole', async () => {
    const publish = (who: string) =>
      publishFolder(cacheDir, 'program', async (stagingDir) => {
        await writeFile(join(stagingDir, 'first'), who);
        await writeFile(join(stagingDir, 'second'), who);
      });
    const paths = await Promise.all(['a', 'b', 'c', 'd'].map(publish));
    expect(new Set(paths)).toEqual(new Set([join(cacheDir, 'program')]));
    expect(await readFile(join(cacheDir, 'program', 'first'), 'utf8')).toBe(await readFile(join(cacheDir, 'program', 'second'), 'utf8'));
    expect(await readdir(cacheDir)).toEqual(['program']);
  });

  test('leaves nothing behind when the fetch fails', async () => {
    const failing = publishFolder(cacheDir, 'program', async (stagingDir) => {
      await writeFile(join(stagingDir, 'half'), '');
      throw new Error('the line went dead');
    });
    await expect(failing).rejects.toThrow('the line went dead');
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('clears away what a killed fetch left long ago, not what another is at', async () => {
    await mkdir(join(cacheDir, '.staging-old'));
    await utimes(join(cacheDir, '.staging-old'), 1, 1);
    await mkdir(join(cacheDir, '.staging-busy'));
    await publishFolder(cacheDir, 'program', async () => undefined);
    expect((await readdir(cacheDir)).sort()).toEqual(['.staging-busy', 'program']);
  });
});

test('a withdrawn folder is gone whole, and one that is gone already is no error', async () => {
  await publishFolder(cacheDir, 'program', (stagingDir) => writeFile(join(stagingDir, 'file'), ''));
  await Promise.all([withdrawFolder(cacheDir, 'program'), withdrawFolder(cacheDir, 'program')]);
  expect(await readdir(cacheDir)).toEqual([]);
});

test('the cache follows XDG_CACHE_HOME', () => {
  expect(fetchCacheDir({ XDG_CACHE_HOME: '/c' })).toBe('/c/refund-intercept');
  expect(fetchCacheDir({})).toMatch(/\/\.cache\/refund-intercept$/);
});
