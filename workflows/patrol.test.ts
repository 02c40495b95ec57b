import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { boundedRound, type Round } from '../activities/bounded-round.ts';
import type { PatrolActivities } from '../activities/types.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import { BACKGROUND_QUEUE, PATROL_WORKFLOW } from './messages.ts';

const NAMES: (keyof PatrolActivities)[] = [
  'repairStarts',
  'findLostRuns',
  'driveInbox',
  'startClaims',
  'pollCarriers',
  'syncRefunds',
  'checkRefunds',
  'tellNearDeadlines',
  'refreshTokens',
  'subscribeTracks',
  'findLostClaims',
  'tellExpiringAuthorisations',
  'removeExpired',
];
/** Those of the test; the others find nothing. */
let offered: Partial<PatrolActivities> = {};
const rounds = Object.fromEntries(
  NAMES.map((name) => [name, () => offered[name]?.() ?? Promise.resolve(0)]),
) as unknown as PatrolActivities;
const forever: Round = (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(7)));

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
beforeAll(async () => {
  env = await createDevServerEnv();
  worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue: BACKGROUND_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: rounds,
    shutdownGraceTime: '1s',
    maxHeartbeatThrottleInterval: '1s',
  });
  running = worker.run();
}, 60_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

/** Starts a patrol of the test's own that does these rounds. */
function startPatrol(over: Partial<PatrolActivities>, workflowId = `patrol-${randomUUID()}`) {
  offered = over;
  return env.client.workflow.start(PATROL_WORKFLOW, { taskQueue: BACKGROUND_QUEUE, workflowId });
}

describe('2.7 the rounds of the patrol', () => {
  test('run side by side: one that waits for all the others holds up none, and one that fails is none’s trouble', async () => {
    const ended = new Set<string>();
    const othersEnded = Promise.withResolvers<void>();
    const others = NAMES.filter((name) => name !== 'repairStarts');
    const over = Object.fromEntries(
      others.map((name) => [
        name,
        async () => {
          ended.add(name);
          if (ended.size === others.length) othersEnded.resolve();
          if (name === 'checkRefunds') throw new Error('the database cannot be reached');
          return 2;
        },
      ]),
    );
    const patrol = await startPatrol({ ...over, repairStarts: () => othersEnded.promise.then(() => 1) });
    expect(await patrol.result()).toEqual({
      repairStarts: 1,
      ...Object.fromEntries(others.filter((name) => name !== 'checkRefunds').map((name) => [name, 2])),
    });
  });

  test('end when their time is up', async () => {
    const patrol = await startPatrol({ syncRefunds: boundedRound(20, forever) });
    expect(await patrol.result()).toMatchObject({ syncRefunds: 7, pollCarriers: 0 });
  });

  test('end when Temporal has given them up (S3), and are not begun again before that', async () => {
    let begun = 0;
    const [toldToEnd, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const stubborn = boundedRound(60_000, async (signal) => {
      begun += 1;
      await forever(signal);
      toldToEnd.resolve();
      await released.promise;
      return 0;
    });
    const first = await startPatrol({ syncRefunds: stubborn });
    while (begun === 0) await first.describe();
    await first.terminate('given up');
    await toldToEnd.promise;
    const second = await startPatrol({ syncRefunds: stubborn }, first.workflowId);
    expect(await second.result()).toMatchObject({ syncRefunds: 0 });
    expect(begun).toBe(1);
    released.resolve();
  });
});
