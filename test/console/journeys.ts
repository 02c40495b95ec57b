import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ConsoleWorld, load, screenshot, LIMIT_MS } from './console-world.ts';

/** Starts an intercept from the work bench the way a newcomer would, and ends on the refund's page. */
async function intercept(page: Page, refundId: string, returnTo?: string): Promise<void> {
  await page.locator('tr[data-refund]').first().waitFor();
  await page.getByRole('textbox', { name: '批量搜索' }).fill(refundId);
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await page.locator(`tr[data-refund="${refundId}"]`).getByRole('button', { name: '拦截' }).click();
  await page.getByRole('dialog').getByText('拦截一经发起不可取消').waitFor();
  const destinations = page.getByRole('dialog').getByRole('radio');
  if (returnTo === undefined) expect(await destinations.count()).toBe(0);
  else await page.getByRole('dialog').getByRole('radio', { name: returnTo }).check();
  await screenshot(page, 'start');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^同意拦截/ })
    .click();
  await page.waitForURL(new RegExp(`/console/refunds/${refundId}$`));
}

/** Waits for an axis of the case; what the page complains about instead is told. */
async function inState(page: Page, name: 'intercept' | 'refund', value: string): Promise<void> {
  try {
    await page.locator(`[data-${name}-status="${value}"]`).waitFor();
  } catch (error) {
    throw new Error(`never ${value}; the page says: ${(await page.getByRole('alert').allTextContents()).join(' | ')}`, { cause: error });
  }
}

