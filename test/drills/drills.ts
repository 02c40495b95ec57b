import { Client, Connection } from '@temporalio/client';
import { runCommandLine } from '../support/built-product.ts';
import type { RunningStack } from '../support/running-stack.ts';
import type { StackPart } from '../support/stack-parts.ts';
import type { Alerts } from './alerts.ts';

/** What a drill has at hand. `note` prints a line. */
export interface Scene {
  stack: RunningStack;
  alerts: Alerts | null;
  /** With which the project's commands reach the stack. */
  environment: Record<string, string>;
  note(line: string): void;
}

/** Something that breaks, and the section of docs/operators.md that is followed. Throws when the page does not hold. */
export interface Drill {
  name: string;
  section: string;
  /** Alerts of which the drill sees each fire. */
  alerts: readonly string[];
  play(scene: Scene): Promise<void>;
}

const REFUNDED_LIMIT_MS = 60_000;

async function fire(
  { alerts }: Scene,
  drill: { alerts: readonly string[] },
  limitMs: number,
  meanwhile?: () => Promise<void>,
): Promise<void> {
  for (const alert of drill.alerts) await alerts?.untilFires(alert, limitMs, meanwhile);
}

async function acceptedCase({ stack }: Scene, carrier: string) {
  const seeded = await stack.shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } });
  return { ...seeded, ...(await stack.shop.create(seeded.refundId)) };
}

async function paidOnce({ stack }: Scene, { interceptId, refundId }: { interceptId: string; refundId: string }): Promise<void> {
  await stack.shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', REFUNDED_LIMIT_MS);
  const payments = await stack.shop.paymentsOf(refundId);
  if (payments !== 1) throw new Error(`${refundId} was paid ${payments} times`);
}

/** Sends a signal to one part of the stack and takes it back in the end, whatever happens between. */
async function whileFrozen({ stack }: Scene, part: StackPart, act: () => Promise<void>): Promise<void> {
  stack.signal(part, 'SIGSTOP');
  try {
    await act();
  } finally {
    stack.signal(part, 'SIGCONT');
  }
}

async function expectStatus({ stack }: Scene, refundId: string, ...statuses: number[]): Promise<void> {
  const { status: answered } = await stack.shop.call('POST', '/intercepts', { refundId, confirm: true });
  if (!statuses.includes(answered)) throw new Error(`a create answered ${answered}, not ${statuses.join(' or ')}`);
}

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
    const approved = await stack.shop.act(before.interceptId, 'approve-refund');
    if (approved.status >= 300) throw new Error(`an approve answered ${approved.status} while a carrier was down`);
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
    await whileFrozen(scene, 'Temporal', async () => {
      await expectStatus(scene, refundId, 503);
      await stack.control('POST', `/sim/parcels/${waiting.waybillNo}/scan`, { event: 'RETURNING' });
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
    await whileFrozen(scene, 'worker', async () => {
      const waitMs = Date.parse(due.autoRefundAt) + 60_000 - Date.now();
      await fire(scene, { alerts: ['WorkerDown'] }, 30_000);
      await fire(scene, workerGone, Math.max(0, waitMs) + 420_000);
    });
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

/** All of them, in the order in which they are played. */
export const DRILLS: readonly Drill[] = [carrierDown, accountRefused, platformDown, temporalDown, workerGone, runGone];

/** The promises of docs/proof.md over the drill's database. */
export async function holdInvariants({ environment, note }: Scene): Promise<void> {
  const said = await runCommandLine('invariants', ['--settled', '1s'], environment);
  note(`${said.split('\n').filter((line) => line.startsWith('holds')).length} promises hold: 0 lost, 0 double, 0 early`);
}
