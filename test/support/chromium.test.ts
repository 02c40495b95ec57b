import { expect, test } from '@jest/globals';
import { launchChromium } from './chromium.ts';

test('a browser runs scripts and sets Chinese text', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent('<p id="text">拦截物流</p><script>document.title = String(6 * 7)</script>');
    expect(await page.title()).toBe('42');
    expect(await page.locator('#text').textContent()).toBe('拦截物流');
  } finally {
    await browser.close();
  }
});
