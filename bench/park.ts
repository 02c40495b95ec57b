/**
 * `npm run bench -- park [--open 550,1100,2200] [--settle 20]`: starts the whole product on free ports in a folder of its own, API and worker as
 * `npm run build` makes them, lets so many cases wait for their carrier and starts again, with the same code and with other code that fits.
 * Prints what a case costs by how many there are already, and a start; judges nothing.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { openShopClient } from '../dev/demo/shop-client.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { onStopSignals } from '../dev/stop-signals.ts';
import { buildProduct } from '../test/support/built-product.ts';
import { openSilentCases } from './deadlines.ts';
import { type ProcessUsage, readUsage } from './process-usage.ts';
import { renderTable } from './statistics.ts';

const PARTS = ['api', 'worker', 'simulators', 'Temporal'] as const;
const KEPT = ['temporal', 'postgres', 'simulators'] as const;
const LINES_KEPT = 30;
const KIB = 1024;

const { values } = parseArgs({
  options: { open: { type: 'string', default: '550,1100,2200' }, settle: { type: 'string', default: '20' } },
});
const settleMs = Number(values.settle) * 1000;
const print = (text: string) => process.stdout.write(`${text}\n\n`);

const product = await buildProduct();
const dataDir = await mkdtemp(join(tmpdir(), 'refund-intercept-park-'));
// Under root, PostgreSQL runs as another account that must be able to enter.
await chmod(dataDir, 0o711);
const bundlePath = join(product.folder, 'dist', 'workflow-bundle.js');
/** What the parts said last, for a measurement that fails. */
const lastLines: string[] = [];
const giveUp = new AbortController();
onStopSignals({ stop: (signal) => giveUp.abort(new Error(`stopped by ${signal}`)), kill: () => process.exit(1) });
let stack: Stack | undefined;
try {
  await measure();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${lastLines.join('\n')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  await stack?.stop();
  await product.remove();
  await rm(dataDir, { recursive: true, force: true });
}
// A measurement cut short still asks and waits.
process.exit();

async function measure(): Promise<void> {
  print(
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}; everything on this machine, simulators included`,
  );
  const cases = [['open', 'opened/s', ...PARTS.map((part) => `${part} CPU ms/case`), ...KEPT.map((part) => `${part} KiB/case`)]];
  const starts = [
    ['open', 'code', 'ready ms', 'worker MiB'],
    ['0', 'same', ...(await startMeasured())],
  ];
  let kept = await kibibytesKept();
  let open = 0;
  try {
    for (const wanted of values.open.split(',').map(Number)) {
      const count = wanted - open;
      const { figures, tookMs } = await openCases(running(), count);
      await running().stop();
      const now = await kibibytesKept();
      const grown = now.map((kib, index) => ((kib - (kept[index] ?? 0)) / count).toFixed(1));
      cases.push([String(wanted), ((count / tookMs) * 1000).toFixed(1), ...figures, ...grown]);
      starts.push([String(wanted), 'same', ...(await startMeasured())]);
      [kept, open] = [now, wanted];
    }
    await running().stop();
    // Another text is another build, although it decides the same: every open case is in question.
    await writeFile(bundlePath, `// other\n${await readFile(bundlePath, 'utf8')}`);
    starts.push([String(open), 'other', ...(await startMeasured())]);
  } finally {
    print(renderTable(cases));
    print(renderTable(starts));
  }
}

function running(): Stack {
  if (stack === undefined) throw new Error('nothing runs');
  return stack;
}

/** Starts everything; how long it took, and the worker's memory when it has been ready for a while. */
async function startMeasured(): Promise<string[]> {
  const entries = { api: join(product.folder, 'dist', 'api', 'main.js'), worker: join(product.folder, 'dist', 'worker', 'main.js') };
  const { signal } = giveUp;
  const begunAt = performance.now();
  stack = await startStack({
    environment: benchEnvironment(),
    purpose: 'bench',
    withConsole: false,
    log: () => {},
    partLine: keep,
    entries,
    signal,
  });
  const readyMs = performance.now() - begunAt;
  await delay(settleMs, undefined, { signal });
  const usage = await readUsage(stack.pidOf('worker') ?? 0);
  return [readyMs.toFixed(0), usage?.residentMib.toFixed(0) ?? '—'];
}

function benchEnvironment(): Record<string, string | undefined> {
  const ports = Object.fromEntries(['PORT', 'ADMIN_PORT', 'WORKER_ADMIN_PORT', 'TEMPORAL_PORT', 'SIM_PORT'].map((name) => [name, '0']));
  return { ...process.env, ...ports, DATA_DIR: dataDir, SIM_DEMO: '1', LOG_LEVEL: 'warn' };
}

function keep(part: string, line: string): void {
  lastLines.push(`${part} | ${line}`);
  if (lastLines.length > LINES_KEPT) lastLines.shift();
}

async function openCases(around: Stack, count: number): Promise<{ figures: string[]; tookMs: number }> {
  const { api, simulators, demoApiKey } = around.addresses;
  if (simulators === undefined || demoApiKey === undefined)
    throw new Error('the measurement plays all outside parties itself: unset the …_URL variables');
  const shop = openShopClient(api, demoApiKey, new URL(simulators).origin);
  const before = await usages(around);
  const begunAt = performance.now();
  const failed = around.failed.then((report) => Promise.reject(new Error(report)));
  await Promise.race([openSilentCases(shop, count), failed]);
  const tookMs = performance.now() - begunAt;
  const after = await usages(around);
  const figures = after.map((usage, index) => (usage === null ? '—' : ((usage.cpuMs - (before[index]?.cpuMs ?? 0)) / count).toFixed(1)));
  return { figures, tookMs };
}

function usages(around: Stack): Promise<(ProcessUsage | null)[]> {
  return Promise.all(PARTS.map((part) => readUsage(around.pidOf(part) ?? 0)));
}

/** What each part that keeps something has on disk. */
function kibibytesKept(): Promise<number[]> {
  return Promise.all(
    KEPT.map(async (part) => {
      const { stdout } = await promisify(execFile)('du', ['-s', `--block-size=${KIB}`, join(dataDir, part)]);
      return Number.parseInt(stdout, 10);
    }),
  );
}
