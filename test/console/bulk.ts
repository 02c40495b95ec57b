import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeViolations, type ConsoleWorld, open, screenshot, LIMIT_MS } from './console-world.ts';

/** Cases whose interception failed, of these amounts. */
export async function failedCases({ shop }: ConsoleWorld, amounts: number[]): Promise<string[]> {
  const ids = await Promise.all(
    amounts.map(async (refundFeeFen) => {
      const { refundId } = await shop.seed({
        carrier: 'YTO',
        refundFeeFen,
        order: { paidFen: refundFeeFen },
        parcel: { onIntercept: 'FAILS' },
      });
      await shop.create(refundId);
      return refundId;
    }),
  );
  for (const id of ids) await shop.until(`${id}-1`, ({ interceptStatus }) => interceptStatus === 'FAILED', LIMIT_MS);
  return ids;
}

const rowOf = (page: Page, refundId: string) => page.getByRole('dialog').locator('tr[data-row-key]').filter({ hasText: refundId });

/** Proposes to reject what failed, up to an amount. */
async function writeProposal(page: Page): Promise<void> {
  const choose = async (label: string, ...options: string[]): Promise<void> => {
    await page.getByRole('combobox', { name: label }).click();
    for (const option of options) await page.locator('.ant-select-item-option').filter({ hasText: option }).click();
  };
  await page.getByRole('button', { name: '添加建议' }).click();
  await page.getByRole('textbox', { name: '名称' }).fill('派送后拒绝');
  await choose('建议', '建议拒绝');
  await choose('适用情形（任一）', '拦截失败，买家已签收', '快递告知拦截失败');
  await page.getByRole('textbox', { name: '退款金额 上限' }).fill('77.77');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('请选择拒绝原因').waitFor();
  await choose('拒绝原因', '快递拦截失败，包裹已派送');
  await page.getByRole('textbox', { name: '拦截费 上限' }).fill('9');
  await page.getByRole('textbox', { name: '说明' }).fill('包裹已派送给买家');
}

