import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { type Deployment, makeCurrent, ramp, rollBack } from '../dev/cli/worker-deployment.ts';
import { waitFor } from '../dev/waiting.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import type { InterceptDurations, Notice } from '../domain/intercept/state.ts';
import { type BegunCase, CaseWorld } from '../test/support/case-world.ts';
import { runCommandLine } from '../test/support/built-product.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { FITTING, mutantBundle } from '../test/support/mutant-bundle.ts';
import { refundChangedSignal, rejectRefundUpdate } from '../workflows/messages.ts';

const NAME = 'refund-intercept';
const [former, present] = ['1.0.0', '1.1.0'] as const;
const folder = mkdtempSync(join(tmpdir(), 'refund-intercept-deployment-'));
/** Silence unlocks and pays within seconds; what becomes of the parcel is waited for. */
const SILENT: InterceptDurations = {
  rejectUnlockAfterMs: 2_000,
  autoRefundAfterMs: 9_000,
  returnStalledAfterMs: 60_000,
  returnOverdueAfterMs: 90_000,
  returnGiveUpAfterMs: 180_000,
  correctionAfterMs: 1_000,
};
const UNHURRIED: InterceptDurations = { ...SILENT, rejectUnlockAfterMs: 300_000, autoRefundAfterMs: 600_000 };

