import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { shanghaiDay } from '../../domain/time.ts';
import { type ConsoleWorld, axeViolations, load, type Locale, open, PHONE, settled, screenshot, LIMIT_MS } from './console-world.ts';

/** An address with the heading there. */
interface Opened {
  path: string;
  zh: string;
  en: string;
  shot?: string;
}
const PAGES: Opened[] = [
  { path: '/', zh: '售后工作台', en: 'Work bench' },
  { path: '/?tab=all', zh: '售后工作台', en: 'Work bench' },
  { path: '/service', zh: '快递拦截服务', en: 'Intercept service', shot: 'service' },
  { path: '/rules', zh: '自动拦截规则', en: 'Intercept rules' },
  { path: '/rules?tab=judgements', zh: '自动拦截规则', en: 'Intercept rules' },
  { path: '/intercepts', zh: '拦截服务单查询', en: 'Intercept records', shot: 'records' },
  { path: '/claims', zh: '索赔', en: 'Claims' },
  { path: '/statements', zh: '对账', en: 'Statements', shot: 'statements' },
  { path: '/statistics', zh: '数据', en: 'Statistics' },
  { path: '/notices', zh: '通知', en: 'Notices', shot: 'notices' },
  { path: '/settings?tab=keys', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=webhooks', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=channels', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=decisions', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=address', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=staff', zh: '设置', en: 'Settings', shot: 'settings' },
  { path: '/settings?tab=seen', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=sessions', zh: '设置', en: 'Settings' },
  { path: '/settings?tab=password', zh: '设置', en: 'Settings' },
];

/** Beside the one that people come with. */
const OTHER_SIZES = [{ width: 1_920, height: 1_080 }, PHONE];

/** Whether what has the focus shows it; fields of the component library show it on their frame. Runs in the page. */
const FOCUS_SEEN = `(() => {
  const focused = document.activeElement;
  if (focused === document.body) return 'nothing focused';
  const frame = focused.closest('.ant-select, .ant-picker, .ant-checkbox, .ant-input-affix-wrapper') ?? focused;
  const visible = [focused, frame, ...frame.querySelectorAll('*')].some((element) => {
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  });
  return visible ? 'visible' : focused.outerHTML.slice(0, 200);
})()`;

/** The links at the ends of rows that the window does not show, though a list is wider than it. Runs in the page. */
const ROW_ENDS_OUT_OF_SIGHT = `[...document.querySelectorAll('.case-open')].filter((link) => {
  const { left, right } = link.getBoundingClientRect();
  return left < 0 || right > window.innerWidth;
}).length`;

/** The page that is open is no wider than its window, and what can be done about a case is in sight. */
async function expectToFit(page: Page, path: string): Promise<void> {
  await settled(page);
  expect({ path, width: await page.evaluate('document.documentElement.scrollWidth') }).toEqual({ path, width: page.viewportSize()?.width });
  expect({ path, outOfSight: await page.evaluate(ROW_ENDS_OUT_OF_SIGHT) }).toEqual({ path, outOfSight: 0 });
}

/** Every page as it opens: words, faults, access for everybody, sizes. */
export function pageTests(here: () => ConsoleWorld): void {
  describe.each<Locale>(['zh-CN', 'en-US'])('in %s', (locale) => {
    test(
      'signing in is offered without faults',
      async () => {
        const { page, complaints } = await here().arrive(locale);
        await page.getByRole('heading', { level: 1, name: locale === 'zh-CN' ? '登录拦截物流' : 'Sign in to refund intercept' }).waitFor();
        await page.getByText(locale === 'zh-CN' ? '演示账号' : 'Demo staff').waitFor();
        if (locale === 'zh-CN') await screenshot(page, 'sign-in');
        expect(await axeViolations(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      'every page opens without console errors, CSP violations or serious findings of axe, no wider than the window of whatever size',
      async () => {
        const { visit, shop } = here();
        const { refundId } = await shop.seed({
          carrier: 'ZTO',
          refundFeeFen: 2_700,
          order: { paidFen: 2_700 },
          parcel: { onIntercept: 'SILENT' },
        });
        await shop.create(refundId);
        const visitor = await visit('OWNER', locale);
        const { page, complaints } = visitor;
        const refund: Opened = { path: `/refunds/${refundId}`, zh: `退款详情 ${refundId}`, en: `Refund ${refundId}` };
        for (const { path, zh, en, shot } of [...PAGES, refund]) {
          // Its tabs are addresses of one page.
          await (locale === 'zh-CN' && !path.includes('?') ? load : open)(visitor, path);
          expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(locale === 'zh-CN' ? zh : en);
          if (shot !== undefined && locale === 'zh-CN') await screenshot(page, shot);
          expect({ path, violations: await axeViolations(page) }).toEqual({ path, violations: [] });
          await expectToFit(page, path);
          expect({ path, complaints }).toEqual({ path, complaints: [] });
        }
        // Size by size: a page that becomes a phone's is drawn anew from the ground up.
        for (const size of locale === 'zh-CN' ? OTHER_SIZES : []) {
          await page.setViewportSize(size);
          // Of a window that changes under an open page.
          await expectToFit(page, refund.path);
          for (const { path } of [...PAGES, refund]) {
            await open(visitor, path);
            await expectToFit(page, path);
          }
        }
        expect(complaints).toEqual([]);
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      },
      LIMIT_MS,
    );

    test(
      'the statistics say what came back and what the next days bring, by rule too, in units that fit, and as a file',
      async () => {
        const { origin, visit, shop } = here();
        const { refundId } = await shop.seed({
          carrier: 'ZTO',
          refundFeeFen: 2_400,
          order: { paidFen: 2_400 },
          parcel: { onIntercept: 'SILENT' },
        });
        const { autoRefundAt } = await shop.create(refundId);
        const back = await shop.seed({
          carrier: 'YTO',
          refundFeeFen: 2_500,
          order: { paidFen: 2_500 },
          parcel: { onIntercept: 'SUCCEEDS' },
        });
        await shop.create(back.refundId);
        await shop.until(`${back.refundId}-1`, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', LIMIT_MS);
        const visitor = await visit('FINANCE', locale);
        const { page, complaints } = visitor;
        const [byRule, byPeople, cameBack, ahead, csv] =
          locale === 'zh-CN'
            ? ['按规则', '人工发起', '退回已签收的拦截的退款金额合计', '到期预计', '下载 CSV']
            : ['Rule', 'Started by people', 'What the refunds come to whose parcel', 'Deadlines ahead', 'Download CSV'];
        await open(visitor, '/statistics');
        await page
          .getByTitle(cameBack)
          .getByText(/^¥[1-9]/)
          .waitFor();
        if (locale === 'zh-CN') await screenshot(page, 'statistics');
        await page.getByText(byRule, { exact: true }).click();
        await page.getByRole('row').filter({ hasText: byPeople }).first().waitFor();
        const day = shanghaiDay(Date.parse(autoRefundAt));
        const due = page.getByRole('region', { name: ahead }).locator(`tr[data-row-key="${day}"] td`).nth(1);
        await due.filter({ hasText: /^[1-9]\d*$/ }).waitFor();
        expect(await page.getByText(/^0\.0 /).count()).toBe(0);
        const address = await page.getByRole('link', { name: csv }).getAttribute('href');
        const file = await page.request.get(`${origin}${address}`);
        expect(await file.text()).toContain('人工发起');
        expect(await axeViolations(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      'the refund page and its dialogs are as accessible',
      async () => {
        const { visit, shop } = here();
        const { refundId } = await shop.seed({
          carrier: 'ZTO',
          refundFeeFen: 2_600,
          order: { paidFen: 5_200 },
          parcel: { onIntercept: 'SILENT' },
        });
        const visitor = await visit('OWNER', locale);
        const { page } = visitor;
        await open(visitor, `/refunds/${refundId}`);
        await page.getByRole('button', { name: locale === 'zh-CN' ? '拦截物流' : 'Intercept parcel' }).click();
        const dialog = page.getByRole('dialog');
        const confirm = dialog.getByRole('button', { name: locale === 'zh-CN' ? /^同意拦截/ : /^Intercept \(/ });
        await confirm.waitFor();
        // A partial refund must be acknowledged before anything starts.
        expect(await confirm.isDisabled()).toBe(true);
        expect(await axeViolations(page)).toEqual([]);
        await dialog.getByRole('checkbox').check();
        await confirm.click();
        await page.locator('[data-intercept-status="INTERCEPTING"]').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: locale === 'zh-CN' ? '同意退款' : 'Approve refund' }).click();
        await page.getByRole('dialog').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await visitor.page.keyboard.press('Escape');
        await open(visitor, `/intercepts?open=${refundId}-1`);
        await page.locator('.ant-drawer').getByText(refundId).first().waitFor();
        if (locale === 'zh-CN') await screenshot(page, 'record');
        expect(await axeViolations(page)).toEqual([]);
        expect(visitor.complaints).toEqual([]);
      },
      LIMIT_MS,
    );
  });

  test(
    'the keyboard alone: the first stop skips to the content, every stop is seen, a dialog keeps and gives back the focus',
    async () => {
      const { visit } = here();
      const visitor = await visit('OPERATOR');
      const { page } = visitor;
      await load(visitor, '/');
      await page.locator('tr[data-refund]').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('跳到内容');
      for (let stop = 0; stop < 25; stop += 1) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(FOCUS_SEEN);
        expect(seen).toBe('visible');
      }
      const button = page.locator('tr[data-refund]').first().getByRole('button', { name: '拦截' });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      for (let stop = 0; stop < 12; stop += 1) {
        await page.keyboard.press('Tab');
        // Between the last and the first stop lies the browser's own bar, never the page behind.
        expect(
          await page.evaluate('document.activeElement === document.body || document.activeElement.closest(".ant-modal-wrap") !== null'),
        ).toBe(true);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    LIMIT_MS,
  );

  test('filters, tab and search stand in the address and survive a reload', async () => {
    const { visit } = here();
    const visitor = await visit('OPERATOR');
    const { page } = visitor;
    await load(visitor, '/?tab=all&carrier=ZTO&initiatedFrom=2026-01-01');
    const tab = (name: string | RegExp) => page.getByRole('navigation', { name: '列表' }).getByRole('link', { name });
    expect(await tab('全部拦截').getAttribute('aria-current')).toBe('page');
    await page.getByLabel('筛选条件').getByText('中通快递').waitFor();
    await page.getByRole('combobox', { name: '快递公司' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '极兔速递' }).waitFor();
    // Off unless a deployment connects it.
    expect(await page.locator('.ant-select-item-option').filter({ hasText: '京东物流' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await tab(/拦截失败待处理/).click();
    await page.waitForURL(/tab=failed/);
    await page.reload();
    await tab(/拦截失败待处理/).waitFor();
    expect(await tab(/拦截失败待处理/).getAttribute('aria-current')).toBe('page');
  }, 60_000);

  test(
    'Ctrl-K finds a number from every page, which may be copied; what the carrier refused says so in the list and may be asked for again',
    async () => {
      const { shop, visit } = here();
      const { refundId } = await shop.seed({
        carrier: 'YTO',
        refundFeeFen: 3_300,
        order: { paidFen: 3_300 },
        parcel: { onIntercept: 'REFUSES' },
      });
      await shop.create(refundId);
      await shop.until(`${refundId}-1`, ({ interceptStatus }) => interceptStatus === 'REJECTED_BY_CARRIER', LIMIT_MS);
      const visitor = await visit('OPERATOR');
      const { page, complaints } = visitor;
      await open(visitor, '/statistics');
      await page.keyboard.press('Control+k');
      await page.keyboard.type(refundId);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\?q=/);
      await page.getByRole('row').filter({ hasText: refundId }).getByText('快递拒绝').waitFor();
      const asked = await shop.seed({ carrier: 'ZTO', refundFeeFen: 3_400, parcel: { asksPhone: '0000', onIntercept: 'SILENT' } });
      await shop.create(asked.refundId);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('0000');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\?q=0000$/);
      const found = page.getByRole('row').filter({ hasText: asked.refundId });
      await found.waitFor();
      expect(await page.getByText(/^没有找到/).count()).toBe(0);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const copied = found.getByRole('button', { name: /^复制 / }).first();
      const number = (await copied.getAttribute('title'))?.replace('复制 ', '');
      await copied.click();
      await found.getByRole('button', { name: '已复制' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(number);
      await found.getByRole('button', { name: '已复制' }).waitFor({ state: 'detached' });
      await open(visitor, '/');
      const row = page.locator(`tr[data-refund="${refundId}"]`);
      await row.getByText('快递拒绝').waitFor();
      await row.getByRole('button', { name: '拦截', exact: true }).waitFor();
      // The counts stand at the lists, once; a list with nothing in it is quiet.
      expect(await page.getByRole('link', { name: /^退回异常/ }).allInnerTexts()).toHaveLength(1);
      expect(await page.getByText(/ 0$/).count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
}