/** Many decisions from one list, and what is proposed. */
export function bulkTests(here: () => ConsoleWorld): void {
  test(
    'rejecting several: one that was decided meanwhile says so in its row, the others are rejected, what is left may be sent again',
    async () => {
      const world = here();
      const { shop, visit } = world;
      const ids = await failedCases(world, [3_000, 4_000, 5_000]);
      const visitor = await visit('OPERATOR');
      const { page, complaints } = visitor;
      await open(visitor, '/?tab=failed');
      await page.locator('tr[data-refund] a').first().focus();
      for (const key of ['?', 'Escape']) await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('tr[data-refund] a').first().focus();
      const rows = page.locator('tr[data-refund]');
      const places = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-refund') ?? ''));
      for (const place of places) {
        if (ids.includes(place)) await page.keyboard.press('x');
        expect(await page.evaluate("document.activeElement.closest('tr').dataset.refund")).toBe(place);
        await page.keyboard.press('j');
      }
      for (const id of ids) expect(await page.getByRole('checkbox', { name: `选择退款单 ${id}` }).isChecked()).toBe(true);
      await page.getByRole('button', { name: '批量拒绝（3）' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('将以同一原因拒绝 3 单退款申请，共 ¥120.00').waitFor();
      await shop.act(`${ids[0]}-1`, 'approve-refund');
      await dialog.getByRole('combobox', { name: '拒绝原因' }).click();
      await page.locator('.ant-select-item-option').first().click();
      await dialog.getByRole('button', { name: '确认拒绝 3 单，共 ¥120.00' }).click();
      await dialog.getByText('请填写说明').waitFor();
      await dialog.getByRole('textbox', { name: '说明' }).fill('包裹已由买家签收');
      await dialog.getByRole('textbox', { name: /图片地址/ }).fill('https://shop.example.com/proof.jpg');
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'bulk-reject');
      await dialog.getByRole('button', { name: '确认拒绝 3 单，共 ¥120.00' }).click();
      await rowOf(page, ids[0] ?? '')
        .getByText('未成功')
        .waitFor();
      // While evidence told twice is being applied the service asks to look again: those alone are sent again.
      while (await dialog.getByText('快递刚有新结果').first().isVisible()) {
        await dialog.getByRole('button', { name: /^确认拒绝 [12] 单/ }).click();
      }
      await dialog.getByText('已完成 2 单，已提交待平台答复 0 单，未成功 1 单').waitFor();
      expect(await rowOf(page, ids[0] ?? '').textContent()).toContain('当前不能执行此操作');
      expect(await dialog.getByRole('button', { name: /^确认拒绝/ }).count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'bulk-results');
      for (const id of ids.slice(1)) expect((await shop.get(`${id}-1`)).refundStatus).toBe('REJECTED');
      await dialog.getByRole('button', { name: '关闭' }).last().click();
      for (const id of ids.slice(1)) await page.locator(`tr[data-refund="${id}"]`).waitFor({ state: 'detached' });
      expect(await Promise.all(ids.map((id) => shop.paymentsOf(id)))).toEqual([1, 0, 0]);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'approving several in English: an answer that got lost is asked for again, and nothing is paid twice',
    async () => {
      const world = here();
      const { shop, visit } = world;
      const ids = await failedCases(world, [1_500, 2_500]);
      const visitor = await visit('OWNER', 'en-US');
      const { page } = visitor;
      await open(visitor, '/?tab=failed');
      for (const id of ids) await page.getByRole('checkbox', { name: id }).check();
      await page.getByRole('button', { name: 'Approve selected (2)' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Pay 2, ¥40.00 together' });
      await confirm.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const isBatch = '**/v1/intercepts/batch/approve-refund';
      await page.route(isBatch, async (route) => {
        await route.fetch();
        await route.abort();
      });
      await confirm.click();
      await dialog.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
      await page.unroute(isBatch);
      await confirm.click();
      await dialog.getByText('2 done, 0 taken and waiting for the platform, 0 failed').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await Promise.all(ids.map((id) => shop.paymentsOf(id)))).toEqual([1, 1]);
    },
    LIMIT_MS,
  );

  test(
    'a proposal stands on the list and the case with its reasons; one click and its confirmation follow it, nothing happens before',
    async () => {
      const world = here();
      const { shop, visit } = world;
      // The platform tells its reasons of a case.
      const [refundId = ''] = await failedCases(world, [7_700]);
      const owner = await visit('OWNER');
      await open(owner, '/settings?tab=decisions');
      await writeProposal(owner.page);
      expect(await axeViolations(owner.page)).toEqual([]);
      await screenshot(owner.page, 'decisions');
      await owner.page.getByRole('button', { name: '保存', exact: true }).click();
      await owner.page.getByText('已保存').first().waitFor();
      await owner.page.route('**/v1/intercepts/*/reject-reasons', (route) => route.abort());
      await owner.page.reload();
      const code = owner.page.getByRole('textbox', { name: '拒绝原因代码' });
      await code.waitFor();
      expect([await code.inputValue(), await owner.page.getByRole('textbox', { name: '拦截费 上限' }).inputValue()]).toEqual([
        '1002',
        '9.00',
      ]);
      const visitor = await visit('OPERATOR');
      const { page, complaints } = visitor;
      await open(visitor, '/?tab=failed');
      await page.locator(`tr[data-refund="${refundId}"]`).getByText('建议拒绝').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await open(visitor, `/refunds/${refundId}`);
      const shown = page.locator('[data-proposal="REJECT"]');
      await shown.getByText('建议：拒绝退款（派送后拒绝）').waitFor();
      await shown.getByText('退款金额: 要求 不超过 ¥77.77, 实际 ¥77.00').waitFor();
      // The patrol tells whoever is named within a minute: how that looks needs no minute.
      await page.route(`**/v1/intercepts/${refundId}-1`, async (route) => {
        const answer = await route.fetch();
        const told = { staffName: '张三', at: '2026-11-20T08:30:00.000Z' };
        await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), escalation: told } });
      });
      await page.reload();
      await page.locator('[data-escalated]').getByText('已上报 张三').waitFor();
      await page.unroute(`**/v1/intercepts/${refundId}-1`);
      expect(await axeViolations(page)).toEqual([]);
      await screenshot(page, 'proposal');
      expect((await shop.get(`${refundId}-1`)).refundStatus).toBe('OPEN');
      await shown.getByRole('button', { name: '按建议处理' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('快递拦截失败，包裹已派送').waitFor();
      expect(await dialog.getByRole('textbox', { name: '说明' }).inputValue()).toBe('包裹已派送给买家');
      const answer = dialog.getByRole('alert').or(page.locator('[data-refund-status="REJECTED"]'));
      do {
        await dialog.getByRole('button', { name: '确认拒绝退款 ¥77.00' }).click();
        await answer.first().waitFor();
      } while (await dialog.getByText('快递刚有新结果').isVisible());
      await page.locator('[data-refund-status="REJECTED"]').waitFor();
      expect(await page.locator('[data-proposal]').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
}
