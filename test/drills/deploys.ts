import { Connection } from '@temporalio/client';
import { CARRIERS } from '../../carriers/index.ts';
import { waitFor } from '../../dev/waiting.ts';
import { freePort } from '../../worker/free-port.ts';
import { type BuiltProcess, type BuiltProduct, buildProduct, runCommandLine } from '../support/built-product.ts';
import { mutantBundle } from '../support/mutant-bundle.ts';
import { BACKGROUND_QUEUE, carrierQueue, TASK_QUEUE } from '../../workflows/messages.ts';
import { acceptedCase, type Drill, paidOnce, type Scene } from './scene.ts';

const READY_LIMIT_MS = 30_000;
const TIMER = 'if (next !== null) this.#startTimer(next, now);';

/** `npm run deploy:…`, until the server has heard of the build's workers, or the last refusal. */
async function deploy({ environment, note }: Scene, ...words: string[]): Promise<void> {
  let refusal: unknown;
  const said = await waitFor(
    () =>
      runCommandLine('deploy', words, environment).catch((error: unknown) => {
        refusal = error;
        return undefined;
      }),
    READY_LIMIT_MS,
  );
  if (said === undefined) throw refusal;
  note(said.trimEnd());
}

/** A worker of a build beside the stack's own, with the same parties. */
async function startWorker(scene: Scene, product: BuiltProduct, buildId: string, changes: Record<string, string> = {}) {
  const { env: parties } = await scene.stack.control<{ env: Record<string, string> }>('GET', '/sim/credentials');
  const port = await freePort();
  const worker = product.start('worker', {
    ...parties,
    EMBEDDED: '1',
    ...scene.environment,
    ADMIN_PORT: String(port),
    TEMPORAL_WORKER_BUILD_ID: buildId,
    LOG_LEVEL: 'warn',
    ...changes,
  });
  return { worker, readyUrl: `http://127.0.0.1:${port}/readyz` };
}

async function startReady(scene: Scene, product: BuiltProduct, buildId: string, changes?: Record<string, string>): Promise<BuiltProcess> {
  const { worker, readyUrl } = await startWorker(scene, product, buildId, changes);
  await worker.ready(readyUrl);
  return worker;
}

/** A queue that is not of the deployment would take its tasks whatever build is meant. */
async function expectQueues({ environment }: Scene, buildId: string): Promise<void> {
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' });
  const { versionTaskQueues } = await connection.workflowService.describeWorkerDeploymentVersion({
    namespace: 'default',
    deploymentVersion: { deploymentName: 'refund-intercept', buildId },
  });
  await connection.close();
  const known = new Set(versionTaskQueues?.map(({ name }) => name));
  const left = [TASK_QUEUE, BACKGROUND_QUEUE, ...CARRIERS.map(({ code }) => carrierQueue(code))].filter((queue) => !known.has(queue));
  if (left.length > 0) throw new Error(`workers of build ${buildId} are of no build on ${left.join(', ')}`);
}

/** Its workflows do other things than the open cases' histories say. */
async function expectRefused(scene: Scene, product: BuiltProduct, openCase: { interceptId: string }): Promise<void> {
  const unfit = await product.withWorkflows(
    await mutantBundle(scene.folder, 'workflows/intercept-case.ts', TIMER, TIMER.replace('!==', '===')),
  );
  try {
    const { worker } = await startWorker(scene, unfit, '1.1.0');
    const code = await worker.ended();
    if (code !== 1 || !worker.said().includes(openCase.interceptId))
      throw new Error(`a build that does not fit ended with ${code} and said:\n${worker.said().slice(-2_000)}`);
  } finally {
    await unfit.remove();
  }
  const refused = await runCommandLine('deploy', ['ramp', '1.1.0', '10'], scene.environment).catch(String);
  if (!refused.includes('knows no build 1.1.0')) throw new Error(`cases were given to a build that did not start: ${refused}`);
}

const badBuild: Drill = {
  name: 'a bad build',
  section: 'a-new-version',
  alerts: [],
  async play(scene) {
    const product = await buildProduct();
    const running: BuiltProcess[] = [];
    try {
      running.push(await startReady(scene, product, '1.0.0'));
      await deploy(scene, 'current', '1.0.0');
      await expectQueues(scene, '1.0.0');
      const [first, second] = await Promise.all([acceptedCase(scene, 'ZTO'), acceptedCase(scene, 'STO')]);
      await expectRefused(scene, product, first);
      // One that replays, and cannot pay.
      running.push(await startReady(scene, product, '1.2.0', { KUAISHOU_SIGN_SECRET: 'another-secret' }));
      await deploy(scene, 'ramp', '1.2.0', '100');
      for (const { interceptId } of [first, second]) {
        const { status } = await scene.stack.shop.act(interceptId, 'approve-refund');
        if (status !== 202) throw new Error(`an approve answered ${status} while no build could pay`);
      }
      await deploy(scene, 'rollback');
      for (const one of [first, second]) await paidOnce(scene, one, 90_000);
      await deploy(scene, 'current', 'unversioned');
    } finally {
      await Promise.allSettled(running.map((worker) => worker.stop()));
      await product.remove();
    }
  },
};

/** A new version that should not have been. */
export const DEPLOYS: readonly Drill[] = [badBuild];
