/**
 * `npm run bench -- storm [--refunds 2000] [--parts 5] [--part 80]`: so many refunds whose day 5 comes within about a minute. A machine opens
 * them more slowly than that, so they are opened in parts, each allowed so many seconds; before each the product starts again with a day 5
 * that is as much nearer. Prints how late they are paid, where they waited, who used
 * the cores meanwhile, and how many were paid early or twice; judges nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Case } from '../dev/demo/shop-client.ts';
import { openSilentCases, untilAllPaid } from './deadlines.ts';
import { STAGES, stageSpreads } from './histories.ts';
import { machine, print } from './machine.ts';
import { type MeasuredProduct, type MeasuredStack, measureProduct } from './measured-product.ts';
import { watchPlatformBook } from './platform-book.ts';
import { readCpuWithChildrenMs } from './process-usage.ts';
import { quantile, renderTable, spread } from './statistics.ts';

const PARTS = ['api', 'worker', 'simulators', 'Temporal', 'PostgreSQL'] as const;

const { values } = parseArgs({
  options: {
    refunds: { type: 'string', default: '2000' },
    parts: { type: 'string', default: '5' },
    part: { type: 'string', default: '80' },
  },
});
const parts = Number(values.parts);
const casesAPart = Math.ceil(Number(values.refunds) / parts);
const partMs = Number(values.part) * 1_000;

await measureProduct('storm', measure);

async function measure(product: MeasuredProduct): Promise<void> {
  print(`${machine()}; everything on this machine, simulators included`);
  const dueAt = Date.now() + parts * partMs;
  const cases: Case[] = [];
  let stack = await startFor(product, dueAt);
  for (let part = 1; part <= parts; part += 1) {
    if (part > 1) {
      await stack.stop();
      stack = await startFor(product, dueAt);
    }
    cases.push(...(await stack.unlessCut(openSilentCases(stack.shop, casesAPart))));
  }
  const book = watchPlatformBook(stack.simulatorsUrl);
  await stack.unlessCut(delay(Math.max(0, Math.min(...cases.map(({ autoRefundAt }) => Date.parse(autoRefundAt))) - Date.now())));
  const coresUsed = await watchCores(stack);
  const { dueWithinMs, latenessMs } = await stack.unlessCut(untilAllPaid(book, cases));
  const cores = await coresUsed();
  const twice = book.paidTwice();
  await book.close();
  const tookMs = dueWithinMs + Math.max(...latenessMs);
  print(
    renderTable([
      ['refunds', 'due within s', 'paid a second', 'later than due, ms p50 / p95 / max', 'p99', 'early', 'twice'],
      [
        String(cases.length),
        (dueWithinMs / 1_000).toFixed(0),
        ((cases.length / tookMs) * 1_000).toFixed(1),
        spread(latenessMs),
        quantile(latenessMs, 0.99).toFixed(0),
        String(latenessMs.filter((late) => late < 0).length),
        String(twice.length),
      ],
    ]),
  );
  print(renderTable([[...STAGES], await stageSpreads(stack.temporal, cases)]));
  print(
    renderTable([
      ['cores used by', ...PARTS],
      ['from the first deadline to the last payment', ...cores],
    ]),
  );
}

/** From now on; what it answers says how much of a core each part used until then. */
async function watchCores({ pidOf }: MeasuredStack): Promise<() => Promise<string[]>> {
  const readAll = () => Promise.all(PARTS.map((part) => readCpuWithChildrenMs(pidOf(part) ?? 0)));
  const [startedAt, before] = [performance.now(), await readAll()];
  return async () => {
    const tookMs = performance.now() - startedAt;
    const after = await readAll();
    return after.map((cpuMs, part) => (cpuMs === null ? '—' : ((cpuMs - (before[part] ?? 0)) / tookMs).toFixed(2)));
  };
}

/** Starts the product so that cases opened from now on are due from then on. */
function startFor({ start }: MeasuredProduct, dueAt: number): Promise<MeasuredStack> {
  return start({ SIM_PAYMENT_DELAY: '500', REJECT_UNLOCK_AFTER: '5s', AUTO_REFUND_AFTER: `${dueAt - Date.now()}ms` });
}
