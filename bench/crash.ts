/**
 * `npm run bench -- crash [--rounds 5] [--in-flight 16]`: two API and two worker processes, built, on one PostgreSQL and one Temporal, each
 * killed (SIGKILL) in turn under load and replaced, so many rounds. Ends with 1 when a case was lost, or paid twice or early.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openShopClient } from '../dev/demo/shop-client.ts';
import { startPostgres } from '../dev/postgres.ts';
import { findTemporalCli } from '../dev/programs/temporal-cli.ts';
import { seedDemo } from '../dev/seed.ts';
import { startTemporal } from '../dev/temporal.ts';
import { startSimulators } from '../simulators/world.ts';
import { migrate } from '../store/migrate.ts';
import { buildProduct, checkInvariants } from '../test/support/built-product.ts';
import { type KeptProcess, startKept } from '../test/support/kept-process.ts';
import { freePort } from '../worker/free-port.ts';
import { CARRIERS_IN_TURN } from './load.ts';
import { machine, measurementFolder, print } from './machine.ts';
import { watchPlatformBook } from './platform-book.ts';
import { quantile, renderTable } from './statistics.ts';
import { playThroughKills, type ThroughKills } from './through-kills.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, 'in-flight': { type: 'string', default: '16' } } });
const silently = () => undefined;

const dataDir = await measurementFolder('crash');
/** What ends what was started, the last one first. */
const endings: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
try {
  const product = await buildProduct();
  endings.push(() => product.remove());
  const postgres = await startPostgres({ dataDir, log: silently });
  endings.push(() => postgres.stop());
  await migrate(postgres.url);
  const cliPath = await findTemporalCli({ environment: process.env, log: silently });
  const temporal = await startTemporal({ cliPath, dataDir, port: await freePort(), uiPort: await freePort() });
  endings.push(() => temporal.stop());
  const outside = await startSimulators({ demo: true, paymentDelayMs: 200 });
  endings.push(() => outside.close());
  const [dataKey, demoApiKey] = [randomBytes(32).toString('base64'), `demo_${randomBytes(24).toString('base64url')}`];
  await seedDemo({ databaseUrl: postgres.url, dataKey, demoApiKey, simulatorsUrl: outside.url });
  const environment = {
    ...outside.credentials,
    EMBEDDED: '1',
    DATABASE_URL: postgres.url,
    DATA_KEY: dataKey,
    DEMO_API_KEY: demoApiKey,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    REJECT_UNLOCK_AFTER: '20s',
    AUTO_REFUND_AFTER: '30s',
    LOG_LEVEL: 'warn',
  };
  const processes: KeptProcess[] = [];
  for (const entry of ['api', 'worker', 'api', 'worker'] as const) {
    const kept = await startKept(product, entry, environment);
    processes.push(kept);
    endings.push(() => kept.current().stop());
  }
  await Promise.all(processes.map((each) => each.ready()));
  outside.world.settings.webhookBase = processes[2]?.url ?? null;
  const book = watchPlatformBook(outside.url);
  endings.push(() => book.close());
  print(`${machine()}; two of each, everything on this machine, simulators included`);
  const shops = [processes[0], processes[2]].map((api) => openShopClient(api?.url ?? '', demoApiKey, outside.url));
  const played = await playThroughKills(
    { shops, simulatorsUrl: outside.url, book, carriers: CARRIERS_IN_TURN, processes },
    { rounds: Number(values.rounds), inFlight: Number(values['in-flight']), silent: true },
  );
  print(told(played));
  await checkInvariants(environment);
  const twice = book.paidTwice();
  if (twice.length > 0) throw new Error(`paid twice: ${twice.join(', ')}`);
  print('No case was lost, and none was paid twice or early.');
} finally {
  for (const end of endings.toReversed()) await end();
}

function told({ cases, kills, createMs, scanToPaidMs, lateMs }: ThroughKills): string {
  const of = (times: number[]) => [0.5, 0.99, 1].map((share) => Math.round(quantile(times, share))).join(' / ');
  return renderTable([
    ['cases', 'kills', 'create ms p50 / p99 / max', 'return scan → paid ms', 'later than due ms'],
    [String(cases), String(kills), of(createMs), of(scanToPaidMs), of(lateMs)],
  ]);
}
