import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Robots, startRobots } from '../../delivery/channels/test-robots.ts';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';

const AUTO_REFUND_MS = 75_000;

let stack: RunningStack;
let robots: Robots;
beforeAll(async () => {
  robots = await startRobots();
  stack = await startRunningStack({ CREATE_WAIT: '1s', REJECT_UNLOCK_AFTER: '60s', AUTO_REFUND_AFTER: `${AUTO_REFUND_MS}ms` });
}, 120_000);
afterAll(() => Promise.all([stack.remove(), robots.close()]), 60_000);

async function killAndStart(): Promise<void> {
  await stack.kill();
  stack = await stack.restart();
}

async function untilTrue(what: string, ask: () => Promise<boolean>, limitMs = 20_000): Promise<void> {
  const giveUpAt = Date.now() + limitMs;
  while (!(await ask())) {
    if (Date.now() > giveUpAt) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('kill -9 of everything at five points of a case, then a start: each ends right, one approval', async () => {
  const { shop } = stack;
  const robot = { kind: 'FEISHU', name: '售后群', ...robots.target('FEISHU'), codes: ['refund.refunded'] };
  expect((await shop.call('POST', '/notice-channels', robot)).status).toBe(201);
  // 1: the carrier took the request, its answer is lost, nobody knows.
  const asked = await shop.seed({ carrier: 'YTO', parcel: { onIntercept: 'SUCCEEDS' } });
  await stack.control('POST', '/sim/faults', {
    party: 'YTO',
    api: 'wanted_report_adapter',
    kind: 'timeout-after-accepting',
    times: 1,
    delayMs: 20_000,
  });
  const first = await shop.create(asked.refundId);
  expect(first.interceptStatus).toBe('REQUESTED');
  // 4 (below): silent, its day 5 will come while everything is down.
  const silent = await shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SILENT' } });
  const fourth = await shop.create(silent.refundId);
  await killAndStart();
  await stack.shop.until(first.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);

  // 2: accepted, waiting for the result.
  const waiting = await stack.shop.seed({ carrier: 'STO', parcel: { onIntercept: 'SILENT' } });
  const second = await stack.shop.create(waiting.refundId);
  expect(second.interceptStatus).toBe('INTERCEPTING');
  await killAndStart();
  await stack.control('POST', `/sim/parcels/${waiting.waybillNo}/scan`, { event: 'RETURNING' });
  await stack.shop.until(second.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);

  // 3: the platform applied the payment, its answer never came.
  const paying = await stack.shop.seed({ carrier: 'JT', parcel: { onIntercept: 'SILENT' } });
  const third = await stack.shop.create(paying.refundId);
  await stack.control('POST', '/sim/faults', {
    party: 'KUAISHOU',
    api: 'open.seller.order.refund.approve',
    kind: 'timeout-after-accepting',
    times: 1,
    delayMs: 20_000,
  });
  await stack.control('POST', `/sim/parcels/${paying.waybillNo}/scan`, { event: 'RETURNING' });
  await untilTrue('the payment call arrived', async () => (await stack.shop.paymentsOf(paying.refundId)) === 1);
  await killAndStart();
  await stack.shop.until(third.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);
  expect(await stack.shop.get(third.interceptId)).toMatchObject({ refundCause: 'INTERCEPT_SUCCEEDED' });

  // 4: day 5 passes while everything is down; paid at most 15 s after it is ready again.
  await stack.kill();
  const downFor = Date.parse(fourth.autoRefundAt) + 1_000 - Date.now();
  if (downFor > 0) await new Promise((resolve) => setTimeout(resolve, downFor));
  stack = await stack.restart();
  const late = await stack.shop.until(fourth.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 15_000);
  expect(late.refundCause).toBe('DEADLINE_PASSED');

  // 5: paid, the parcel on its way back.
  const returning = await stack.shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SILENT' } });
  const fifth = await stack.shop.create(returning.refundId);
  await stack.control('POST', `/sim/parcels/${returning.waybillNo}/scan`, { event: 'RETURNING' });
  await stack.shop.until(fifth.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);
  await killAndStart();
  await stack.control('POST', `/sim/parcels/${returning.waybillNo}/scan`, { event: 'RETURN_SIGNED' });
  await stack.shop.until(fifth.interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', 30_000);

  const refunds = [asked, waiting, paying, silent, returning];
  for (const { refundId } of refunds) expect(await stack.shop.paymentsOf(refundId)).toBe(1);
  // What a killed process had taken in hand comes up again when its lease ends.
  const isTold = () => refunds.every(({ refundId }) => robots.texts.some((text) => text.includes(refundId)));
  await untilTrue('the group was told of each', async () => isTold(), 90_000);
}, 300_000);

test('the database keeps every promise', () => stack.checkInvariants(), 60_000);