/** The ways a case can go, from the first click to its end. */
export function journeyTests(here: () => ConsoleWorld): void {
  test(
    'a success: from the list to 已退款 without another click',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 123_45,
        order: { paidFen: 123_45 },
        parcel: { onIntercept: 'SUCCEEDS' },
      });
      const { page, complaints } = await visit('OPERATOR');
      await page.locator('tr[data-refund]').first().waitFor();
      await screenshot(page, 'workbench');
      await intercept(page, refundId, '退回收件网点');
      await inState(page, 'intercept', 'SUCCEEDED');
      await inState(page, 'refund', 'REFUNDED');
      await page.getByText('拦截成功，自动同意退款', { exact: true }).first().waitFor();
      await page.getByText('¥123.45').first().waitFor();
      await page.getByText('退回已签收').first().waitFor();
      await page.getByText('退回收件网点').first().waitFor();
      expect(await shop.get(`${refundId}-1`)).toMatchObject({ returnTo: 'OUTLET' });
      await screenshot(page, 'succeeded');
      expect(await page.getByText('staff:').count()).toBe(0);
      expect(await shop.paymentsOf(refundId)).toBe(1);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'a failure: rejected with a reason of the platform, nothing is paid',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'YTO',
        refundFeeFen: 6_990,
        order: { paidFen: 6_990 },
        parcel: { onIntercept: 'FAILS' },
      });
      const { page, complaints } = await visit('OPERATOR');
      await intercept(page, refundId);
      await inState(page, 'intercept', 'FAILED');
      await page.getByText('拦截失败，请在倒计时内处理，超时将自动退款').waitFor();
      await screenshot(page, 'failed');
      await page.getByRole('button', { name: '拒绝退款' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('¥69.90').first().waitFor();
      await dialog.getByRole('combobox', { name: '拒绝原因' }).click();
      await page.locator('.ant-select-item-option').first().click();
      await dialog.getByRole('textbox', { name: '说明' }).fill('包裹已由买家签收');
      await dialog.getByRole('textbox', { name: /图片地址/ }).fill('https://shop.example.com/proof.jpg');
      await screenshot(page, 'reject');
      const confirm = dialog.getByRole('button', { name: '确认拒绝退款 ¥69.90' });
      const answer = dialog.getByRole('alert').or(page.locator('[data-refund-status="REJECTED"]'));
      await confirm.click();
      await answer.first().waitFor();
      // The scan behind the failure may be told twice; while the second is being applied the service asks to look again.
      while (await dialog.getByText('快递刚有新结果').isVisible()) {
        await confirm.click();
        await answer.first().waitFor();
      }
      await inState(page, 'refund', 'REJECTED');
      expect(await shop.paymentsOf(refundId)).toBe(0);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'no result: rejecting is locked with its reason and countdown, and unlocks by itself; approving repeats the amount',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'STO',
        refundFeeFen: 3_580,
        order: { paidFen: 3_580 },
        parcel: { onIntercept: 'SILENT' },
      });
      const { page, complaints } = await visit('OPERATOR');
      await intercept(page, refundId);
      await inState(page, 'intercept', 'INTERCEPTING');
      const reject = page.getByRole('button', { name: '拒绝退款' });
      expect(await reject.isDisabled()).toBe(true);
      const why = page.locator('li[data-action="REJECT_REFUND"]');
      const { rejectUnlockAt, autoRefundAt } = await shop.get(`${refundId}-1`);
      expect(await why.textContent()).toContain('发起拦截3天后无结果或拦截失败后可拒绝退款');
      expect(await why.textContent()).toContain(inShanghai(rejectUnlockAt));
      const unlock = page.locator('[data-countdown="reject-unlock"] time');
      expect(await unlock.getAttribute('datetime')).toBe(rejectUnlockAt);
      expect(await unlock.textContent()).toMatch(/^00:00:\d\d$/);
      expect(await page.locator('[data-countdown="auto-refund"]').textContent()).toContain(inShanghai(autoRefundAt));
      await screenshot(page, 'intercepting');
      await page.locator('li[data-action="REJECT_REFUND"]').waitFor({ state: 'detached' });
      expect(await reject.isEnabled()).toBe(true);

      await page.getByRole('button', { name: '同意退款' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('将向买家退款 ¥35.80').waitFor();
      await screenshot(page, 'approve');
      await dialog.getByRole('button', { name: '确认退款 ¥35.80' }).click();
      await inState(page, 'refund', 'REFUNDED');
      expect(await shop.paymentsOf(refundId)).toBe(1);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'a refund that cannot be intercepted names every reason at once',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'JT',
        refundFeeFen: 50_000,
        order: { paidFen: 50_000, coType: 8 },
        parcel: { scans: [] },
      });
      const visitor = await visit('OPERATOR');
      const { page } = visitor;
      await load(visitor, `/refunds/${refundId}`);
      await page.locator('[data-reason]').first().waitFor();
      const reasons = await page.locator('[data-reason]').evaluateAll((items) => items.map((item) => item.getAttribute('data-reason')));
      expect(reasons).toEqual(['CROSS_BORDER_SHOP', 'REFUND_AMOUNT_NOT_BELOW_500', 'NO_TRACK']);
      expect(await page.getByRole('button', { name: '拦截物流' }).isDisabled()).toBe(true);
      await screenshot(page, 'not-eligible');
    },
    LIMIT_MS,
  );

  test(
    'a batch with mixed results: each row has its own outcome',
    async () => {
      const { shop, visit } = here();
      const parcel = { onIntercept: 'SILENT' };
      const good = await shop.seed({ carrier: 'ZTO', refundFeeFen: 1_000, order: { paidFen: 1_000 }, parcel });
      const partial = await shop.seed({ carrier: 'YTO', refundFeeFen: 1_000, order: { paidFen: 5_000 }, parcel });
      const untracked = await shop.seed({ carrier: 'STO', refundFeeFen: 1_000, order: { paidFen: 1_000 }, parcel: { scans: [] } });
      const ids = [good, partial, untracked].map(({ refundId }) => refundId);
      const { page, complaints } = await visit('OPERATOR');
      await page.locator('tr[data-refund]').first().waitFor();
      await page.getByRole('textbox', { name: '批量搜索' }).fill(`${ids.join('，')} 9999999999999999999`);
      await page.getByRole('button', { name: '搜索', exact: true }).click();
      await page.getByText('没有找到：9999999999999999999').waitFor();
      for (const id of ids) await page.getByRole('checkbox', { name: `选择退款单 ${id}` }).check();
      await page.getByRole('button', { name: '批量拦截（3）' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('[data-reason="NO_TRACK"]').waitFor();
      await dialog.getByRole('checkbox', { name: '已知悉' }).check();
      await dialog.getByRole('button', { name: '确认拦截 2 单' }).click();
      await dialog.getByText('已发起 2 单，此前已发起 0 单，未发起 1 单').waitFor();
      await screenshot(page, 'batch');
      expect(await dialog.locator('tr[data-outcome="CREATED"]').count()).toBe(2);
      expect(await dialog.locator('tr[data-outcome="INELIGIBLE"]').textContent()).toContain('暂无物流轨迹');
      expect((await shop.get(`${ids[1]}-1`)).interceptStatus).toBe('INTERCEPTING');
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'a batch whose parcel is signed meanwhile says so for that row and starts the other',
    async () => {
      const { shop, visit } = here();
      const first = await shop.seed({ carrier: 'JT', refundFeeFen: 1_100, order: { paidFen: 1_100 }, parcel: { onIntercept: 'SILENT' } });
      const second = await shop.seed({ carrier: 'JT', refundFeeFen: 1_200, order: { paidFen: 1_200 }, parcel: { onIntercept: 'SILENT' } });
      const { page } = await visit('OPERATOR');
      await page.locator('tr[data-refund]').first().waitFor();
      await page.getByRole('textbox', { name: '批量搜索' }).fill(`${first.refundId} ${second.refundId}`);
      await page.getByRole('button', { name: '搜索', exact: true }).click();
      for (const { refundId } of [first, second]) await page.getByRole('checkbox', { name: `选择退款单 ${refundId}` }).check();
      await page.getByRole('button', { name: '批量拦截（2）' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: '确认拦截 2 单' });
      await confirm.waitFor();
      await here().control('POST', `/sim/refunds/${second.refundId}`, { withdrawn: true });
      await confirm.click();
      await dialog.locator('tr[data-outcome="INELIGIBLE"]').waitFor();
      expect(await dialog.locator('tr[data-outcome="INELIGIBLE"]').textContent()).toContain(second.refundId);
      expect(await dialog.locator('tr[data-outcome="CREATED"]').textContent()).toContain(first.refundId);
    },
    LIMIT_MS,
  );
}

/** The wall time of Shanghai, written independently of the console's own formatting. */
function inShanghai(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
