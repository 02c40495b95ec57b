import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { boundedRound, type Round } from '../activities/bounded-round.ts';
import type { PatrolActivities } from '../activities/types.ts';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import { PATROL_WORKFLOW } from './messages.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await createDevServerEnv();
}, 60_000);
afterAll(() => env.teardown());

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
/** Rounds that find nothing, but for those of the test. */
const rounds = (over: Partial<PatrolActivities>): PatrolActivities => ({
  ...(Object.fromEntries(NAMES.map((name) => [name, () => Promise.resolve(0)])) as unknown as PatrolActivities),
  ...over,
});
const forever: Round = (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(7)));

/** Does something while a worker offers these rounds to the patrol. */
async function patrolling<T>(
  over: Partial<PatrolActivities>,
  act: (start: () => ReturnType<typeof startPatrol>) => Promise<T>,
): Promise<T> {
  const taskQueue = `patrol-${randomUUID()}`;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: rounds(over),
    shutdownGraceTime: '1s',
    maxHeartbeatThrottleInterval: '1s',
  });
  return worker.runUntil(act(() => startPatrol(taskQueue)));
}
const startPatrol = (taskQueue: string) => env.client.workflow.start(PATROL_WORKFLOW, { taskQueue, workflowId: taskQueue });

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
    const done = await patrolling({ ...over, repairStarts: () => othersEnded.promise.then(() => 1) }, async (start) =>
      (await start()).result(),
    );
    expect(done).toEqual({
      repairStarts: 1,
      ...Object.fromEntries(others.filter((name) => name !== 'checkRefunds').map((name) => [name, 2])),
    });
  });

  test('end when their time is up', async () => {
    const done = await patrolling({ syncRefunds: boundedRound(20, forever) }, async (start) => (await start()).result());
    expect(done).toMatchObject({ syncRefunds: 7, pollCarriers: 0 });
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
    await patrolling({ syncRefunds: stubborn }, async (start) => {
      const first = await start();
      while (begun === 0) await first.describe();
      await first.terminate('given up');
      await toldToEnd.promise;
      expect(await (await start()).result()).toMatchObject({ syncRefunds: 0 });
      expect(begun).toBe(1);
      released.resolve();
    });
  });
});
