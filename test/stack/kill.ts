import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { type Robots, startRobots } from '../../delivery/channels/test-robots.ts';
import { waitFor } from '../../dev/waiting.ts';
import { startRunningStack } from '../support/running-stack.ts';

const AUTO_REFUND_MS = 75_000;
/** What is under way when everything is killed begins so long before the silent case's day 5: as long as a busy machine takes for it. */
const UNDER_WAY_MS = 20_000;

/** A kill of everything with cases at five points, across day 5 of one of them. */
async function killAndStart(robots: Robots): Promise<void> {
  let stack = await startRunningStack({ CREATE_WAIT: '1s', REJECT_UNLOCK_AFTER: '60s', AUTO_REFUND_AFTER: `${AUTO_REFUND_MS}ms` });
  try {
    const { shop } = stack;
    const robot = { kind: 'FEISHU', name: '售后群', ...robots.target('FEISHU'), codes: ['refund.refunded'] };
    expect((await shop.call('POST', '/notice-channels', robot)).status).toBe(201);
    const begin = async (carrier: string, onIntercept = 'SILENT') => {
      const { refundId, waybillNo } = await shop.seed({ carrier, parcel: { onIntercept } });
      const created = await shop.create(refundId);
      return { ...created, refundId, scan: (event: string) => stack.control('POST', `/sim/parcels/${waybillNo}/scan`, { event }) };
    };
    const answerIsLost = (party: string, api: string) =>
      stack.control('POST', '/sim/faults', { party, api, kind: 'timeout-after-accepting', times: 1, delayMs: 20_000 });
    const refunded = ({ interceptId }: { interceptId: string }, limitMs: number) =>
      stack.shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', limitMs);

    // Silent: its day 5 comes while everything is down.
    const silent = await begin('ZTO');
    const silentDueAt = Date.parse(silent.autoRefundAt);
    // Paid, the parcel on its way back.
    const returning = await begin('ZTO');
    await returning.scan('RETURNING');
    await refunded(returning, 30_000);
    await delay(silentDueAt - UNDER_WAY_MS - Date.now());
    // Accepted, waiting for the result.
    const waiting = await begin('STO');
    expect(waiting.interceptStatus).toBe('INTERCEPTING');
    // The carrier took the request, its answer is lost, nobody knows.
    await answerIsLost('YTO', 'wanted_report_adapter');
    const asked = await begin('YTO', 'SUCCEEDS');
    expect(asked.interceptStatus).toBe('REQUESTED');
    // The platform applied the payment, its answer never came.
    const paying = await begin('JT');
    await answerIsLost('KUAISHOU', 'open.seller.order.refund.approve');
    await paying.scan('RETURNING');
    expect(await waitFor(async () => (await shop.paymentsOf(paying.refundId)) === 1, 20_000)).toBe(true);

    expect(await shop.paymentsOf(silent.refundId)).toBe(0);
    await stack.kill();
    expect(Date.now()).toBeLessThan(silentDueAt);
    await delay(silentDueAt + 1_000 - Date.now());
    stack = await stack.restart();
    // Paid at most 15 s after it is ready again.
    const [{ refundCause }] = await Promise.all([refunded(silent, 15_000), waiting.scan('RETURNING'), returning.scan('RETURN_SIGNED')]);
    expect(refundCause).toBe('DEADLINE_PASSED');
    await Promise.all([asked, waiting].map((one) => refunded(one, 30_000)));
    expect((await refunded(paying, 30_000)).refundCause).toBe('INTERCEPT_SUCCEEDED');
    await stack.shop.until(returning.interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', 30_000);

    const refunds = [asked, waiting, paying, silent, returning];
    for (const { refundId } of refunds) expect(await stack.shop.paymentsOf(refundId)).toBe(1);
    // What a killed process had taken in hand comes up again when its lease ends.
    const isToldOfEach = async () => refunds.every(({ refundId }) => robots.texts.some((text) => text.includes(refundId)));
    expect(await waitFor(isToldOfEach, 90_000)).toBe(true);
    await stack.checkInvariants();
  } finally {
    await stack.remove();
  }
}

/** The whole product killed. */
export function killTests(): void {
  test.concurrent('kill -9 of everything with cases at five points, then a start: each ends right, one approval, the database keeps every promise', async () => {
    const robots = await startRobots();
    try {
      await killAndStart(robots);
    } finally {
      await robots.close();
    }
  }, 480_000);
}
