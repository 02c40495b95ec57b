import { acceptedCase, type Drill, fire, paidOnce, turnRound, whileFrozen } from './scene.ts';

const apiGone: Drill = {
  name: 'an API process does not answer',
  section: 'health-and-alerts',
  alerts: ['ApiDown'],
  async play(scene) {
    const waiting = await acceptedCase(scene, 'ZTO');
    await whileFrozen(
      (signal) => scene.stack.signal('api', signal),
      () => fire(scene, apiGone, 30_000),
    );
    await turnRound(scene, waiting);
    await paidOnce(scene, waiting);
  },
};

const evidenceWaits: Drill = {
  name: 'evidence waits for Temporal',
  section: 'temporal-is-down',
  alerts: ['EvidenceStuck'],
  async play(scene) {
    const waiting = await acceptedCase(scene, 'JT');
    await whileFrozen(scene.temporal.signal, async () => {
      await turnRound(scene, waiting);
      await fire(scene, evidenceWaits, 120_000);
    });
    await paidOnce(scene, waiting);
  },
};

/** Work waits that nobody takes. */
export const BACKLOGS: readonly Drill[] = [apiGone, evidenceWaits];
