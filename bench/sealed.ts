/**
 * `npm run bench -- sealed [--cases 150] [--in-flight 32] [--rounds 3]`: the product as it is, and sealed and of a build (`TEMPORAL_PAYLOAD_KEYS`,
 * `TEMPORAL_WORKER_BUILD_ID`), in turn, each on data of its own, so many rounds. Prints what both together cost; judges nothing.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { makeCurrent } from '../dev/cli/worker-deployment.ts';
import { waitFor } from '../dev/waiting.ts';
import { playCases } from './load.ts';
import { machine, print } from './machine.ts';
import { type MeasuredProduct, measureProduct } from './measured-product.ts';
import { watchPlatformBook } from './platform-book.ts';
import { quantile, renderTable } from './statistics.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '150' },
    'in-flight': { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
  },
});
const WARM_UP = 12;
const BUILD = '1.0.0';
const DEPLOYMENT = 'refund-intercept';
const ROUTED_LIMIT_MS = 30_000;
const KINDS = {
  plain: {},
  sealed: { TEMPORAL_PAYLOAD_KEYS: `a:${randomBytes(32).toString('base64')}`, TEMPORAL_WORKER_BUILD_ID: BUILD },
} as const;
type Kind = keyof typeof KINDS;

await measureProduct('sealed', async (product) => {
  print(`${machine()}; everything on this machine, simulators included`);
  const rates: Record<Kind, number[]> = { plain: [], sealed: [] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // A machine changes its mind: each is first as often as second.
    const kinds = round % 2 === 0 ? (['plain', 'sealed'] as const) : (['sealed', 'plain'] as const);
    for (const kind of kinds) rates[kind].push(await casesASecond(product, kind));
  }
  const shown = (kind: Kind) => rates[kind].map((rate) => rate.toFixed(1)).join(' · ');
  const [plain, sealed] = [quantile(rates.plain, 0.5), quantile(rates.sealed, 0.5)];
  print(
    renderTable([
      ['', 'cases/s, each round', 'median', 'of plain'],
      ['plain', shown('plain'), plain.toFixed(1), '1'],
      ['sealed, of a build', shown('sealed'), sealed.toFixed(1), (sealed / plain).toFixed(2)],
    ]),
  );
});

async function casesASecond({ dataDir, start }: MeasuredProduct, kind: Kind): Promise<number> {
  // What is sealed cannot be read without the key.
  const stack = await start({ ...KINDS[kind], DATA_DIR: join(dataDir, kind) });
  if (kind === 'sealed') await route(stack.temporal);
  const { shop, simulatorsUrl } = stack;
  const book = watchPlatformBook(simulatorsUrl);
  const around = { shop, book, simulatorsUrl };
  const count = Number(values.cases);
  await stack.unlessCut(playCases(around, WARM_UP, 4));
  const { tookMs } = await stack.unlessCut(playCases(around, count, Number(values['in-flight'])));
  await book.close();
  await stack.stop();
  return (count / tookMs) * 1_000;
}

/** All cases to workers of the build. */
async function route(temporal: string): Promise<void> {
  const connection = await Connection.connect({ address: temporal });
  const deployment = { client: new Client({ connection }), name: DEPLOYMENT, clock: Date.now };
  try {
    // A build is known, and all its queues polled, a moment after its workers began to.
    const routed = await waitFor(() => makeCurrent(deployment, BUILD).catch(() => false as const), ROUTED_LIMIT_MS);
    if (routed === undefined) throw new Error(`the cases were not routed to ${BUILD} within ${ROUTED_LIMIT_MS} ms`);
  } finally {
    await connection.close();
  }
}
