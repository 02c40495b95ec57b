import { setTimeout as delay } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { EpochMs } from '../../domain/time.ts';

/** Stands for the workers that have no build. */
export const UNVERSIONED = 'unversioned';

/** The deployment between whose builds open cases are routed. */
export interface Deployment {
  client: Client;
  name: string;
  clock: () => EpochMs;
}

type Version = temporal.api.deployment.v1.WorkerDeploymentInfo.IWorkerDeploymentVersionSummary;
type Route = Pick<
  temporal.api.taskqueue.v1.ITaskQueueVersioningInfo,
  'currentDeploymentVersion' | 'rampingDeploymentVersion' | 'rampingVersionPercentage'
>;
type Queue = temporal.api.deployment.v1.WorkerDeploymentVersionInfo.IVersionTaskQueueInfo;

/** What the server says of it; a build is `UNVERSIONED` where workers without one are meant. */
interface Routing {
  current: string;
  ramping: string | null;
  /** Every build whose workers polled and that the server still keeps. */
  versions: readonly Version[];
  /** Makes a change fail if somebody else made one meanwhile. */
  conflictToken: Uint8Array;
}

const NOT_FOUND = 5;
const VERSIONED_MODE = 2;
/** A poll lasts a minute; who has not come back for twice as long is gone. */
const POLLED_WITHIN_MS = 120_000;
const LEAST_SERVER = '1.29';
/** The server tells its task queues one after the other, which takes it a second or two. */
const ROUTED_LIMIT_MS = 30_000;
/** Then the queues themselves are asked: a server that hears of its last queue in the wrong moment says for ever that it still routes (temporalio/temporal#11842). */
const TOLD_LIMIT_MS = 5_000;
const ASKED_EVERY_MS = 200;
const STILL_ROUTING = 1;

/** Gives a build that share of the open cases. Answers what is so now; throws, and changes nothing, when the build cannot take them. */
export async function ramp(deployment: Deployment, buildId: string, percent: number): Promise<string> {
  const { current, versions, conflictToken } = await routing(deployment);
  if (buildId === current) throw new Error(`${titled(buildId)} are current: they have all cases but those of a ramping build.`);
  await mustBeAble(deployment, buildId, { current, versions });
  await setRamping(deployment, { buildId: asSent(buildId), percentage: percent, conflictToken });
  await untilRouted(deployment, withQueues(buildId, current));
  return `${titled(buildId)} take ${percent} % of the cases, each with its next task; ${lower(current)} the others.`;
}

/** Gives a build all open cases. Answers what is so now; throws, and changes nothing, when the build cannot take them. */
export async function makeCurrent(deployment: Deployment, buildId: string): Promise<string> {
  const { current, versions, conflictToken } = await routing(deployment);
  if (buildId === current) return `${titled(buildId)} are current already.`;
  await mustBeAble(deployment, buildId, { current, versions });
  const { client, name } = deployment;
  await client.workflowService.setWorkerDeploymentCurrentVersion({
    namespace: client.options.namespace,
    deploymentName: name,
    identity: client.options.identity,
    buildId: asSent(buildId),
    conflictToken,
  });
  await untilRouted(deployment, withQueues(buildId, current));
  return `${titled(buildId)} take all cases, each with its next task; before it were ${lower(current)}.`;
}

/**
 * Takes the last step back: ends a ramp, or else gives all cases to the build that was current before the present one. It goes only to builds that are older
 * than the present one: done twice it does not come to the build it went away from. Answers what is so now.
 */
export async function rollBack(deployment: Deployment): Promise<string> {
  const { current, ramping, versions, conflictToken } = await routing(deployment);
  if (ramping !== null) {
    await setRamping(deployment, { buildId: '', percentage: 0, conflictToken });
    await untilRouted(deployment, withQueues(ramping, current));
    return `${titled(ramping)} take no case any more; ${lower(current)} take all, each with its next task.`;
  }
  const former = formerOf(versions, current);
  if (former !== undefined) return makeCurrent(deployment, former);
  throw new Error(
    `No build that is still kept was current before ${lower(current)}. To workers without a build: npm run deploy:current -- ${UNVERSIONED}. To another one of ${listed(versions)}: name it.`,
  );
}

/** Workers without a build have the task queues of the build beside them. */
const withQueues = (buildId: string, current: string): string => (buildId === UNVERSIONED ? current : buildId);
const asSent = (buildId: string): string => (buildId === UNVERSIONED ? '' : buildId);
const titled = (buildId: string): string => (buildId === UNVERSIONED ? 'Workers without a build' : `Workers of build ${buildId}`);
const lower = (buildId: string): string => titled(buildId).replace(/^W/, 'w');
const buildIdOf = ({ deploymentVersion }: Version): string => deploymentVersion?.buildId ?? '';
const listed = (versions: readonly Version[]): string => versions.map(buildIdOf).join(', ');
const secondsOf = (time: { seconds?: unknown } | null | undefined): number => Number(time?.seconds ?? 0);

/** Of the builds older than the current one the one that was current, or had a share, last. */
function formerOf(versions: readonly Version[], current: string): string | undefined {
  const present = versions.find((version) => buildIdOf(version) === current);
  if (present === undefined) return undefined;
  const isOlder = (version: Version): boolean => secondsOf(version.createTime) < secondsOf(present.createTime);
  const lastUsed = (version: Version): number => secondsOf(version.lastCurrentTime ?? version.lastDeactivationTime);
  const former = versions.filter((version) => isOlder(version) && lastUsed(version) > 0).sort((a, b) => lastUsed(b) - lastUsed(a));
  return former.map(buildIdOf)[0];
}

