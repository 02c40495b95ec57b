import { expect, test } from '@jest/globals';
import { type ConsoleWorld, open, LIMIT_MS } from './console-world.ts';

const HOSTILE = '"><img src=x onerror="window.hostile=1"><script>window.hostile=1</script>';

/** Whatever a buyer, a carrier or a colleague writes is text. */
export function inertTests(here: () => ConsoleWorld): void {
  test(
    'markup in every field that others fill is shown as text and does nothing',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 2_500,
        reasonText: HOSTILE,
        order: { paidFen: 2_500, itemTitle: HOSTILE },
        parcel: {
          onIntercept: 'REFUSES',
          refusal: { message: HOSTILE },
          scans: [
            { event: 'PICKED_UP', hoursAgo: 5, text: HOSTILE, city: HOSTILE },
            { event: 'ARRIVED', hoursAgo: 1, text: HOSTILE },
          ],
        },
      });
      const visitor = await visit('OWNER');
      const { page, complaints } = visitor;
      await open(visitor, `/?q=${refundId}`);
      await page.locator(`tr[data-refund="${refundId}"]`).getByText(HOSTILE).first().waitFor();
      await shop.create(refundId);
      await open(visitor, `/refunds/${refundId}`);
      await page.locator('[data-intercept-status="REJECTED_BY_CARRIER"]').waitFor();
      await page.getByText(HOSTILE).first().waitFor();
      await page.getByRole('button', { name: '查看订单详情' }).click();
      await page.locator('[data-track]').getByText(HOSTILE).first().waitFor();

      await open(visitor, '/settings?tab=keys');
      await page.getByRole('button', { name: '新建密钥' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '用途' }).fill(HOSTILE.slice(0, 64));
      await dialog.getByRole('combobox', { name: '权限' }).click();
      await page.locator('.ant-select-item-option').first().click();
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: '新建密钥' }).click();
      await page.locator('[data-secret]').waitFor();
      await page.getByRole('button', { name: '关闭', exact: true }).last().click();
      await page.getByText(HOSTILE.slice(0, 64)).first().waitFor();

      await open(visitor, `/?q=${encodeURIComponent('<img/src=x/onerror=alert(1)>')}`);
      await page.getByText('<img/src=x/onerror=alert(1)>').first().waitFor();
      expect(await page.evaluate('window.hostile')).toBeUndefined();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
}
