/**
 * `npm run bench -- park [--open 550,1100,2200] [--settle 20]`: starts the whole product on free ports in a folder of its own, API and worker as
 * `npm run build` makes them, lets so many cases wait for their carrier and starts again, with the same code and with other code that fits.
 * Prints what a case costs by how many there are already, and a start; judges nothing.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { openSilentCases } from './deadlines.ts';
import { machine, print } from './machine.ts';
import { type MeasuredProduct, type MeasuredStack, measureProduct } from './measured-product.ts';
import { type ProcessUsage, readUsage } from './process-usage.ts';
import { renderTable } from './statistics.ts';

const PARTS = ['api', 'worker', 'simulators', 'Temporal'] as const;
const KEPT = ['temporal', 'postgres', 'simulators'] as const;
const KIB = 1024;

const { values } = parseArgs({
  options: { open: { type: 'string', default: '550,1100,2200' }, settle: { type: 'string', default: '20' } },
});
const settleMs = Number(values.settle) * 1000;

await measureProduct('park', measure);

async function measure(product: MeasuredProduct): Promise<void> {
  print(`${machine()}; everything on this machine, simulators included`);
  const cases = [['open', 'opened/s', ...PARTS.map((part) => `${part} CPU ms/case`), ...KEPT.map((part) => `${part} KiB/case`)]];
  const starts = [['open', 'code', 'ready ms', 'worker MiB']];
  const started = async (code: string): Promise<MeasuredStack> => {
    const { stack, figures } = await startMeasured(product);
    starts.push([String(open), code, ...figures]);
    return stack;
  };
  let open = 0;
  let stack = await started('same');
  let kept = await kibibytesKept(product.dataDir);
  try {
    for (const wanted of values.open.split(',').map(Number)) {
      const count = wanted - open;
      const { figures, tookMs } = await openCases(stack, count);
      await stack.stop();
      const now = await kibibytesKept(product.dataDir);
      const grown = now.map((kib, index) => ((kib - (kept[index] ?? 0)) / count).toFixed(1));
      cases.push([String(wanted), ((count / tookMs) * 1000).toFixed(1), ...figures, ...grown]);
      [kept, open] = [now, wanted];
      stack = await started('same');
    }
    await stack.stop();
    // Another text is another build, although it decides the same: every open case is in question.
    await writeFile(product.bundlePath, `// other\n${await readFile(product.bundlePath, 'utf8')}`);
    await started('other');
  } finally {
    print(renderTable(cases));
    print(renderTable(starts));
  }
}

/** Starts everything; how long it took, and the worker's memory when it has been ready for a while. */
async function startMeasured({ start, signal }: MeasuredProduct): Promise<{ stack: MeasuredStack; figures: string[] }> {
  const begunAt = performance.now();
  const stack = await start({});
  const readyMs = performance.now() - begunAt;
  await delay(settleMs, undefined, { signal });
  const usage = await readUsage(stack.pidOf('worker') ?? 0);
  return { stack, figures: [readyMs.toFixed(0), usage?.residentMib.toFixed(0) ?? '—'] };
}

async function openCases(around: MeasuredStack, count: number): Promise<{ figures: string[]; tookMs: number }> {
  const before = await usages(around);
  const begunAt = performance.now();
  await around.unlessCut(openSilentCases(around.shop, count));
  const tookMs = performance.now() - begunAt;
  const after = await usages(around);
  const figures = after.map((usage, index) => (usage === null ? '—' : ((usage.cpuMs - (before[index]?.cpuMs ?? 0)) / count).toFixed(1)));
  return { figures, tookMs };
}

function usages(around: MeasuredStack): Promise<(ProcessUsage | null)[]> {
  return Promise.all(PARTS.map((part) => readUsage(around.pidOf(part) ?? 0)));
}

/** What each part that keeps something has on disk. */
function kibibytesKept(dataDir: string): Promise<number[]> {
  return Promise.all(
    KEPT.map(async (part) => {
      const { stdout } = await promisify(execFile)('du', ['-s', `--block-size=${KIB}`, join(dataDir, part)]);
      return Number.parseInt(stdout, 10);
    }),
  );
}
