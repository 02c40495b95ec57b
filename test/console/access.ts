import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { changeFirstPassword, type ConsoleWorld, open, signIn, LIMIT_MS } from './console-world.ts';

/** Calls the API from the page with the session's own cookie and token: what the buttons hide must be refused all the same. */
async function callAsPage(page: Page, method: string, path: string, body: object): Promise<number> {
  return page.evaluate(
    async ([verb, address, content]) => {
      const session = (await (await fetch('/console/api/session')).json()) as { csrfToken: string };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken };
      return (await fetch(address, { method: verb, headers, body: content })).status;
    },
    [method, path, JSON.stringify(body)] as const,
  );
}

/** What each role may do, seen in the pages and held by the service. */
export function accessTests(here: () => ConsoleWorld): void {
  test(
    'a reader sees everything and may change nothing',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 2_200,
        order: { paidFen: 2_200 },
        parcel: { onIntercept: 'SILENT' },
      });
      const visitor = await visit('VIEWER');
      const { page } = visitor;
      await page.locator('tr[data-refund]').first().waitFor();
      expect(await page.getByRole('button', { name: '拦截', exact: true }).count()).toBe(0);
      expect(await page.getByRole('button', { name: '批量拦截' }).isDisabled()).toBe(true);
      await open(visitor, `/refunds/${refundId}`);
      expect(await page.getByRole('button', { name: '拦截物流' }).isDisabled()).toBe(true);
      expect(await page.getByText('只读没有此操作的权限').count()).toBeGreaterThan(0);
      expect(await callAsPage(page, 'POST', '/v1/intercepts', { refundId, confirm: true })).toBe(403);
      await shop.create(refundId);
      await page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
      for (const name of ['同意退款', '拒绝退款', '申请平台介入']) expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
      expect(await callAsPage(page, 'POST', `/v1/intercepts/${refundId}-1/approve-refund`, {})).toBe(403);
      await open(visitor, '/settings?tab=keys');
      await page.getByText('只有店主可以管理').waitFor();
      expect(await callAsPage(page, 'POST', '/console/api/keys', { label: 'x', scopes: ['admin'] })).toBe(403);
    },
    LIMIT_MS,
  );

  test(
    'finance settles but does not intercept; after-sales intercepts but manages no keys',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 2_300,
        order: { paidFen: 2_300 },
        parcel: { onIntercept: 'SILENT' },
      });
      const finance = await visit('FINANCE');
      expect(await callAsPage(finance.page, 'POST', '/v1/intercepts', { refundId, confirm: true })).toBe(403);
      await open(finance, `/refunds/${refundId}`);
      expect(await finance.page.getByRole('button', { name: '拦截物流' }).isDisabled()).toBe(true);
      const operator = await visit('OPERATOR');
      await open(operator, '/settings?tab=staff');
      await operator.page.getByText('只有店主可以管理').waitFor();
      await open(operator, '/service');
      expect(await operator.page.getByRole('button', { name: '关闭服务' }).isEnabled()).toBe(true);
      await open(finance, '/service');
      expect(await finance.page.getByRole('button', { name: '关闭服务' }).isDisabled()).toBe(true);
    },
    LIMIT_MS,
  );

  test(
    'only owners get the link into Temporal, and it names the case',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'ZTO',
        refundFeeFen: 2_400,
        order: { paidFen: 2_400 },
        parcel: { onIntercept: 'SILENT' },
      });
      await shop.create(refundId);
      for (const [role, links] of [
        ['OWNER', 1],
        ['OPERATOR', 0],
      ] as const) {
        const visitor = await visit(role);
        await open(visitor, `/refunds/${refundId}`);
        await visitor.page.locator('[data-intercept-status]').waitFor();
        const link = visitor.page.getByRole('link', { name: '在 Temporal 中查看' });
        expect(await link.count()).toBe(links);
        if (links === 1) expect(await link.getAttribute('href')).toContain(`/workflows/intercept%3A${refundId}-1`);
      }
    },
    LIMIT_MS,
  );

  test(
    'an owner makes a person with a one-time password; the first sign-in changes it; ending the session signs out',
    async () => {
      const { visit, arrive } = here();
      const owner = await visit('OWNER');
      await open(owner, '/settings?tab=staff');
      await owner.page.getByRole('button', { name: '新建员工' }).click();
      const dialog = owner.page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: '账号' }).fill('小林');
      await dialog.getByRole('button', { name: '新建员工' }).click();
      const password = (await owner.page.locator('[data-secret]').textContent()) ?? '';
      const shopId = /\d{6,}/.exec((await owner.page.locator('.head-staff').textContent()) ?? '')?.[0] ?? '';
      const newcomer = await arrive();
      const { page } = newcomer;
      await signIn(newcomer, shopId, '小林', 'wrong password 1');
      await page.getByRole('alert').waitFor();
      await signIn(newcomer, shopId, '小林', password.trim());
      await changeFirstPassword(newcomer, password.trim(), 'correct-horse-battery-9');
      await open(owner, '/settings?tab=sessions');
      await owner.page.getByRole('button', { name: /^退出 小林/ }).click();
      await owner.page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
      await page.getByRole('heading', { name: '登录拦截物流' }).waitFor();
    },
    LIMIT_MS,
  );

  test(
    'a sandbox says so above every page, and no other shop does',
    async () => {
      const { arrive, command, visit } = here();
      const shopId = '2788410779';
      await command('shops', 'create', '--shop', shopId, '--name', '联调小店', '--kuaishou-token', 'at', '--world', 'SANDBOX');
      const password = (await command('staff', 'create', '--shop', shopId, '--name', '联调', '--role', 'OWNER')).split('\n').at(-1) ?? '';
      const visitor = await arrive();
      const { page } = visitor;
      await signIn(visitor, shopId, '联调', password);
      await changeFirstPassword(visitor, password, 'correct-horse-battery-8');
      await page.getByRole('banner').getByText('沙箱', { exact: true }).waitFor();
      expect(await page.title()).toMatch(/^沙箱 · /);
      const owner = await visit('OWNER');
      expect(await owner.page.getByRole('banner').getByText('沙箱').count()).toBe(0);
      expect(await owner.page.title()).not.toContain('沙箱');
    },
    LIMIT_MS,
  );
}
