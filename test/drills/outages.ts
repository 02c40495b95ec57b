import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../dev/waiting.ts';
import { PATROL_SCHEDULE } from '../../workflows/messages.ts';
import { runCommandLine } from '../support/built-product.ts';
import {
  acceptedCase,
  type Drill,
  expectStatus,
  fire,
  paidBefore,
  paidOnce,
  paidOnDay5,
  psql,
  type Scene,
  turnRound,
  whileFrozen,
  withTemporal,
} from './scene.ts';

const PATROL_LIMIT_MS = 90_000;

/** Has the patrol try the waybills that are not subscribed again now, as it would after half a minute, a minute and so on. */
async function subscribeAgain(scene: Scene, isDone: string): Promise<void> {
  await psql(scene, `update track_subscriptions set next_attempt_at = clock_ms() where status = 'PENDING'`);
  await withTemporal(scene, ({ schedule }) => schedule.getHandle(PATROL_SCHEDULE).trigger());
  const done = async () => (await psql(scene, `select from track_subscriptions where ${isDone}`)).length === 0;
  if ((await waitFor(done, PATROL_LIMIT_MS)) !== true) throw new Error(`the patrol left ${isDone}`);
}

const carrierDown: Drill = {
  name: 'a carrier is down',
  section: 'a-carrier-is-down',
  alerts: ['CarrierSilent', 'SubscriptionsFail'],
  async play(scene) {
    const { stack } = scene;
    await stack.control('POST', '/sim/faults', { party: 'ZTO', api: 'zto.merchant.waybill.track.subsrcibe', kind: 'http-500' });
    const before = await acceptedCase(scene, 'ZTO');
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO' });
    await stack.control('POST', '/sim/faults', { party: 'ZTO', kind: 'http-500' });
    await expectStatus(scene, refundId, 422);
    // Well before its day 5, which the alerts may outlast.
    await stack.shop.act(before.interceptId, 'approve-refund');
    await paidOnce(scene, before);
    for (const tries of [1, 2, 3]) await subscribeAgain(scene, `status = 'PENDING' and attempts < ${tries}`);
    await fire(scene, carrierDown, 60_000, () => expectStatus(scene, refundId, 422));
    await stack.control('DELETE', '/sim/faults');
    await subscribeAgain(scene, `status = 'PENDING' and attempts > 0`);
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
  alerts: ['PlatformSilent', 'ApiErrors', 'RefundsUnconfirmed'],
  async play(scene) {
    const { stack } = scene;
    const waiting = await acceptedCase(scene, 'STO');
    const { refundId } = await stack.shop.seed({ carrier: 'STO' });
    await stack.control('POST', '/sim/faults', { party: 'KUAISHOU', kind: 'http-500' });
    const { status } = await stack.shop.act(waiting.interceptId, 'approve-refund');
    if (status !== 202) throw new Error(`an approve answered ${status}, not 202`);
    await expectStatus(scene, refundId, 503);
    await fire(scene, platformDown, 60_000, async () => {
      await expectStatus(scene, refundId, 503);
      // Nobody waits ten minutes here; each try of the payment writes the record again.
      await psql(scene, `update intercepts set refund_decided_at = clock_ms() - interval '11 minutes' where intercept_id = $1`, [
        waiting.interceptId,
      ]);
    });
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
  alerts: ['WorkerDown', 'NoWorkerPolls', 'RefundsOverdue', 'WorkersTooFew'],
  async play(scene) {
    const { shop, control } = scene.stack;
    const due = await acceptedCase(scene, 'ZTO');
    // Payments that are to be tried again when nobody is there to do it.
    const tried = await Promise.all(['ZTO', 'YTO', 'STO', 'JT', 'STO', 'JT'].map((carrier) => acceptedCase(scene, carrier)));
    await control('POST', '/sim/faults', { party: 'KUAISHOU', kind: 'http-500' });
    for (const { interceptId } of tried) await shop.act(interceptId, 'approve-refund');
    await whileFrozen(
      (signal) => scene.stack.signal('worker', signal),
      async () => {
        await control('DELETE', '/sim/faults');
        await fire(scene, { alerts: ['WorkerDown', 'NoWorkerPolls'] }, 30_000);
        // Past it, whether or not anybody looks at alerts.
        await delay(Math.max(0, Date.parse(due.autoRefundAt) - Date.now()));
        await fire(scene, { alerts: ['RefundsOverdue'] }, 90_000);
      },
    );
    await fire(scene, { alerts: ['WorkersTooFew'] }, 60_000);
    for (const one of [due, ...tried]) await paidOnce(scene, one);
  },
};

/** A claim for a parcel that was caught and lost on its way back; the carrier has it in hand. */
async function openClaim({ stack: { shop } }: Scene): Promise<string> {
  const { refundId } = await shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'RETURN_LOST' } });
  const { interceptId } = await shop.create(refundId);
  await shop.until(interceptId, ({ returnFailure }) => returnFailure === 'LOST', 60_000);
  const { status, body } = await shop.call<{ claimId: string }>('POST', `/intercepts/${interceptId}/claims`, {
    kind: 'LOSS',
    contactPhone: '13800001234',
    goods: [{ name: '四件套', quantity: 1, specification: '1.8m', valueFen: 1_000 }],
    claimedFen: 1_000,
    description: '拦截退回途中遗失',
    evidence: [],
  });
  if (status !== 201) throw new Error(`a claim was answered ${status}`);
  const { claimId } = body;
  const isTaken = async () =>
    (await shop.call<{ carrierReference: string | null }>('GET', `/claims/${claimId}`)).body.carrierReference !== null;
  if ((await waitFor(isTaken, 20_000)) !== true) throw new Error('the carrier did not take a claim');
  return claimId;
}

const runGone: Drill = {
  name: 'the runs of a case and a claim are gone',
  section: 'a-run-is-gone',
  alerts: ['CasesWithoutRun', 'ClaimsWithoutRun'],
  async play(scene) {
    const { environment } = scene;
    const claimId = await openClaim(scene);
    const lost = await acceptedCase(scene, 'JT');
    await withTemporal(scene, async ({ workflow }) => {
      for (const id of [`intercept:${lost.interceptId}`, `claim:${claimId}`]) await workflow.getHandle(id).terminate('a drill');
    });
    await fire(scene, runGone, 240_000);
    await runCommandLine('redrive', ['--intercept', lost.interceptId], environment);
    await runCommandLine('redrive', ['--claim', claimId], environment);
    // At its day 5.
    await paidOnce(scene, lost, 120_000);
  },
};

const databaseDown: Drill = {
  name: 'the database is down past a day 5',
  section: 'the-database-is-down',
  alerts: ['ApiErrors', 'GaugesUnread'],
  async play(scene) {
    const { stack, postgres } = scene;
    await paidBefore(scene);
    const due = await acceptedCase(scene, 'ZTO');
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO' });
    await postgres.stop();
    try {
      await expectStatus(scene, refundId, 503);
      await fire(scene, databaseDown, 60_000, () => expectStatus(scene, refundId, 503));
      await paidOnDay5(scene, due, 'the database was down');
    } finally {
      await postgres.start();
    }
    await paidOnce(scene, due);
    await expectStatus(scene, refundId, 201);
  },
};

/** Something the service needs is gone for a while. */
export const OUTAGES: readonly Drill[] = [carrierDown, accountRefused, platformDown, temporalDown, workerGone, runGone, databaseDown];
