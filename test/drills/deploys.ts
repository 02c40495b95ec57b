import { Connection } from '@temporalio/client';
import { CARRIERS } from '../../carriers/index.ts';
import { LEFT_OFF } from '../../dev/part-environment.ts';
import { waitFor } from '../../dev/waiting.ts';
import { freePort } from '../../worker/free-port.ts';
import { type BuiltProduct, buildProduct, runCommandLine } from '../support/built-product.ts';
import { type Mutant, mutantBundle, NEXT_TIMER, UNFIT } from '../support/mutant-bundle.ts';
import { BACKGROUND_QUEUE, carrierQueue, TASK_QUEUE } from '../../workflows/messages.ts';
import { acceptedCase, type Drill, fire, paidOnce, type Scene, turnRound } from './scene.ts';

const READY_LIMIT_MS = 30_000;

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
async function startWorker(scene: Scene, product: BuiltProduct, buildId: string) {
  const { env } = await scene.stack.control<{ env: Record<string, string> }>('GET', '/sim/credentials');
  const parties = Object.fromEntries(Object.entries(env).filter(([name]) => !LEFT_OFF.has(name)));
  const port = await freePort();
  const worker = product.start('worker', {
    ...parties,
    EMBEDDED: '1',
    ...scene.environment,
    ADMIN_PORT: String(port),
    TEMPORAL_WORKER_BUILD_ID: buildId,
    LOG_LEVEL: 'warn',
  });
  return { worker, readyUrl: `http://127.0.0.1:${port}/readyz` };
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
  const connected = CARRIERS.filter(({ offByDefault }) => !offByDefault);
  const left = [TASK_QUEUE, BACKGROUND_QUEUE, ...connected.map(({ code }) => carrierQueue(code))].filter((queue) => !known.has(queue));
  if (left.length > 0) throw new Error(`workers of build ${buildId} are of no build on ${left.join(', ')}`);
}

/** A build whose workflows do other things than the histories of the open cases say. */
async function unfitBuild(scene: Scene, product: BuiltProduct, mutant: Mutant): Promise<BuiltProduct> {
  return product.withWorkflows(await mutantBundle(scene.folder, mutant));
}

async function expectRefused(scene: Scene, unfit: BuiltProduct, openCase: { interceptId: string }): Promise<void> {
  const { worker } = await startWorker(scene, unfit, '1.1.0');
  const code = await worker.ended();
  if (code !== 1 || !worker.said().includes(openCase.interceptId))
    throw new Error(`a build that does not fit ended with ${code} and said:\n${worker.said().slice(-2_000)}`);
  const refused = await runCommandLine('deploy', ['ramp', '1.1.0', '10'], scene.environment).catch(String);
  if (!refused.includes('knows no build 1.1.0')) throw new Error(`cases were given to a build that did not start: ${refused}`);
}

/** A build that cannot pay for a defect, takes a gigabyte for itself, and cannot carry on one case that no sample of the open ones has. */
async function defectiveBuild(scene: Scene, product: BuiltProduct, { refundId }: { refundId: string }): Promise<BuiltProduct> {
  const build = await unfitBuild(scene, product, [
    NEXT_TIMER,
    NEXT_TIMER.replace('null)', `null && this.state.input.refundId !== '${refundId}')`),
  ]);
  await build.replace(
    'dist/activities/money.js',
    'payRefund: (request) => payRefund(deps, request)',
    "payRefund: () => Promise.reject(new TypeError('a defect'))",
  );
  const start = "const config = loadProcessConfig('worker')";
  await build.replace('dist/worker/main.js', start, `globalThis.kept = Buffer.alloc(1024 ** 3, 1);\n${start}`);
  return build;
}

const badBuild: Drill = {
  name: 'a bad build',
  section: 'a-new-version',
  alerts: ['CasesDoNotReplay', 'WorkerMemoryHigh', 'MoneyTriesFail', 'WorkflowTasksFail'],
  async play(scene) {
    const { shop } = scene.stack;
    const product = await buildProduct();
    const builds = [product];
    const ending: (() => Promise<unknown>)[] = [];
    const start = async (build: BuiltProduct, buildId: string): Promise<void> => {
      const { worker, readyUrl } = await startWorker(scene, build, buildId);
      ending.push(() => worker.stop());
      await worker.ready(readyUrl);
      if (scene.alerts !== null) ending.push(scene.alerts.lookAt('worker', readyUrl));
    };
    try {
      await start(product, '1.0.0');
      await deploy(scene, 'current', '1.0.0');
      await expectQueues(scene, '1.0.0');
      const unfit = await unfitBuild(scene, product, UNFIT);
      builds.push(unfit);
      const former = await acceptedCase(scene, 'ZTO');
      await expectRefused(scene, unfit, former);
      const seeded = await shop.seed({ carrier: 'YTO', parcel: { onIntercept: 'SILENT' } });
      const defective = await defectiveBuild(scene, product, seeded);
      builds.push(defective);
      const passedOver = { ...seeded, ...(await shop.create(seeded.refundId)) };
      const [first, second] = [await acceptedCase(scene, 'ZTO'), await acceptedCase(scene, 'STO')];
      await start(defective, '1.2.0');
      await deploy(scene, 'ramp', '1.2.0', '100');
      for (const { interceptId } of [first, second]) {
        const { status } = await shop.act(interceptId, 'approve-refund');
        if (status !== 202) throw new Error(`an approve answered ${status} while no build could pay`);
      }
      await turnRound(scene, passedOver);
      await fire(scene, badBuild, 60_000);
      await deploy(scene, 'rollback');
      for (const one of [former, passedOver, first, second]) await paidOnce(scene, one, 90_000);
      await deploy(scene, 'current', 'unversioned');
    } finally {
      await Promise.allSettled(ending.map((step) => step()));
      await Promise.all(builds.map((build) => build.remove()));
    }
  },
};

/** A new version that should not have been. */
export const DEPLOYS: readonly Drill[] = [badBuild];
