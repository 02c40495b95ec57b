import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { failedCases } from './bulk.ts';
import { axeViolations, type ConsoleWorld, LIMIT_MS, open, PHONE, screenshot } from './console-world.ts';

/** For a finger (WCAG 2.5.5). */
const FINGER_PX = 44;
/** What a keyboard leaves of the window. */
const ABOVE_KEYBOARD_PX = 500;

/** Whether all of it is in the window, above `bottom`, without scrolling. */
async function isInSight(place: Locator, bottom = PHONE.height): Promise<boolean> {
  const box = await place.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= bottom && box.x >= 0 && box.x + box.width <= PHONE.width;
}

async function heightOf(place: Locator): Promise<number> {
  return Math.round((await place.boundingBox())?.height ?? 0);
}

/** Opens a case from its card, by its tab. */
async function openCase(page: Page, refundId: string, opened: string): Promise<void> {
  const card = page.locator(`li[data-refund="${refundId}"]`);
  await card.getByRole('link', { name: opened }).tap();
  await page.waitForURL(new RegExp(`/console/refunds/${refundId}$`));
  await page.locator('[data-intercept-status="FAILED"]').waitFor();
}

/** The keyboard of a phone as the page hears of it: it covers the window and the layout does not change. */
const KEYBOARD_COMES = `(() => {
  Object.defineProperty(window.visualViewport, 'height', { configurable: true, value: ${ABOVE_KEYBOARD_PX} });
  window.visualViewport.dispatchEvent(new Event('resize'));
})()`;

/** Rejects a case from its card on. */
async function rejectByThumb(world: ConsoleWorld, refundId: string): Promise<void> {
  const visitor = await world.visit('OPERATOR', 'zh-CN', PHONE);
  const { page, complaints } = visitor;
  await open(visitor, '/?tab=failed');
  const card = page.locator(`li[data-refund="${refundId}"]`);
  await card.getByText('¥56.00').waitFor();
  await card.locator('time').waitFor();
  expect(await heightOf(card.getByRole('link', { name: `查看 ${refundId}` }))).toBeGreaterThanOrEqual(FINGER_PX);
  expect(await axeViolations(page)).toEqual([]);
  await screenshot(page, 'phone-list');
  await openCase(page, refundId, `查看 ${refundId}`);

  const reject = page.getByRole('button', { name: '拒绝退款' });
  const needed = [
    page.locator('[data-countdown="auto-refund"]'),
    page.getByText('¥56.00').first(),
    page.getByText('拦截失败，请在倒计时内处理').first(),
    reject,
    page.getByRole('button', { name: '同意退款' }),
  ];
  expect(await Promise.all(needed.map((place) => isInSight(place)))).toEqual(needed.map(() => true));
  expect(await heightOf(reject)).toBeGreaterThanOrEqual(FINGER_PX);
  await screenshot(page, 'phone');
  expect(await axeViolations(page)).toEqual([]);
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  expect(await isInSight(reject)).toBe(true);
  const barTop = (await page.locator('.decisions-pinned').boundingBox())?.y;
  expect(await isInSight(page.locator('.content .ant-card').last().locator(':scope > :last-child'), barTop)).toBe(true);

  await reject.tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '拒绝原因' }).tap();
  await page.locator('.ant-select-item-option').first().tap();
  expect((await dialog.boundingBox())?.width).toBe(PHONE.width);
  await dialog.getByRole('textbox', { name: '说明' }).fill('包裹已由买家签收');
  await dialog.getByRole('textbox', { name: /图片地址/ }).fill('https://shop.example.com/proof.jpg');
  await screenshot(page, 'phone-reject');
  await page.evaluate(KEYBOARD_COMES);
  const confirm = dialog.getByRole('button', { name: '确认拒绝退款 ¥56.00' });
  expect(await isInSight(confirm, ABOVE_KEYBOARD_PX)).toBe(true);
  expect(await heightOf(confirm)).toBeGreaterThanOrEqual(FINGER_PX);
  expect(await axeViolations(page)).toEqual([]);
  const answer = dialog.getByRole('alert').or(page.locator('[data-refund-status="REJECTED"]'));
  do {
    await confirm.tap();
    await answer.first().waitFor();
  } while (await dialog.getByText('快递刚有新结果').isVisible());
  await page.locator('[data-refund-status="REJECTED"]').waitFor();
  await page.locator('.decisions-pinned').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
}

/** Approves a case from its card on, then others together. */
async function approveByThumb(world: ConsoleWorld, refundId: string, others: string[]): Promise<void> {
  const visitor = await world.visit('OPERATOR', 'en-US', PHONE);
  const { page, complaints } = visitor;
  await open(visitor, '/?tab=failed');
  await openCase(page, refundId, `Open ${refundId}`);
  const approve = page.getByRole('button', { name: 'Approve refund' });
  expect([await isInSight(approve), await isInSight(page.locator('[data-countdown="auto-refund"]'))]).toEqual([true, true]);
  await approve.tap();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: /¥57\.00/ });
  expect(await heightOf(confirm)).toBeGreaterThanOrEqual(FINGER_PX);
  expect(await axeViolations(page)).toEqual([]);
  await confirm.tap();
  await page.locator('[data-refund-status="REFUNDED"]').waitFor();

  await open(visitor, '/?tab=failed');
  for (const id of others) await page.locator(`li[data-refund="${id}"]`).getByRole('checkbox').tap();
  await page.getByRole('button', { name: 'Approve selected (2)' }).tap();
  await dialog
    .locator('li.card')
    .filter({ hasText: others[0] ?? '' })
    .waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Pay 2, ¥117.00 together' }).tap();
  await dialog.getByText('2 done, 0 taken and waiting for the platform, 0 failed').waitFor();
  expect(complaints).toEqual([]);
}

/** Deciding cases with a thumb. */
export function phoneTests(here: () => ConsoleWorld): void {
  test(
    'on a phone cases go from the list to a rejection and to approvals: time left and buttons in sight, the keyboard hides nothing needed',
    async () => {
      const world = here();
      const ids = await failedCases(world, [5_600, 5_700, 5_800, 5_900]);
      const [rejected = '', approved = '', ...together] = ids;
      await rejectByThumb(world, rejected);
      await approveByThumb(world, approved, together);
      expect(await Promise.all(ids.map((id) => world.shop.paymentsOf(id)))).toEqual([0, 1, 1, 1]);
    },
    LIMIT_MS,
  );
}
