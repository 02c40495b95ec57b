import { expect, test } from '@jest/globals';
import { waitFor } from '../../dev/waiting.ts';
import { axeViolations, type ConsoleWorld, leapUntil, open, screenshot, LIMIT_MS } from './console-world.ts';

const TITLE = '规则专测商品';

/** Rules from the first click to the intercept they start, and why they started none. */
export function ruleTests(here: () => ConsoleWorld): void {
  test(
    'a rule is written, tried on the past, confirmed with its bounds, and intercepts; the page says why, and pauses it',
    async () => {
      const { shop, visit } = here();
      const visitor = await visit('OWNER');
      const { page, complaints } = visitor;
      await open(visitor, '/rules');
      await page.getByRole('button', { name: '添加规则' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('名称').fill('专测快拦');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.getByText('自动拦截须填写上限').first().waitFor();
      await dialog.getByLabel('退款金额 上限').fill('300');
      await dialog.getByLabel('拦截费 上限').fill('5');
      await dialog.getByLabel('商品标题含').fill(TITLE);
      await dialog.getByLabel('商品标题含').press('Enter');
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'rule');
      await dialog.getByRole('button', { name: '保存' }).click();
      await page.getByText('专测快拦').waitFor();
      await page.getByRole('button', { name: '保存为新版本' }).click();
      await page.getByText('自动拦截须填写上限').first().waitFor();
      await page.getByLabel('每日费用上限（元）').fill('20');
      await page.getByLabel('每日单数上限').fill('1');
      await page.getByRole('button', { name: '保存为新版本' }).click();
      await page.getByText('专测快拦：退款至多 ¥300.00，拦截费至多 ¥5.00').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: '保存并确认' }).click();
      await page.locator('[data-rules="RUNNING"]').waitFor();

      const seed = { carrier: 'ZTO', refundFeeFen: 2_600, order: { itemTitle: TITLE }, parcel: { onIntercept: 'SILENT' } };
      const first = await shop.seed(seed);
      const isStarted = async () => (await shop.call('GET', `/intercepts/${first.refundId}-1`)).status === 200;
      expect(await waitFor(isStarted, 60_000)).toBe(true);
      await open(visitor, `/refunds/${first.refundId}`);
      await page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
      await page.getByText('规则已由商家确认').waitFor();

      await page.clock.install();
      // A judgement that comes while the page is open stands there by itself.
      await open(visitor, '/rules?tab=judgements&decision=ASK');
      const second = await shop.seed(seed);
      const judged = page.locator(`[data-explained="${second.refundId}"]`);
      const row = page.getByRole('row', { name: new RegExp(second.refundId) });
      await leapUntil(page, () => row.isVisible());
      await row.getByText('店铺的当日预算已用完').waitFor();
      await row.getByRole('button').first().click();
      await judged.getByText(/商品标题含: 要求 规则专测商品, 实际 规则专测商品/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'judgements');

      await open(visitor, '/rules');
      await page.getByRole('button', { name: '试运行最近 30 天' }).click();
      await page.locator('[data-dry-run="success"]').waitFor();
      await page.getByRole('region', { name: '试运行结果' }).getByText('专测快拦').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'dry-run');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '全部暂停' }).click();
      await page.locator('[data-rules="PAUSED"]').waitFor();
      await screenshot(page, 'rules');
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'who may not change rules still sees them, and why each refund was judged as it was',
    async () => {
      const { visit } = here();
      const visitor = await visit('OPERATOR', 'en-US');
      const { page } = visitor;
      await open(visitor, '/rules');
      await page.getByText('专测快拦').waitFor();
      expect(await page.getByRole('button', { name: 'Add a rule' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Let them go on' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Dry run over 30 days' }).click();
      await page.locator('[data-dry-run="success"]').waitFor();
      expect(await axeViolations(page)).toEqual([]);
    },
    LIMIT_MS,
  );
}
