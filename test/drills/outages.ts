import { Client, Connection } from '@temporalio/client';
import { waitFor } from '../../dev/waiting.ts';
import { runCommandLine } from '../support/built-product.ts';
import { acceptedCase, type Drill, expectStatus, fire, paidOnce, turnRound, whileFrozen } from './scene.ts';

const carrierDown: Drill = {
  name: 'a carrier is down',
  section: 'a-carrier-is-down',
  alerts: ['CarrierSilent'],
  async play(scene) {
    const { stack } = scene;
    const before = await acceptedCase(scene, 'ZTO');
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO' });
    await stack.control('POST', '/sim/faults', { party: 'ZTO', kind: 'http-500' });
    await expectStatus(scene, refundId, 422);
    await fire(scene, carrierDown, 60_000, () => expectStatus(scene, refundId, 422));
    await stack.shop.act(before.interceptId, 'approve-refund');
    await paidOnce(scene, before);
    await stack.control('DELETE', '/sim/faults');
    await expectStatus(scene, refundId, 201);
  },
};

const accountRefused: Drill = {
  name: 'a carrier refuses our account',
  section: 'a-carrier-refuses-our-account',
  alerts: ['CarrierRefusesAccount'],
  async play(scene) {
    const { stack } = scene;
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SUCCEEDS' } });
    await stack.control('POST', '/sim/faults', {
      party: 'ZTO',
      api: 'thirdcenter.createIntercept',
      kind: 'refuse',
      code: 'S211',
      message: '签名错误',
    });
    await expectStatus(scene, refundId, 202);
    await fire(scene, accountRefused, 30_000);
    await stack.control('DELETE', '/sim/faults');
    await paidOnce(scene, { refundId, interceptId: `${refundId}-1` });
  },
};

const platformDown: Drill = {
  name: 'the platform is down',
  section: 'the-platform-is-down',
  alerts: ['PlatformSilent', 'ApiErrors'],
  async play(scene) {
    const { stack } = scene;
    const waiting = await acceptedCase(scene, 'STO');
    const { refundId } = await stack.shop.seed({ carrier: 'STO' });
    await stack.control('POST', '/sim/faults', { party: 'KUAISHOU', kind: 'http-500' });
    const { status } = await stack.shop.act(waiting.interceptId, 'approve-refund');
    if (status !== 202) throw new Error(`an approve answered ${status}, not 202`);
    await expectStatus(scene, refundId, 503);
    await fire(scene, platformDown, 60_000, () => expectStatus(scene, refundId, 503));
    await stack.control('DELETE', '/sim/faults');
    await paidOnce(scene, waiting);
    await expectStatus(scene, refundId, 201);
  },
};

const temporalDown: Drill = {
  name: 'Temporal gives no answer',
  section: 'temporal-is-down',
  alerts: ['ApiErrors'],
  async play(scene) {
    const { stack } = scene;
    const waiting = await acceptedCase(scene, 'JT');
    const { refundId } = await stack.shop.seed({ carrier: 'JT' });
    await whileFrozen(scene.temporal.signal, async () => {
      await expectStatus(scene, refundId, 503);
      await turnRound(scene, waiting);
      await fire(scene, temporalDown, 30_000, () => expectStatus(scene, refundId, 503));
    });
    await paidOnce(scene, waiting);
    // What was begun while it was away may have landed after all.
    await expectStatus(scene, refundId, 200, 201);
  },
};

const workerGone: Drill = {
  name: 'no worker answers past a day 5',
  section: 'health-and-alerts',
  alerts: ['WorkerDown', 'NoWorkerPolls', 'RefundsOverdue'],
  async play(scene) {
    const due = await acceptedCase(scene, 'ZTO');
    await whileFrozen(
      (signal) => scene.stack.signal('worker', signal),
      async () => {
        const waitMs = Date.parse(due.autoRefundAt) + 60_000 - Date.now();
        await fire(scene, { alerts: ['WorkerDown'] }, 30_000);
        await fire(scene, workerGone, Math.max(0, waitMs) + 420_000);
      },
    );
    await paidOnce(scene, due);
  },
};

const runGone: Drill = {
  name: 'a run is gone',
  section: 'a-run-is-gone',
  alerts: ['CasesWithoutRun'],
  async play(scene) {
    const { environment } = scene;
    const lost = await acceptedCase(scene, 'JT');
    const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' });
    await new Client({ connection }).workflow.getHandle(`intercept:${lost.interceptId}`).terminate('a drill');
    await connection.close();
    await fire(scene, runGone, 240_000);
    await runCommandLine('redrive', ['--intercept', lost.interceptId], environment);
    await paidOnce(scene, lost);
  },
};

const databaseDown: Drill = {
  name: 'the database is down past a day 5',
  section: 'the-database-is-down',
  alerts: ['ApiErrors', 'GaugesUnread'],
  async play(scene) {
    const { stack, postgres } = scene;
    // From here on the worker has the shop's tokens in its memory.
    const before = await acceptedCase(scene, 'ZTO');
    await stack.shop.act(before.interceptId, 'approve-refund');
    await paidOnce(scene, before);
    const due = await acceptedCase(scene, 'ZTO');
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO' });
    const isPaid = async () => (await stack.shop.paymentsOf(due.refundId)) === 1;
    await postgres.stop();
    try {
      await expectStatus(scene, refundId, 503);
      await fire(scene, databaseDown, 60_000, () => expectStatus(scene, refundId, 503));
      const leftMs = Math.max(0, Date.parse(due.autoRefundAt) - Date.now());
      if ((await waitFor(isPaid, leftMs + 15_000)) !== true) throw new Error('its day 5 was not paid while the database was down');
    } finally {
      await postgres.start();
    }
    await paidOnce(scene, due);
    await expectStatus(scene, refundId, 201);
  },
};

/** Something the service needs is gone for a while. */
export const OUTAGES: readonly Drill[] = [carrierDown, accountRefused, platformDown, temporalDown, workerGone, runGone, databaseDown];
