import { expect, test } from '@jest/globals';
import { axeViolations, changeFirstPassword, type ConsoleWorld, open, screenshot, signIn, LIMIT_MS } from './console-world.ts';

const SHOP_ID = '2788410777';

/** A shop that never heard of the service, from its first click on. */
export function openingTests(here: () => ConsoleWorld): void {
  test(
    'the first click of an unsigned shop signs the agreement right there; then outlets, prices and closing',
    async () => {
      const { shop, arrive, command, control } = here();
      await control('POST', '/sim/shops', { shopId: SHOP_ID, name: '新店', accessToken: `at-${SHOP_ID}`, refreshToken: `rt-${SHOP_ID}` });
      await command(
        'shops',
        'create',
        '--shop',
        SHOP_ID,
        '--name',
        '新店',
        '--kuaishou-token',
        `at-${SHOP_ID}`,
        '--kuaishou-refresh-token',
        `rt-${SHOP_ID}`,
      );
      const password = (await command('staff', 'create', '--shop', SHOP_ID, '--name', '老板', '--role', 'OWNER')).split('\n').at(-1) ?? '';
      const { refundId } = await shop.seed({
        shopId: SHOP_ID,
        carrier: 'YTO',
        refundFeeFen: 4_000,
        order: { paidFen: 4_000 },
        parcel: { onIntercept: 'SILENT' },
      });

      const visitor = await arrive();
      const { page, complaints } = visitor;
      await signIn(visitor, SHOP_ID, '老板', password);
      await changeFirstPassword(visitor, password, 'correct-horse-battery-7');
      await page
        .locator('[data-first-steps="open"]')
        .getByText(/新店引导 \d\/4/)
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await open(visitor, `/refunds/${refundId}`);
      await page.getByRole('button', { name: '拦截物流' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '立即开通' }).click();
      await dialog.getByText('请先阅读并同意协议').waitFor();
      await screenshot(page, 'agreement');
      await dialog.getByRole('checkbox', { name: /我已阅读并同意/ }).check();
      await dialog.getByRole('textbox', { name: '签署人' }).fill('王老板');
      await dialog.getByRole('button', { name: '立即开通' }).click();
      // The outlets of YTO need no review, so the same dialog goes on to the confirmation.
      await dialog.getByRole('button', { name: /^同意拦截/ }).click();
      await page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
      await open(visitor, '/');
      await page.locator('tr[data-refund]').first().waitFor();
      await page.locator('[data-first-steps]').waitFor({ state: 'detached' });

      await open(visitor, '/service');
      await page.locator('[data-service="OPEN"]').waitFor();
      const outlet = page.getByRole('region', { name: '中通快递 合作网点' }).locator('tr[data-outlet]').first();
      await outlet.getByText('未订购').waitFor();
      await outlet.getByRole('button', { name: /^订购服务/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: '订购服务' }).click();
      await outlet.getByText('待审核').waitFor();
      await outlet.getByText('已等待 0 天').waitFor();
      await outlet.getByRole('button', { name: /^催促/ }).click();
      await outlet.getByText(/^上次催促/).waitFor();
      await screenshot(page, 'subscription');

      await outlet.getByRole('button', { name: /^网点价格/ }).click();
      const prices = page.getByRole('dialog');
      await prices.getByRole('textbox', { name: /价格/ }).fill('3.505');
      await prices.getByText('请输入金额，最多两位小数').waitFor();
      await prices.getByRole('textbox', { name: /价格/ }).fill('3.50');
      await prices.getByRole('textbox', { name: /生效时间/ }).fill('2026-01-01 00:00:00');
      // Enter takes the moment and sends the form.
      await page.keyboard.press('Enter');
      await prices.waitFor({ state: 'detached' });
      await outlet.getByText('¥3.50').waitFor();

      await page.getByRole('button', { name: '导入价格' }).click();
      const sheet = page.getByRole('dialog');
      const code = (await outlet.getAttribute('data-outlet')) ?? '';
      await sheet
        .getByRole('textbox', { name: '价格表' })
        .fill(`快递公司\t网点代码\t价格\t生效日期\n中通\t${code}\t3.80\t2026-02-01\n中通\t99999\t3.80\t2026-02-01`);
      await sheet.locator('[data-sheet-row="OUTLET"]').getByText('不是本店的电子面单网点').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'price-sheet');
      await sheet.getByRole('button', { name: '设置 1 个价格' }).click();
      await sheet.locator('[data-sheet-row="SET"]').getByText('已设置').waitFor();
      await page.keyboard.press('Escape');
      await outlet.getByText('¥3.80').waitFor();

      await page.getByRole('button', { name: '关闭服务' }).click();
      const closing = page.getByRole('dialog');
      await closing.getByRole('button', { name: '关闭服务' }).click();
      await closing.getByText('请填写原因').waitFor();
      await closing.getByRole('textbox', { name: '关闭原因' }).fill('暂不需要');
      await closing.getByRole('button', { name: '关闭服务' }).click();
      await page.locator('[data-service="CLOSED"]').getByText('关闭原因：暂不需要').waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
}
