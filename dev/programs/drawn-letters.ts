import { chromium, type Page } from 'playwright-core';
import type { Environment } from './executables.ts';

/** A browser of the Chromium family and the arguments it needs on this machine; both go into playwright's `chromium.launch`. */
export type ChromiumProgram = { executablePath: string; args: string[] };

/** What a browser put on a page: `problem` says why it is of no use, `chinese` whether its fonts have Chinese letters. */
export type DrawnLetters = { problem: null; chinese: boolean } | { problem: string; chinese: false };

const LIMIT_MS = 60_000;
const LATIN = ['A', 'B'] as const;
/** Of the pages' own words: 拦截物流. */
const CHINESE = ['拦', '流'] as const;

/**
 * Starts the browser and looks at what it draws. Letters count only when two of them look different: where a font is missing, all are the same
 * blank or the same box, and a browser that found no font at all starts, tells its version, and breaks on the first real page.
 */
export async function drawnLetters(program: ChromiumProgram, environment: Environment): Promise<DrawnLetters> {
  try {
    const browser = await chromium.launch({ ...program, env: environment, timeout: LIMIT_MS });
    try {
      const page = await browser.newPage({ viewport: { width: 48, height: 48 } });
      if (!(await drawsApart(page, LATIN))) return { problem: 'draws no letters: it finds no font', chinese: false };
      return { problem: null, chinese: await drawsApart(page, CHINESE) };
    } finally {
      await browser.close();
    }
  } catch (error) {
    return { problem: `does not show a page: ${error instanceof Error ? error.message : String(error)}`, chinese: false };
  }
}

async function drawsApart(page: Page, [one, other]: readonly [string, string]): Promise<boolean> {
  return !(await pictureOf(page, one)).equals(await pictureOf(page, other));
}

async function pictureOf(page: Page, letter: string): Promise<Buffer> {
  await page.setContent(`<body lang="zh-CN" style="margin: 0; font: 32px sans-serif">${letter}`, { timeout: LIMIT_MS });
  return page.screenshot({ timeout: LIMIT_MS });
}
