import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { startRobots } from '../../delivery/channels/test-robots.ts';
import { axeViolations, type ConsoleWorld, open, screenshot, settled, LIMIT_MS } from './console-world.ts';
import { PNG } from '../../api/files/sample-files.ts';

/** What comes after the result: claims, fees, exports, telling other systems. */
export function afterTests(here: () => ConsoleWorld): void {
  test(
    'a parcel that came back broken: a claim with a photo, carried to its verdict, and the fee settled',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'YTO',
        refundFeeFen: 8_800,
        order: { paidFen: 8_800 },
        parcel: { onIntercept: 'RETURN_DAMAGED' },
      });
      await shop.create(refundId);
      await shop.until(`${refundId}-1`, ({ returnFailure }) => returnFailure === 'DAMAGED', LIMIT_MS);
      const visitor = await visit('FINANCE');
      const { page, complaints } = visitor;
      await open(visitor, `/refunds/${refundId}`);
      await page.getByRole('button', { name: '发起索赔' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '联系电话' }).fill('13812341234');
      await dialog.getByRole('textbox', { name: '名称' }).fill('保温饭盒');
      await dialog.getByRole('textbox', { name: '价值（元）' }).fill('88');
      await dialog.getByRole('textbox', { name: /索赔金额/ }).fill('88.01');
      await dialog.getByRole('textbox', { name: '情况说明' }).fill('外包装破损，内胆变形');
      await dialog.getByText('索赔金额不能超过商品总价值').waitFor();
      await dialog.getByRole('textbox', { name: /索赔金额/ }).fill('88');
      await dialog.locator('input[type="file"]').setInputFiles({ name: '破损.png', mimeType: 'image/png', buffer: PNG });
      await dialog.locator('.ant-upload-list-item-done').waitFor();
      await dialog.getByRole('button', { name: '提交索赔' }).click();
      await dialog.waitFor({ state: 'detached' });

      await open(visitor, '/claims?open=1');
      const row = page.getByRole('row').filter({ hasText: `${refundId}-1` });
      await row.getByText('已提交').waitFor();
      await row.getByRole('button', { name: '登记进展' }).click();
      const progress = page.getByRole('dialog');
      await progress.getByRole('combobox', { name: '状态' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: '同意赔付' }).click();
      await progress.getByRole('textbox', { name: /赔付金额/ }).fill('66.60');
      await progress.getByRole('button', { name: '保存' }).click();
      await progress.waitFor({ state: 'detached' });
      await open(visitor, '/claims');
      await row.getByText('¥66.60').waitFor();

      await open(visitor, '/statements?carrier=YTO');
      const fee = page
        .getByRole('row')
        .filter({ hasText: `${refundId}-1` })
        .filter({ hasText: '拦截费' });
      await fee.getByText('¥4.00').waitFor();
      await fee.getByRole('button', { name: '确认' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '确认 ¥4.00' }).click();
      await fee.getByText('已确认').waitFor();
      await page
        .getByRole('row')
        .filter({ hasText: `${refundId}-1` })
        .filter({ hasText: '赔付' })
        .getByText('-¥66.60')
        .waitFor();
      await fee.getByRole('button', { name: '提出差异' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('约定价格为 3.50 元');
      await page.getByRole('dialog').getByRole('button', { name: '提出差异 ¥4.00' }).click();
      await fee.getByText('有争议').waitFor();
      await open(visitor, '/');
      const disputed = page.locator('[data-counter="disputed"]');
      await disputed.hover();
      await settled(page);
      expect(await disputed.evaluate((digit) => getComputedStyle(digit).color)).toBe('rgb(255, 255, 255)');
      await disputed.click();
      await page
        .getByRole('row')
        .filter({ hasText: `${refundId}-1` })
        .getByText('有争议')
        .waitFor();

      await page.evaluate(`fetch('/v1/claims?interceptId=${refundId}-1')
        .then((answer) => answer.json())
        .then(({ items: [{ claimId }] }) => fetch('/v1/claims/' + claimId + '/sheet'))`);
      const owner = await visit('OWNER');
      await open(owner, '/settings?tab=seen');
      const seen = owner.page.getByRole('row').filter({ hasText: `${refundId}-1` });
      await seen.getByText('查看了索赔单上的完整电话').waitFor();
      expect([...complaints, ...owner.complaints]).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'the return address: saved by the owner, shown without whom it names, chosen for a parcel',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 5_550,
        order: { paidFen: 5_550 },
        parcel: { onIntercept: 'SILENT' },
      });
      const owner = await visit('OWNER');
      const { page, complaints } = owner;
      await open(owner, '/settings?tab=address');
      const fields = { 收件人: '张三丰', 电话: '17012341234', 省: '浙江省', 市: '金华市', 区县: '义乌市', 街道与门牌: '诚信大道1号仓' };
      for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value);
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('虚拟号需填写分机号').waitFor();
      await page.getByRole('textbox', { name: '电话' }).fill('13812341234');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('现用：张** 138****1234（第 1 版）').waitFor();
      expect(await page.getByRole('textbox', { name: '电话' }).inputValue()).toBe('');
      await screenshot(page, 'return-address');

      await open(owner, `/refunds/${refundId}`);
      await page.getByRole('button', { name: '拦截物流' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: '退回指定地址' }).check();
      await dialog.getByText('浙江省 金华市 义乌市 诚信大道1号仓 张** 138****1234（第 1 版）').waitFor();
      await dialog.getByRole('button', { name: /^同意拦截/ }).click();
      await page.getByText('退回指定地址（第 1 版）').waitFor();
      expect(await shop.get(`${refundId}-1`)).toMatchObject({ returnTo: 'ADDRESS', returnAddressVersion: 1 });
      // A save that the service refuses is told by the browser as well.
      expect(complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'records go out as CSV for Excel, exactly those the filters find',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'JT',
        refundFeeFen: 123_456,
        order: { paidFen: 123_456 },
        parcel: { onIntercept: 'SILENT' },
      });
      const small = await shop.seed({ carrier: 'JT', refundFeeFen: 3_210, order: { paidFen: 3_210 }, parcel: { onIntercept: 'SILENT' } });
      await shop.create(small.refundId);
      const visitor = await visit('VIEWER');
      await open(visitor, `/intercepts?refundId=${small.refundId}`);
      const [download] = await Promise.all([
        visitor.page.waitForEvent('download'),
        visitor.page.getByRole('button', { name: '导出 CSV' }).click(),
      ]);
      const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
      expect(lines[0]?.startsWith('\uFEFF拦截单号,退款单号,订单号,运单号')).toBe(true);
      expect(lines).toHaveLength(3);
      expect(lines[1]).toContain(`${small.refundId}-1,${small.refundId},`);
      expect(lines[1]).toContain('极兔速递');
      expect(lines[1]).toContain(',32.10,');
      expect(lines.join('')).not.toContain(refundId);
    },
    LIMIT_MS,
  );

  test(
    'an owner adds an endpoint, sends a test to it and sees how it was received',
    async () => {
      const { visit } = here();
      const received: string[] = [];
      const receiver = createServer((request, response) => {
        received.push(String(request.headers['webhook-id']));
        request.resume().on('end', () => response.writeHead(204).end());
      });
      await once(receiver.listen(0, '127.0.0.1'), 'listening');
      const address = receiver.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      try {
        const visitor = await visit('OWNER');
        const { page, complaints } = visitor;
        await open(visitor, '/settings?tab=webhooks');
        await page.getByRole('button', { name: '新建推送地址' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox', { name: '推送地址' }).fill(`http://127.0.0.1:${port}/hook`);
        await dialog.getByRole('checkbox', { name: '拦截失败' }).check();
        await dialog.getByRole('button', { name: '新建推送地址' }).click();
        expect(await page.locator('[data-secret]').textContent()).toMatch(/^whsec_/);
        await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
        const row = page.getByRole('row').filter({ hasText: `127.0.0.1:${port}` });
        await row.getByRole('button', { name: '发送测试' }).click();
        await page.getByText('已发送测试消息').waitFor();
        await row.getByRole('button', { name: '推送记录' }).click();
        const log = page.getByRole('dialog').getByRole('row').filter({ hasText: 'webhook.test' });
        await log.getByText('已送达').waitFor();
        await log.getByText('204', { exact: true }).waitFor();
        expect(received).toHaveLength(1);
        expect(await log.textContent()).toContain(received[0]);
        expect(complaints).toEqual([]);
      } finally {
        receiver.close();
      }
    },
    LIMIT_MS,
  );

  test(
    'an owner adds a robot, sends a test to its group, gives it quiet hours and turns it off',
    async () => {
      const { visit } = here();
      const robots = await startRobots();
      const { url, secret = '' } = robots.target('DINGTALK');
      try {
        const visitor = await visit('OWNER');
        const { page, complaints } = visitor;
        await open(visitor, '/settings?tab=channels');
        await page.getByText('还没有通知渠道').waitFor();
        await page.getByRole('button', { name: '新建通知渠道' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox', { name: '名称' }).fill('售后群');
        await dialog.getByRole('textbox', { name: '机器人 Webhook 地址' }).fill(`${url}x`);
        await dialog.getByRole('textbox', { name: '签名密钥' }).fill(secret);
        await dialog.getByRole('button', { name: '保存' }).click();
        const row = page.getByRole('row').filter({ hasText: '售后群' });
        await row.getByRole('button', { name: '发送测试' }).click();
        await page.getByText('测试消息没有送达：ERRCODE_300005').waitFor();
        await row.getByText('ERRCODE_300005').waitFor();
        await row.getByRole('button', { name: '删除' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
        await row.waitFor({ state: 'detached' });

        await page.getByRole('button', { name: '新建通知渠道' }).click();
        await dialog.getByRole('textbox', { name: '名称' }).fill('售后群');
        await dialog.getByRole('textbox', { name: '机器人 Webhook 地址' }).fill(url);
        await dialog.getByRole('textbox', { name: '签名密钥' }).fill(secret);
        expect(await axeViolations(page)).toEqual([]);
        await screenshot(page, 'channel');
        await dialog.getByRole('button', { name: '保存' }).click();
        await row.getByRole('button', { name: '发送测试' }).click();
        await page.getByText('测试消息已送达').waitFor();
        expect(robots.texts).toEqual([expect.stringContaining('测试消息：通知会发到这里')]);
        await row.getByRole('button', { name: '修改' }).click();
        await dialog.getByLabel('免打扰开始').fill('22:00');
        await dialog.getByLabel('免打扰结束').fill('08:00');
        await dialog.getByRole('button', { name: '保存' }).click();
        await row.getByText('免打扰 22:00 至 08:00').waitFor();
        await dialog.waitFor({ state: 'detached' });
        await screenshot(page, 'channels');
        await row.getByRole('button', { name: '停用' }).click();
        await row.getByRole('button', { name: '启用' }).waitFor();
        expect(complaints).toEqual([]);
      } finally {
        await robots.close();
      }
    },
    LIMIT_MS,
  );

  test(
    'news of the shop is listed and marked as read',
    async () => {
      const { visit } = here();
      const visitor = await visit('OPERATOR');
      const { page } = visitor;
      await open(visitor, '/notices?unread=1');
      const marks = page.getByRole('button', { name: /^标为已读/ });
      await marks.first().waitFor();
      await page.getByRole('button', { name: '全部标为已读' }).click();
      await page.getByText('没有通知').waitFor();
      expect(await marks.count()).toBe(0);
    },
    LIMIT_MS,
  );
}
