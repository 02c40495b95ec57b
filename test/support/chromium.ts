import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../dev/programs/chromium.ts';

/** A headless browser, which draws in its own process: another one for that costs a tenth more. End it with `browser.close()`. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium({ environment: process.env, log: () => {} });
  return chromium.launch({ executablePath, args: [...args, '--in-process-gpu'], headless: true });
}
