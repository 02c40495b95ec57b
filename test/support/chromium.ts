import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../dev/programs/chromium.ts';

/** Most pages live for a second here: code compiled to last ends with them, and costs a sixth of opening one. What is run ten thousand times is worth it. */
const COMPILE_LATE = '--js-flags=--invocation-count-for-maglev=10000';

/** A headless browser, which draws in its own process: another one for that costs a tenth more. End it with `browser.close()`. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium({ environment: process.env, log: () => {} });
  return chromium.launch({ executablePath, args: [...args, '--in-process-gpu', COMPILE_LATE], headless: true });
}
