import { expect, test } from '@jest/globals';
import { type ConsoleWorld, leapUntil, open, signInAsDemo, LIMIT_MS } from './console-world.ts';

/** How often the page asks before it takes an answer for lost: once and three times more. */
const ASKED_PER_ROUND = 4;

/** Pages that hear of what others do. */
export function liveTests(here: () => ConsoleWorld): void {
  test(
    'two browsers see each other act',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'STO',
        refundFeeFen: 2_000,
        order: { paidFen: 2_000 },
        parcel: { onIntercept: 'SILENT' },
      });
      const watcher = await visit('VIEWER');
      await open(watcher, `/refunds/${refundId}`);
      await watcher.page.getByText('符合拦截条件').waitFor();
      const actor = await visit('OPERATOR');
      await open(actor, `/refunds/${refundId}`);
      await actor.page.getByRole('button', { name: '拦截物流' }).click();
      await actor.page.getByRole('button', { name: /^同意拦截/ }).click();
      await watcher.page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
      await actor.page.getByRole('button', { name: '申请平台介入' }).click();
      await actor.page.getByRole('textbox', { name: '说明' }).fill('买家要求仅退款，包裹在途');
      await actor.page.getByRole('button', { name: '确认申请平台介入' }).click();
      await watcher.page.locator('[data-refund-status="UNDER_ARBITRATION"]').waitFor();
      await watcher.page.getByText('平台介入中，自动退款已暂停').waitFor();
      // Only a page that hears nothing asks by itself.
      expect(await watcher.page.locator('.live-connected').count()).toBe(1);
      expect([...watcher.complaints, ...actor.complaints]).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'a page that was opened in vain asks again by itself',
    async () => {
      const { page } = await here().arrive();
      await page.clock.install();
      await page.route('**/console/api/session', (route) => route.abort());
      await page.reload();
      await leapUntil(page, () => page.getByText('页面会自动重试').isVisible());
      await page.unroute('**/console/api/session');
      await leapUntil(page, () => page.getByRole('heading', { name: '登录拦截物流' }).isVisible());
    },
    LIMIT_MS,
  );

  test(
    'a part that is gone, as after a release: the page is loaded anew by itself, once; what stays missing is said',
    async () => {
      const { visit } = here();
      const { page } = await visit('VIEWER');
      await page.evaluate('window.samePage = true');
      const part = '**/assets/statistics-page-*.js';
      await page.route(part, (route) => route.fulfill({ status: 404 }), { times: 1 });
      await page.getByRole('link', { name: '数据' }).click();
      await page.getByRole('heading', { level: 1, name: '数据' }).waitFor();
      expect(await page.evaluate('window.samePage')).toBeUndefined();

      await page.evaluate('window.samePage = true');
      await page.route('**/assets/claims-page-*.js', (route) => route.fulfill({ status: 404 }));
      await page.getByRole('link', { name: '索赔' }).click();
      await page.getByText('页面出错').waitFor();
      expect(await page.evaluate('window.samePage')).toBe(true);
      await page.getByRole('link', { name: '售后工作台' }).click();
      await page.locator('tr[data-refund]').first().waitFor();
    },
    LIMIT_MS,
  );

  test(
    'a restart of the service: 已断开, then 实时 again on the same page, with what happened meanwhile',
    async () => {
      const { shop, arrive, stopProduct, startProduct } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 2_100,
        order: { paidFen: 2_100 },
        parcel: { onIntercept: 'SILENT' },
      });
      await shop.create(refundId);
      const visitor = await arrive();
      const { page } = visitor;
      await signInAsDemo(visitor, 'OPERATOR');
      await page.locator('.live-connected').waitFor();
      await open(visitor, `/refunds/${refundId}`);
      await page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
      await page.evaluate('window.samePage = true');
      await page.clock.install();
      let askedInVain = 0;
      page.on('requestfailed', (request) => {
        if (request.url().endsWith('/console/api/session')) askedInVain += 1;
      });
      await stopProduct();
      await page.locator('.live-disconnected').waitFor();
      expect(await page.locator('.live').textContent()).toBe('已断开');
      // Away for longer than the page repeats a question.
      await leapUntil(page, async () => askedInVain >= ASKED_PER_ROUND);
      expect(await page.locator('.live').textContent()).toBe('已断开');
      await startProduct();
      await leapUntil(page, () => page.locator('.live-connected').isVisible());
      await shop.act(`${refundId}-1`, 'approve-refund');
      await shop.until(`${refundId}-1`, ({ refundStatus }) => refundStatus === 'REFUNDED', LIMIT_MS);
      await page.locator('[data-refund-status="REFUNDED"]').waitFor();
      expect(await page.evaluate('window.samePage')).toBe(true);
    },
    LIMIT_MS,
  );
}
