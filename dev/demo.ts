import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECOND_MS } from '../domain/time.ts';
import { openDatabase } from '../store/db.ts';
import { checkInvariants } from '../store/invariants.ts';
import { openShopClient, type ShopClient } from './demo/shop-client.ts';
import { type DemoPace, STORIES, type Story } from './demo/stories.ts';
import { withEmbeddedPostgres } from './postgres.ts';
import { readStackSettings } from './settings.ts';
import { type Stack, startStack } from './stack.ts';
import { onStopSignals } from './stop-signals.ts';

const DAY_MS = 6_000;

/** The environment of the demo: a stack of its own on free ports, a day as long as `dayMs`. What the caller set otherwise stays. */
function demoEnvironment(dataDir: string, dayMs: number): Record<string, string | undefined> {
  return {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '0',
    ADMIN_PORT: '0',
    WORKER_ADMIN_PORT: '0',
    TEMPORAL_PORT: '0',
    SIM_PORT: '0',
    SIM_DEMO: '1',
    SIM_PACE: String(Math.floor(dayMs / 3)),
    REJECT_UNLOCK_AFTER: `${3 * dayMs}ms`,
    AUTO_REFUND_AFTER: `${5 * dayMs}ms`,
    LOG_LEVEL: 'warn',
  };
}

async function tellStory(story: Story, number: number, shop: ShopClient, pace: DemoPace): Promise<boolean> {
  const tell = (text: string) => process.stdout.write(`  [${number}] ${text}\n`);
  try {
    process.stdout.write(`  [${number}] ── ${story.title}\n`);
    await story.play(shop, tell, pace);
    tell('✓');
    return true;
  } catch (error) {
    tell(`✗ ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Starts the product with days of a few seconds, plays the stories side by side and tells them; 0 when each ended as it must. */
async function runDemo(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'refund-intercept-demo-'));
  // Under root, PostgreSQL runs as another account that must be able to enter.
  await chmod(dataDir, 0o711);
  const giveUp = new AbortController();
  let stack: Stack | undefined;
  onStopSignals({ stop: () => giveUp.abort(new Error('stopped')), kill: () => process.exit(1) });
  try {
    const log = (line: string) => void process.stdout.write(`start | ${line}\n`);
    stack = await startStack({
      environment: demoEnvironment(dataDir, DAY_MS),
      purpose: 'npm run demo',
      withConsole: false,
      log,
      signal: giveUp.signal,
    });
    const { api, simulators, demoApiKey } = stack.addresses;
    if (simulators === undefined || demoApiKey === undefined)
      throw new Error('the demo plays with the simulators alone: unset the …_URL variables');
    process.stdout.write(
      `\n演示 demo: 一天 = ${DAY_MS / 1000} 秒，六个故事同时进行 · a day is ${DAY_MS / 1000} s, six stories at once\n\n`,
    );
    const shop = openShopClient(api, demoApiKey, new URL(simulators).origin);
    const ends = await Promise.race([
      Promise.all(STORIES.map((story, index) => tellStory(story, index + 1, shop, { dayMs: DAY_MS }))),
      stopped(giveUp.signal, stack),
    ]);
    const failed = ends.filter((ended) => !ended).length;
    process.stdout.write(`\n${ends.length - failed} of ${ends.length} stories ended as they must\n`);
    const broken = await brokenPromises(dataDir, log);
    for (const line of broken) process.stdout.write(`  ${line}\n`);
    process.stdout.write(`${broken.length === 0 ? 'the database keeps every promise' : 'the database breaks promises'}\n`);
    return failed === 0 && broken.length === 0 ? 0 : 1;
  } finally {
    await stack?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What the stories left in the database that should not be there, one line each. */
async function brokenPromises(dataDir: string, log: (line: string) => void): Promise<string[]> {
  const { databaseUrl } = await readStackSettings(process.env);
  const check = async (url: string): Promise<string[]> => {
    const database = openDatabase(url, { max: 1, applicationName: 'npm run demo', onError: () => {} });
    try {
      const { offences } = await checkInvariants(database.kysely, SECOND_MS);
      return offences.map(({ name, about, what }) => `${name} ${about}: ${what}`);
    } finally {
      await database.close();
    }
  };
  return databaseUrl === undefined ? withEmbeddedPostgres({ dataDir, purpose: 'npm run demo', log }, check) : check(databaseUrl);
}

function stopped(signal: AbortSignal, stack: Stack): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the demo was stopped')), { once: true });
    void stack.failed.then((report) => reject(new Error(report)));
  });
}

try {
  process.exit(await runDemo());
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
