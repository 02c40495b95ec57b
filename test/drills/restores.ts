import { waitFor } from '../../dev/waiting.ts';
import { runCommandLine } from '../support/built-product.ts';
import { acceptedCase, type Drill, paidOnce, type Scene, turnRound } from './scene.ts';
import type { Server } from './servers.ts';

/** Longer than a day 5 of the drills. */
const PAID_LIMIT_MS = 120_000;

/** Cases of three kinds around a backup: one it knows, which stays as it was; one that is caught and paid after it; one made after it. */
async function aroundBackup(scene: Scene, server: Server) {
  const [silent, caught] = await Promise.all([acceptedCase(scene, 'ZTO'), acceptedCase(scene, 'STO')]);
  const backedUpAt = new Date().toISOString();
  await server.backUp();
  await turnRound(scene, caught);
  await paidOnce(scene, caught);
  const late = await acceptedCase(scene, 'JT');
  return { silent, caught, late, backedUpAt };
}

/** As the page says: first the servers, then the workers. */
async function restore(scene: Scene, server: Server, between = async (): Promise<void> => {}): Promise<void> {
  await scene.stack.stop();
  await server.restore();
  await between();
  scene.stack = await scene.stack.restart();
}

const databaseBehind: Drill = {
  name: 'PostgreSQL restored to a state behind Temporal',
  section: 'backups',
  alerts: [],
  async play(scene) {
    const { silent, caught, late } = await aroundBackup(scene, scene.postgres);
    await restore(scene, scene.postgres);
    await paidOnce(scene, caught);
    // Its record is made by its run's next write.
    if ((await waitFor(async () => (await scene.stack.shop.paymentsOf(late.refundId)) === 1, PAID_LIMIT_MS)) !== true)
      throw new Error('a case made after the backup was not paid');
    for (const one of [silent, late]) await paidOnce(scene, one, PAID_LIMIT_MS);
  },
};

const temporalBehind: Drill = {
  name: 'Temporal restored to a state behind PostgreSQL',
  section: 'backups',
  alerts: [],
  async play(scene) {
    const { silent, caught, late, backedUpAt } = await aroundBackup(scene, scene.temporal);
    await restore(scene, scene.temporal, async () => {
      const said = await runCommandLine('redrive', ['--restored-to', backedUpAt], scene.environment);
      scene.note(said.trimEnd());
    });
    for (const one of [silent, caught, late]) await paidOnce(scene, one, PAID_LIMIT_MS);
  },
};

/** A server comes back with less than it knew. */
export const RESTORES: readonly Drill[] = [databaseBehind, temporalBehind];
