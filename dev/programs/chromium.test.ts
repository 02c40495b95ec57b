import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromium-test-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function options(told: Record<string, string>) {
  return { environment: { XDG_CACHE_HOME: folder, ...told }, log: (line: string) => void lines.push(line) };
}

async function putBrowser(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

describe('findChromium', () => {
  test('takes what CHROME_PATH names, then what is installed', async () => {
    const installed = await putBrowser('chromium-browser');
    const told = await putBrowser('my-chrome');
    expect((await findChromium(options({ PATH: folder, CHROME_PATH: told }))).executablePath).toBe(told);
    expect((await findChromium(options({ PATH: folder }))).executablePath).toBe(installed);
    await expect(findChromium(options({ PATH: folder, CHROME_PATH: '/no/chrome' }))).rejects.toThrow(
      'names /no/chrome, which is not an executable file',
    );
  });

  test('unpacks the one of the npm package once, and it shows a page (Linux x64)', async () => {
    const bare = { PATH: folder, HOME: folder };
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      await expect(findChromium(options(bare))).rejects.toThrow('@sparticuz/chromium is for Linux x64');
      return;
    }
    const unpacked = await findChromium(options(bare));
    lines = [];
    expect(await findChromium(options(bare))).toEqual(unpacked);
    expect(lines.at(-1)).toContain('unpacked earlier');
    const browser = await chromium.launch(unpacked);
    try {
      const page = await browser.newPage();
      await page.setContent('<title>拦截</title>');
      expect(await page.title()).toBe('拦截');
    } finally {
      await browser.close();
    }
  }, 120_000);
});