async function routing({ client, name }: Deployment): Promise<Routing> {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  if (serverVersion.localeCompare(LEAST_SERVER, 'en', { numeric: true }) < 0)
    throw new Error(`The Temporal server is ${serverVersion}: routing between builds needs ${LEAST_SERVER} or newer.`);
  try {
    const { workerDeploymentInfo, conflictToken } = await describe({ client, name });
    const { routingConfig, versionSummaries } = workerDeploymentInfo ?? {};
    const { currentDeploymentVersion, rampingDeploymentVersion, rampingVersionPercentage } = routingConfig ?? {};
    const unversionedRamps = (rampingVersionPercentage ?? 0) > 0 ? UNVERSIONED : null;
    return {
      current: currentDeploymentVersion?.buildId || UNVERSIONED,
      ramping: rampingDeploymentVersion?.buildId || unversionedRamps,
      versions: versionSummaries ?? [],
      conflictToken,
    };
  } catch (error) {
    const code: number | null = isGrpcServiceError(error) ? error.code : null;
    if (code !== NOT_FOUND) throw error;
    const hint = 'start workers with TEMPORAL_WORKER_BUILD_ID first, and see that TEMPORAL_DEPLOYMENT_NAME is theirs';
    throw new Error(`Temporal knows no deployment ${name} in the namespace ${client.options.namespace}: ${hint}.`, { cause: error });
  }
}

async function setRamping(
  deployment: Deployment,
  change: { buildId: string; percentage: number; conflictToken: Uint8Array },
): Promise<void> {
  const { client, name } = deployment;
  const { namespace, identity } = client.options;
  await client.workflowService.setWorkerDeploymentRampingVersion({ namespace, deploymentName: name, identity, ...change });
}

/** Waits until every task queue of the build routes as was said; older servers do not tell. */
async function untilRouted(deployment: Deployment, buildId: string): Promise<void> {
  const since = deployment.clock();
  for (;;) {
    const { workerDeploymentInfo: info } = await describe(deployment);
    if (Number(info?.routingConfigUpdateState) !== STILL_ROUTING) return;
    const waitedMs = deployment.clock() - since;
    if (waitedMs > TOLD_LIMIT_MS) {
      const behind = await queuesBehind(deployment, buildId, routeOf(info?.routingConfig));
      if (behind.length === 0) return;
      if (waitedMs > ROUTED_LIMIT_MS)
        throw new Error(`It was changed, but after ${ROUTED_LIMIT_MS / 1_000} s ${behind.join(', ')} still route as before.`);
    }
    await delay(ASKED_EVERY_MS);
  }
}

/** The builds that get tasks, and the share of the second, as the deployment and each of its task queues tell it. */
const routeOf = (told: Route | null | undefined): string =>
  JSON.stringify([
    told?.currentDeploymentVersion?.buildId ?? '',
    told?.rampingDeploymentVersion?.buildId ?? '',
    told?.rampingVersionPercentage ?? 0,
  ]);

/** Those of the build's task queues that route otherwise. */
async function queuesBehind(deployment: Deployment, buildId: string, wanted: string): Promise<string[]> {
  const queues = await queuesOf(deployment, buildId);
  const told = await Promise.all(queues.map((queue) => describeQueue(deployment, queue)));
  return [...new Set(queues.filter((_, index) => routeOf(told[index]?.versioningInfo) !== wanted).map(({ name }) => name ?? ''))];
}

function describe({ client, name }: Pick<Deployment, 'client' | 'name'>) {
  return client.workflowService.describeWorkerDeployment({ namespace: client.options.namespace, deploymentName: name });
}

/** The server asks only whether workers were ever seen: cases given to those that are gone would stand still. */
async function mustBeAble(
  deployment: Deployment,
  buildId: string,
  { current, versions }: Pick<Routing, 'current' | 'versions'>,
): Promise<void> {
  if (buildId !== UNVERSIONED && !versions.some((version) => buildIdOf(version) === buildId))
    throw new Error(
      `Temporal knows no build ${buildId} of ${deployment.name}, only ${listed(versions)}: are its workers running, and did they not refuse to start?`,
    );
  const queues = await queuesOf(deployment, withQueues(buildId, current));
  const polled = await Promise.all(queues.map((queue) => isPolled(deployment, queue, buildId)));
  const left = [...new Set(queues.filter((_, index) => polled[index] === false).map(({ name }) => name))];
  if (left.length > 0)
    throw new Error(`No worker of them takes tasks of ${left.join(', ')}: start ${lower(buildId)} first. Nothing was changed.`);
}

async function queuesOf({ client, name }: Deployment, buildId: string): Promise<Queue[]> {
  const { workerDeploymentVersionInfo: info, versionTaskQueues } = await client.workflowService.describeWorkerDeploymentVersion({
    namespace: client.options.namespace,
    deploymentVersion: { deploymentName: name, buildId },
  });
  return versionTaskQueues?.length ? versionTaskQueues : (info?.taskQueueInfos ?? []);
}

function describeQueue({ client }: Pick<Deployment, 'client'>, queue: Queue) {
  return client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue.name },
    taskQueueType: queue.type,
  });
}

async function isPolled({ client, name, clock }: Deployment, queue: Queue, buildId: string): Promise<boolean> {
  const { pollers } = await describeQueue({ client }, queue);
  const since = clock() - POLLED_WITHIN_MS;
  return (pollers ?? []).some(({ lastAccessTime, deploymentOptions: of }) => {
    const isVersioned = Number(of?.workerVersioningMode) === VERSIONED_MODE;
    const isIts = buildId === UNVERSIONED ? !isVersioned : isVersioned && of?.deploymentName === name && of.buildId === buildId;
    return isIts && secondsOf(lastAccessTime) * 1_000 >= since;
  });
}
