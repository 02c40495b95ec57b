import { acceptedCase, type Drill, fire, paidOnce, whileFrozen } from './scene.ts';

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
    await scene.stack.control('POST', `/sim/parcels/${waiting.waybillNo}/scan`, { event: 'RETURNING' });
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
      await scene.stack.control('POST', `/sim/parcels/${waiting.waybillNo}/scan`, { event: 'RETURNING' });
      await fire(scene, evidenceWaits, 120_000);
    });
    await paidOnce(scene, waiting);
  },
};

/** Work waits that nobody takes. */
export const BACKLOGS: readonly Drill[] = [apiGone, evidenceWaits];