let world: CaseWorld;
let deployment: Deployment;
/** The code of the new build. */
let other: Promise<{ codePath: string }>;
beforeAll(async () => {
  other = mutantBundle(folder, FITTING);
  world = await CaseWorld.open(await createDevServerEnv(), { deployment: { deploymentName: NAME, buildId: former } });
  deployment = { client: world.env.client, name: NAME, clock: Date.now };
}, 240_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A build is known, and all its queues polled, a moment after its workers began to. */
async function untilCan(act: () => Promise<string>): Promise<string> {
  const said = await waitFor(() => act().catch(() => false as const), 30_000);
  return said ?? act();
}

async function begin(durations: InterceptDurations, refund: Record<string, unknown> = {}): Promise<BegunCase> {
  const given = await world.seed(refund);
  const seeded = { ...given, input: { ...given.input, durations } };
  return { seeded, handle: await world.startOnly(seeded) };
}

/** Gives every open case something to do and waits until the build named did it. */
async function carry(cases: readonly BegunCase[], notice: Notice, buildId: string): Promise<void> {
  const told = { refund: null, readAt: Date.now(), notice };
  await Promise.all(cases.map(({ handle }) => handle.signal(refundChangedSignal, told)));
  for (const { seeded, handle } of cases) {
    await world.untilRecorded(seeded.input.interceptId, ({ notices }) => notices.includes(notice));
    const carried = async () => (await handle.describe()).raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId === buildId;
    expect(await waitFor(carried, 30_000)).toBe(true);
  }
}

/** The deployment on a server that says for ever that it still routes (temporalio/temporal#11842), under a clock that leaps; `queues`: whether they route as told. */
function neverRouted({ queues }: { queues: boolean }): Deployment {
  const { client } = world.env;
  const service = client.workflowService;
  const workflowService = Object.assign(Object.create(service) as typeof service, {
    async describeWorkerDeployment(request: { namespace: string; deploymentName: string }) {
      const answer = await service.describeWorkerDeployment(request);
      if (answer.workerDeploymentInfo) answer.workerDeploymentInfo.routingConfigUpdateState = 1;
      return answer;
    },
    async describeTaskQueue(request: { namespace: string }) {
      const answer = await service.describeTaskQueue(request);
      if (!queues) answer.versioningInfo = null;
      return answer;
    },
  });
  let leaps = 0;
  const clock = (): number => {
    leaps += 1;
    return Date.now() + leaps * 4_000;
  };
  return { ...deployment, client: Object.create(client, { workflowService: { value: workflowService } }) as Client, clock };
}

const hear = (name: CarrierEvidence['kind'], { handle }: BegunCase): Promise<void> => world.signal(handle, name);

test('nothing is routed to what is not there', async () => {
  const elsewhere = { ...deployment, name: 'another' };
  await expect(makeCurrent(elsewhere, former)).rejects.toThrow(/knows no deployment another .* TEMPORAL_WORKER_BUILD_ID first/);
  expect(await untilCan(() => makeCurrent(deployment, former))).toContain('before it were workers without a build');
  await expect(ramp(deployment, '9.9.9', 10)).rejects.toThrow('knows no build 9.9.9 of refund-intercept, only 1.0.0');
  await expect(rollBack(deployment)).rejects.toThrow('No build that is still kept was current before workers of build 1.0.0');
  await expect(makeCurrent(deployment, 'unversioned')).rejects.toThrow(/No worker of them takes tasks of .*carrier-/);
});

test('a new build is ramped, made current and rolled back under open cases: none stuck, no task failed, timers kept, each paid once', async () => {
  await world.join({ deploymentName: NAME, buildId: present }, await other);
  const [accepted, succeeded, failed] = await Promise.all([begin(UNHURRIED), begin(UNHURRIED), begin(UNHURRIED)]);
  for (const { handle } of [accepted, succeeded, failed])
    await world.until(handle, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING');
  await hear('RETURNING', succeeded);
  await hear('RESULT_FAILED', failed);
  const silent = await begin(SILENT);
  await world.until(succeeded.handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
  await world.until(failed.handle, ({ interceptStatus }) => interceptStatus === 'FAILED');
  await world.until(silent.handle, ({ allowedActions }) =>
    allowedActions.some(({ action, allowed }) => action === 'REJECT_REFUND' && allowed),
  );
  await world.control('POST', '/sim/faults', { party: 'YTO', kind: 'http-500' });
  const requested = await begin(UNHURRIED, { carrier: 'YTO' });
  await world.until(requested.handle, ({ interceptStatus }) => interceptStatus === 'REQUESTED');
  const cases = [requested, accepted, succeeded, failed, silent];

  const environment = { TEMPORAL_ADDRESS: world.env.address, TEMPORAL_NAMESPACE: world.env.client.options.namespace };
  expect(await untilCan(() => runCommandLine('deploy', ['ramp', present, '10'], environment))).toBe(
    'Workers of build 1.1.0 take 10 % of the cases, each with its next task; workers of build 1.0.0 the others.\n',
  );
  await Promise.all(cases.map(({ handle }) => handle.signal(refundChangedSignal, { refund: null, readAt: Date.now(), notice: null })));
  expect(await makeCurrent(deployment, present)).toContain('before it were workers of build 1.0.0');
  await carry(cases, 'PLATFORM_DEADLINE_EARLIER', present);
  const later = { ...deployment, clock: () => Date.now() + 180_000 };
  await expect(rollBack(later)).rejects.toThrow('start workers of build 1.0.0 first. Nothing was changed.');
  expect(await rollBack(deployment)).toContain('Workers of build 1.0.0 take all cases');
  await expect(rollBack(deployment)).rejects.toThrow('No build that is still kept was current before workers of build 1.0.0');
  await carry(cases, 'PLATFORM_AUTHORISATION_EXPIRING', former);

  await world.control('DELETE', '/sim/faults');
  // The carrier is asked again after as long as it has been failing.
  await world.until(requested.handle, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING', 120_000);
  for (const one of [requested, accepted]) await hear('RETURNING', one);
  await failed.handle.executeUpdate(rejectRefundUpdate, {
    args: [{ actor: 'key:sample', reason: '1002', description: '包裹已派送', images: [] }],
  });
  for (const one of [requested, accepted, silent]) await world.until(one.handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
  for (const one of [requested, accepted, succeeded, silent]) await hear('RETURN_SIGNED', one);
  const ended = await Promise.all(cases.map(({ handle }) => handle.result()));
  expect(
    ended.map(({ interceptStatus, refundStatus, refundCause, returnStatus }) => [interceptStatus, refundStatus, refundCause, returnStatus]),
  ).toEqual([
    ['SUCCEEDED', 'REFUNDED', 'INTERCEPT_SUCCEEDED', 'RETURN_SIGNED'],
    ['SUCCEEDED', 'REFUNDED', 'INTERCEPT_SUCCEEDED', 'RETURN_SIGNED'],
    ['SUCCEEDED', 'REFUNDED', 'INTERCEPT_SUCCEEDED', 'RETURN_SIGNED'],
    ['FAILED', 'REJECTED', null, null],
    ['SUCCEEDED', 'REFUNDED', 'DEADLINE_PASSED', 'RETURN_SIGNED'],
  ]);
  expect(await Promise.all(cases.map(({ seeded }) => world.paidCount(seeded.refundId)))).toEqual([1, 1, 1, 0, 1]);

  const histories = await Promise.all(cases.map(({ handle }) => handle.fetchHistory()));
  for (const { events } of histories) {
    expect(events?.filter((event) => event.workflowTaskFailedEventAttributes)).toEqual([]);
    const builds = events?.flatMap((event) => event.workflowTaskCompletedEventAttributes?.deploymentVersion?.buildId ?? []) ?? [];
    expect(builds.filter((build, index) => build !== builds[index - 1])).toEqual([former, present, former]);
  }
  const events = histories.at(-1)?.events ?? [];
  const paidAt = events.findIndex((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'payRefund');
  // Of the unlocking and of day 5: neither was begun anew by a build that took the case over.
  expect(events.slice(0, paidAt).filter((event) => event.timerStartedEventAttributes)).toHaveLength(2);
  const [payment] = await world.payments(silent.seeded.refundId);
  expect(payment?.at).toBeGreaterThanOrEqual(silent.seeded.input.initiatedAt + SILENT.autoRefundAfterMs);
}, 240_000);

test('a server that never says it has routed is asked what its task queues do', async () => {
  expect(await ramp(neverRouted({ queues: true }), present, 20)).toContain('take 20 % of the cases');
  await expect(ramp(neverRouted({ queues: false }), present, 30)).rejects.toThrow(
    /^It was changed, but after 30 s .*carrier-.* still route as before\.$/,
  );
});
