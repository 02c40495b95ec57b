/**
 * `npm run bench -- storm [--refunds 2000] [--parts 5] [--part 80]`: so many refunds whose day 5 comes within about a minute. A machine opens
 * them more slowly than that, so they are opened in parts, each allowed so many seconds; before each the product starts again with a day 5
 * that is as much nearer. Prints how late they are paid, and where they waited; judges nothing but that none was paid early or twice.
 */
import { parseArgs } from 'node:util';
import type { Case } from '../dev/demo/shop-client.ts';
import { openShopClient } from '../dev/demo/shop-client.ts';
import { openSilentCases, untilAllPaid } from './deadlines.ts';
import { readStages, STAGES } from './histories.ts';
import { machine, print } from './machine.ts';
import { cutShort, type MeasuredProduct, measureProduct } from './measured-product.ts';
import { watchPlatformBook } from './platform-book.ts';
import { quantile, renderTable, spread } from './statistics.ts';

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

async function measure({ start, signal }: MeasuredProduct): Promise<void> {
  print(`${machine()}; everything on this machine, simulators included`);
  const dueAt = Date.now() + parts * partMs;
  const cases: Case[] = [];
  for (let part = 1; ; part += 1) {
    const stack = await start({ SIM_PAYMENT_DELAY: '500', REJECT_UNLOCK_AFTER: '5s', AUTO_REFUND_AFTER: `${dueAt - Date.now()}ms` });
    const { api, simulators, demoApiKey, temporal } = stack.addresses;
    if (simulators === undefined || demoApiKey === undefined || temporal === undefined)
      throw new Error('the measurement plays all outside parties itself: unset the …_URL and TEMPORAL_… variables');
    const simulatorsUrl = new URL(simulators).origin;
    const opening = openSilentCases(openShopClient(api, demoApiKey, simulatorsUrl), casesAPart);
    cases.push(...(await Promise.race([opening, cutShort(stack, signal)])));
    if (part < parts) {
      await stack.stop();
      continue;
    }
    const book = watchPlatformBook(simulatorsUrl);
    const { dueWithinMs, latenessMs } = await Promise.race([untilAllPaid(book, cases), cutShort(stack, signal)]);
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
    const took = await readStages(temporal, cases);
    print(renderTable([[...STAGES], STAGES.map((_, stage) => spread(took.map((each) => each[stage] ?? Number.NaN)))]));
    return;
  }
}
