import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRunningStack } from '../support/running-stack.ts';
import { watchAlerts } from './alerts.ts';
import { DRILLS, holdInvariants, type Scene } from './drills.ts';

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
const stack = await startRunningStack({ CREATE_WAIT: '2s', REJECT_UNLOCK_AFTER: '80s', AUTO_REFUND_AFTER, DATA_KEY, LOG_LEVEL: 'silent' });
const alerts = await watchAlerts(folder, { api: stack.addresses.apiAdmin, worker: stack.addresses.workerAdmin });
if (alerts === null) note('Prometheus is not installed (Debian: apt-get install prometheus): no alert is looked at');
const environment = { DATABASE_URL: stack.addresses.databaseUrl, DATA_KEY, TEMPORAL_ADDRESS: stack.addresses.temporal ?? '' };
const scene: Scene = { stack, alerts, environment, note };
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
if (alerts !== null)
  note(`no drill lets these fire, their cases are in ops/alerts.test.yml: ${alerts.names.filter((name) => !seen.has(name)).join(', ')}`);
alerts?.stop();
await stack.remove();
await rm(folder, { recursive: true, force: true });
process.exitCode = failed.length === 0 ? 0 : 1;
