import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkerDeploymentOptions, type WorkflowBundleOption } from '@temporalio/worker';
import { createCarrierActivities, type ReadReturnAddress, type TellAccessBroken } from '../activities/carrier.ts';
import type { MoneyActivities, PatrolActivities, RecordActivities, WebhookActivities } from '../activities/types.ts';
import type { Carrier, CarrierClient } from '../carriers/port.ts';
import { traceActivities } from '../telemetry/spans.ts';
import { BACKGROUND_QUEUE, carrierQueue, TASK_QUEUE } from '../workflows/messages.ts';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  dataConverter: DataConverter;
  /** The build these are of: they take what Temporal routes to it. Null: they take every task. */
  deployment: WorkerDeploymentVersion | null;
  /** Activities beside the workflows: money and records. */
  core: MoneyActivities & RecordActivities;
  /** Patrol, claims, deliveries: on a queue of their own, so that they never starve a payment. */
  background: PatrolActivities & WebhookActivities;
  carriers: readonly { carrier: Carrier; client: CarrierClient }[];
  tellAccessBroken: TellAccessBroken;
  readReturnAddress: ReadReturnAddress;
}

/** Cached runs a worker keeps; about 250 KiB each. An evicted one costs a short replay. */
const MAX_CACHED_WORKFLOWS = 400;
/** Long enough for a call to the platform to end by itself; a payment cut off is read before any further call. */
const SHUTDOWN_GRACE = '4s';

/** The build under which a worker with workflows tells the server what it did: the one it was told, else made by the SDK from its own version and the bundle's text. */
export function buildIdOf(workers: readonly Worker[]): string {
  const options: { buildId?: string; workerDeploymentOptions?: WorkerDeploymentOptions }[] = workers.map((worker) => worker.options);
  const told = options.find(({ workerDeploymentOptions }) => workerDeploymentOptions !== undefined)?.workerDeploymentOptions;
  const buildId = told?.version.buildId ?? options.find((each) => each.buildId !== undefined)?.buildId;
  if (buildId === undefined) throw new Error('no worker has a build id');
  return buildId;
}

/**
 * Workers of a build, which carry on open cases that other builds began, as changes behind `patched` and versions of rules allow: cases live for
 * weeks, and a build for days.
 */
export function ofBuild(version: WorkerDeploymentVersion): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' };
}

/** One worker a task queue: money and workflows, background work, and each carrier alone with its own rate. */
export async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const { connection, namespace, workflowBundle, dataConverter, deployment } = parts;
  const shared = {
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: SHUTDOWN_GRACE,
    maxHeartbeatThrottleInterval: '5s',
    defaultHeartbeatThrottleInterval: '1s',
    interceptors: { activity: [traceActivities] },
    ...(deployment !== null && { workerDeploymentOptions: ofBuild(deployment) }),
  };
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUE,
      workflowBundle,
      activities: parts.core,
      maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
    }),
    Worker.create({
      ...shared,
      taskQueue: BACKGROUND_QUEUE,
      workflowBundle,
      activities: parts.background,
      maxCachedWorkflows: 50,
      maxConcurrentActivityTaskExecutions: 20,
    }),
    ...parts.carriers.map(({ carrier, client }) =>
      Worker.create({
        ...shared,
        taskQueue: carrierQueue(carrier.code),
        activities: createCarrierActivities(client, parts.tellAccessBroken, parts.readReturnAddress),
        maxTaskQueueActivitiesPerSecond: carrier.callsPerSecond,
        maxConcurrentActivityTaskExecutions: 20,
      }),
    ),
  ]);
}
