import { runCommandLine } from '../support/built-product.ts';
import { acceptedCase, type Drill, type DrillCase, expectStatus, paidOnce, type Scene, turnRound } from './scene.ts';
import type { Server } from './servers.ts';

/** Longer than a day 5 of the drills. */
const PAID_LIMIT_MS = 120_000;

/**
 * Cases of four kinds around a backup: one it knows, which stays as it was; one that is caught and paid after it; one that ends after it; one made
 * after it.
 */
async function aroundBackup(scene: Scene, server: Server) {
  const [silent, caught, ended] = await Promise.all([acceptedCase(scene, 'ZTO'), acceptedCase(scene, 'STO'), acceptedCase(scene, 'YTO')]);
  const backedUpAt = new Date().toISOString();
  await server.backUp();
  for (const one of [caught, ended]) await turnRound(scene, one);
  for (const one of [caught, ended]) await paidOnce(scene, one);
  await scene.stack.control('POST', `/sim/parcels/${ended.waybillNo}/scan`, { event: 'RETURN_SIGNED' });
  await scene.stack.shop.until(ended.interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', PAID_LIMIT_MS);
  const late = await acceptedCase(scene, 'JT');
  return { silent, caught, ended, late, backedUpAt };
}

/** As the page says: first the servers, then the command, then the workers. What the command says of each of these cases has to begin so. */
async function restore(
  scene: Scene,
  servers: readonly Server[],
  backedUpAt: string,
  expected: readonly (readonly [DrillCase, string])[],
): Promise<void> {
  await scene.stack.stop();
  for (const server of servers) await server.restore();
  const said = await runCommandLine('redrive', ['--restored-to', backedUpAt], scene.environment);
  scene.note(said.trimEnd());
  for (const [{ interceptId }, what] of expected)
    if (!said.includes(`intercept:${interceptId}: ${what}`)) throw new Error(`redrive did not say "${what}" of ${interceptId}`);
  scene.stack = await scene.stack.restart();
}

const databaseBehind: Drill = {
  name: 'PostgreSQL restored to a state behind Temporal',
  section: 'restoring',
  alerts: [],
  async play(scene) {
    const { silent, caught, ended, late, backedUpAt } = await aroundBackup(scene, scene.postgres);
    const known = [caught, ended].map((one) => [one, 'version 2 became version'] as const);
    await restore(scene, [scene.postgres], backedUpAt, [...known, [late, 'made again from its run']]);
    for (const one of [silent, caught, ended, late]) await paidOnce(scene, one, PAID_LIMIT_MS);
  },
};

const temporalBehind: Drill = {
  name: 'Temporal restored to a state behind PostgreSQL',
  section: 'restoring',
  alerts: [],
  async play(scene) {
    const { silent, caught, ended, late, backedUpAt } = await aroundBackup(scene, scene.temporal);
    const behind = [caught, ended].map((one) => [one, 'its run knew version 2 of'] as const);
    await restore(scene, [scene.temporal], backedUpAt, [...behind, [late, 'it had no run']]);
    for (const one of [silent, caught, ended, late]) await paidOnce(scene, one, PAID_LIMIT_MS);
  },
};

const bothBehind: Drill = {
  name: 'both restored, to different moments',
  section: 'restoring',
  alerts: [],
  async play(scene) {
    const { silent, caught, ended, late, backedUpAt } = await aroundBackup(scene, scene.postgres);
    const forgotten = await acceptedCase(scene, 'ZTO');
    await scene.temporal.backUp();
    // What came after the newer backup neither knows.
    await turnRound(scene, forgotten);
    await paidOnce(scene, forgotten);
    const unknown = await acceptedCase(scene, 'STO');
    const known = [caught, ended].map((one) => [one, 'version 2 became version'] as const);
    const made = [late, forgotten].map((one) => [one, 'made again from its run: version 2'] as const);
    await restore(scene, [scene.postgres, scene.temporal], backedUpAt, [...known, ...made]);
    await expectStatus(scene, unknown.refundId, 201, 202);
    for (const one of [silent, caught, ended, late, forgotten, unknown]) await paidOnce(scene, one, PAID_LIMIT_MS);
  },
};

/** A server comes back with less than it knew. */
export const RESTORES: readonly Drill[] = [databaseBehind, temporalBehind, bothBehind];
