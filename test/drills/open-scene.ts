import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRunningStack } from '../support/running-stack.ts';
import { layWire, throughWire } from '../support/wire.ts';
import { watchAlerts } from './alerts.ts';
import type { Scene } from './scene.ts';
import { startDrillPostgres, startDrillTemporal } from './servers.ts';

const AUTO_REFUND_AFTER = '90s';
const REJECT_UNLOCK_AFTER = '80s';

/** A scene, and how it is cleared away; what clears badly is left to the watches that end every process with this one. */
export interface OpenScene {
  scene: Scene;
  close(): Promise<void>;
}

/** The whole product with servers, data and ports of its own: nothing of an earlier scene is left in it. */
export async function openScene(note: (line: string) => void): Promise<OpenScene> {
  const folder = await mkdtemp(join(tmpdir(), 'refund-intercept-drills-'));
  const ending: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const step of ending.splice(0).reverse()) await step().catch((error: unknown) => note(`clearing away: ${String(error)}`));
  };
  try {
    // Under root, PostgreSQL runs as another account that must be able to enter.
    await chmod(folder, 0o711);
    const postgres = await startDrillPostgres(folder);
    ending.push(postgres.stop);
    const wire = await layWire(Number(new URL(postgres.url).port));
    ending.push(wire.close);
    const temporal = await startDrillTemporal(folder);
    ending.push(temporal.stop);
    const environment = {
      DATABASE_URL: postgres.url,
      DATA_KEY: randomBytes(32).toString('base64'),
      TEMPORAL_ADDRESS: temporal.address,
    };
    const TEMPORAL_PORT = temporal.address.split(':').at(-1) ?? '';
    const waits = { CREATE_WAIT: '2s', REJECT_UNLOCK_AFTER, AUTO_REFUND_AFTER };
    const settings = { ...waits, LOG_LEVEL: 'silent', TEMPORAL_PORT, ...environment, DATABASE_URL: throughWire(postgres.url, wire) };
    const scene: Scene = { stack: await startRunningStack(settings), postgres, wire, temporal, alerts: null, environment, folder, note };
    ending.push(() => scene.stack.remove());
    const { apiAdmin, workerAdmin } = scene.stack.addresses;
    scene.alerts = await watchAlerts(folder, { api: apiAdmin, worker: workerAdmin });
    if (scene.alerts === null) note('Prometheus is not installed (Debian: apt-get install prometheus): no alert is looked at');
    ending.push(async () => scene.alerts?.stop());
    return { scene, close };
  } catch (error) {
    await close();
    throw error;
  }
}
