import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { waitFor } from '../dev/waiting.ts';
import { NO_EVIDENCE } from '../domain/intercept/parcel.ts';
import { firstRecord } from '../domain/intercept/record.ts';
import { sampleInput } from '../domain/intercept/sample-case.ts';
import type { InterceptInput, Notice } from '../domain/intercept/state.ts';
import { makeCurrent } from '../dev/cli/worker-deployment.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { FITTING, type Mutant, mutantBundle, UNFIT } from '../test/support/mutant-bundle.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import { INTERCEPT_WORKFLOW, refundChangedSignal, TASK_QUEUE } from '../workflows/messages.ts';
import { startAttributes } from '../workflows/search-attributes.ts';
import { unprovenRuns } from './open-runs.ts';
import { type OpenRuns, replayOthers, replaySample, UnreplayableCases, type UnreplayableRun } from './replay-open-runs.ts';
import { buildIdOf, ofBuild } from './workers.ts';

const WAITING = 7;
const DEPLOYMENT = 'refund-intercept';
const folder = mkdtempSync(join(tmpdir(), 'refund-intercept-replay-'));
const silent = pino({ level: 'silent' });

let env: TestWorkflowEnvironment;
let present: OpenRuns;

/** These wait for their carrier and look the same in the list, although one of them was told something. */
const waitingIds = Array.from({ length: WAITING }, (_, number) => `intercept:${number}-1`);
const [toldId = ''] = waitingIds;
/** The oldest, and the only one of its kind: it began as accepted, because it follows another one. */
let followerRunId: string;

const NOTICE = '.isNotice)(notice)) run.push(';
/** Makes other decisions for a case that was told something. */
const UNFIT_FOR_ONE: Mutant = [NOTICE, NOTICE.replace('(notice)', '(notice) === false')];

beforeAll(async () => {
  env = await createDevServerEnv();
  const { worker, open } = await load(await workflowBundle());
  present = open;
  await worker.runUntil(async () => {
    const follows = {
      interceptId: '9-1',
      interceptStatus: 'INTERCEPTING',
      carrierReference: null,
      failure: null,
      parcel: NO_EVIDENCE,
    } as const;
    followerRunId = await startCase('intercept:follower-1', { follows });
    for (const workflowId of waitingIds) await startCase(workflowId);
    await tell(toldId, 'PLATFORM_DEADLINE_EARLIER');
    const carried = async () => {
      const { count } = await env.client.workflow.count(`${unprovenRuns('another')} AND NOT (${unprovenRuns(open.buildId)})`);
      return count === WAITING + 1;
    };
    expect(await waitFor(carried, 60_000)).toBe(true);
  });
}, 120_000);
afterAll(async () => {
  await env.teardown();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker with this code, not yet polling, and the open runs as it sees them. */
async function load(bundle: { codePath: string }, buildId?: string): Promise<{ worker: Worker; open: OpenRuns }> {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    activities: { saveRecords: async () => {} },
    ...(buildId !== undefined && { workerDeploymentOptions: ofBuild({ deploymentName: DEPLOYMENT, buildId }) }),
  });
  return { worker, open: { client: env.client, workflowBundle: bundle, dataConverter: {}, buildId: buildIdOf([worker]) } };
}

async function startCase(workflowId: string, changes: Partial<InterceptInput> = {}): Promise<string> {
  const interceptId = workflowId.replace('intercept:', '');
  const input = sampleInput({ interceptId, initiatedAt: Date.now(), ...changes });
  const handle = await env.client.workflow.start(INTERCEPT_WORKFLOW, {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [{ input, resume: null }],
    typedSearchAttributes: startAttributes(firstRecord(input).state),
  });
  return handle.firstExecutionRunId;
}

async function tell(workflowId: string, notice: Notice): Promise<void> {
  await env.client.workflow.getHandle(workflowId).signal(refundChangedSignal, { refund: null, readAt: Date.now(), notice });
}

/** The runs as other code sees them: one text replaced. */
async function changed(mutant: Mutant): Promise<OpenRuns> {
  const { worker, open } = await load(await mutantBundle(folder, mutant));
  await worker.runUntil(Promise.resolve());
  return open;
}

async function others(open: OpenRuns, seen: ReadonlySet<string>): Promise<UnreplayableRun[]> {
  const found: UnreplayableRun[] = [];
  await replayOthers(open, { seen, found, log: silent, signal: new AbortController().signal });
  return found;
}

describe('2.9 open cases before and beside polling', () => {
  test('2.9 nothing is replayed for code that carried all of them already', async () => {
    expect(await replaySample(present)).toEqual(new Set());
    expect(await others(present, new Set())).toEqual([]);
  });

  test('2.9 of cases that are alike a few are replayed before polling, the others beside it', async () => {
    const open = await changed(FITTING);
    expect(open.buildId).not.toBe(present.buildId);
    const seen = await replaySample(open);
    expect(seen).toContain(followerRunId);
    expect(seen.size).toBeGreaterThanOrEqual(2);
    expect(seen.size).toBeLessThan(WAITING);
    expect(await others(open, seen)).toEqual([]);
  });

  test('2.9 code that does not fit is refused, and the cases are named', async () => {
    const open = await changed(UNFIT);
    const refused = replaySample(open);
    await expect(refused).rejects.toThrow(UnreplayableCases);
    await expect(refused).rejects.toThrow(/does not fit (\d) of \1 open cases .*\n(intercept:(\d|follower)-1: .*TMPRL1100.*\n?){2,}$/);
    expect(await others(open, new Set())).toHaveLength(WAITING + 1);

    const stopped: UnreplayableRun[] = [];
    await replayOthers(open, { seen: new Set(), found: stopped, log: silent, signal: AbortSignal.abort() });
    expect(stopped).toHaveLength(1);
  });

  test('2.9 one that does not fit and looks like those that do is named beside polling', async () => {
    const open = await changed(UNFIT_FOR_ONE);
    const found = await others(open, await replaySample(open));
    expect(found).toEqual([{ workflowId: toldId, message: expect.stringContaining('TMPRL1100') }]);
  });

  test('2.9 of builds that Temporal routes between, one that does not fit is refused before it polls', async () => {
    const build = await load(await workflowBundle(), 'fits');
    expect(build.open.buildId).toBe('fits');
    expect((await replaySample(build.open)).size).toBeGreaterThanOrEqual(2);
    await build.worker.runUntil(async () => {
      const deployment = { client: env.client, name: DEPLOYMENT, clock: Date.now };
      expect(await waitFor(() => makeCurrent(deployment, 'fits').catch(() => false as const), 30_000)).toContain('take all cases');
      for (const workflowId of [...waitingIds, 'intercept:follower-1']) await tell(workflowId, 'PLATFORM_AUTHORISATION_EXPIRING');
      const carried = async () => (await env.client.workflow.count(unprovenRuns('fits'))).count === 0;
      expect(await waitFor(carried, 60_000)).toBe(true);
    });
    expect(await replaySample(build.open)).toEqual(new Set());

    const other = await load(await mutantBundle(folder, UNFIT), 'unfit');
    await expect(replaySample(other.open)).rejects.toThrow(UnreplayableCases);
    const { workerDeploymentInfo } = await env.client.workflowService.describeWorkerDeployment({
      namespace: env.namespace ?? 'default',
      deploymentName: DEPLOYMENT,
    });
    expect(workerDeploymentInfo?.versionSummaries?.map(({ deploymentVersion }) => deploymentVersion?.buildId)).toEqual(['fits']);
    await other.worker.runUntil(Promise.resolve());
  });
});
