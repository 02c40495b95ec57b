import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onStopSignals } from '../../dev/stop-signals.ts';
import { startRunningStack } from '../support/running-stack.ts';
import { watchAlerts } from './alerts.ts';
import { DRILLS } from './drills.ts';
import { holdInvariants, type Scene } from './scene.ts';
import { startDrillPostgres, startDrillTemporal } from './servers.ts';

/**
 * `npm run drills`: breaks one thing after another of a running product, follows docs/operators.md, and holds the promises against the database
 * after each. With Prometheus on the `PATH` the alerts are seen to fire; `-- 'a carrier is down'` plays that one alone.
 */
const AUTO_REFUND_AFTER = '90s';
const DATA_KEY = randomBytes(32).toString('base64');
const wanted = process.argv.slice(2);
const drills = DRILLS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (drills.length === 0) throw new Error(`no such drill; there are: ${DRILLS.map(({ name }) => name).join(' · ')}`);

const note = (line: string): void => void process.stdout.write(`      ${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'refund-intercept-drills-'));
// Under root, PostgreSQL runs as another account that must be able to enter.
await chmod(folder, 0o711);
const ending: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
const end = async (code: number): Promise<void> => {
  for (const step of ending.reverse()) await step();
  process.exit(code);
};
// What a second signal leaves running ends by itself: every process watches this one.
onStopSignals({ stop: () => void end(130), kill: () => process.exit(130) });

const [postgres, temporal] = await Promise.all([startDrillPostgres(folder), startDrillTemporal(folder)]);
ending.push(postgres.stop, temporal.stop);
const environment = { DATABASE_URL: postgres.url, DATA_KEY, TEMPORAL_ADDRESS: temporal.address };
const TEMPORAL_PORT = temporal.address.split(':').at(-1) ?? '';
const settings = { CREATE_WAIT: '2s', REJECT_UNLOCK_AFTER: '80s', AUTO_REFUND_AFTER, LOG_LEVEL: 'silent', TEMPORAL_PORT, ...environment };
const scene: Scene = { stack: await startRunningStack(settings), postgres, temporal, alerts: null, environment, folder, note };
ending.push(() => scene.stack.remove());
const { apiAdmin, workerAdmin } = scene.stack.addresses;
scene.alerts = await watchAlerts(folder, { api: apiAdmin, worker: workerAdmin });
ending.push(async () => scene.alerts?.stop());
if (scene.alerts === null) note('Prometheus is not installed (Debian: apt-get install prometheus): no alert is looked at');
const seen = new Set<string>();
const failed: string[] = [];
for (const drill of drills) {
  const since = performance.now();
  const wrong = await drill
    .play(scene)
    .then(() => holdInvariants(scene))
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  for (const alert of drill.alerts) seen.add(alert);
  if (wrong !== null) failed.push(drill.name);
  const seconds = Math.round((performance.now() - since) / 1_000);
  process.stdout.write(
    `${wrong === null ? 'ok  ' : 'FAIL'}  ${drill.name} (operators.md#${drill.section}, ${seconds} s): ${wrong ?? drill.alerts.join(', ')}\n`,
  );
}
if (scene.alerts !== null)
  note(
    `no drill lets these fire, their cases are in ops/alerts.test.yml: ${scene.alerts.names.filter((name) => !seen.has(name)).join(', ')}`,
  );
await end(failed.length === 0 ? 0 : 1);
