import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openShopClient, type ShopClient } from '../dev/demo/shop-client.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { onStopSignals } from '../dev/stop-signals.ts';
import { buildProduct } from '../test/support/built-product.ts';
import { measurementFolder, ownEnvironment } from './machine.ts';

const LINES_KEPT = 30;

/** The product as it runs, and what a measurement plays around it. */
export type MeasuredStack = Stack & {
  shop: ShopClient;
  simulatorsUrl: string;
  /** Where Temporal is. */
  temporal: string;
  /** What the work comes to; rejects on Ctrl-C, and when a part of the product ends by itself. */
  unlessCut<T>(work: Promise<T>): Promise<T>;
};

/** The whole product, API and worker as `npm run build` makes them, on free ports in a folder of its own. */
export interface MeasuredProduct {
  dataDir: string;
  /** The workflows as its worker loads them. */
  bundlePath: string;
  /** Aborted when somebody stops the measurement. */
  signal: AbortSignal;
  /** Starts all of it with these settings; the last one started is stopped in the end. */
  start(settings: Record<string, string>): Promise<MeasuredStack>;
}

/**
 * Builds the product, hands it to `measure`, and removes everything. What fails is told with the last words of the product's parts, and the
 * process ends with 1.
 */
export async function measureProduct(scenario: string, measure: (product: MeasuredProduct) => Promise<void>): Promise<never> {
  const built = await buildProduct();
  const dataDir = await measurementFolder(scenario);
  /** What the parts said last, for a measurement that fails. */
  const lastLines: string[] = [];
  const partLine = (part: string, line: string): void => {
    lastLines.push(`${part} | ${line}`);
    if (lastLines.length > LINES_KEPT) lastLines.shift();
  };
  const giveUp = new AbortController();
  onStopSignals({ stop: (signal) => giveUp.abort(new Error(`stopped by ${signal}`)), kill: () => process.exit(1) });
  const { signal } = giveUp;
  const dist = join(built.folder, 'dist');
  const entries = { api: join(dist, 'api', 'main.js'), worker: join(dist, 'worker', 'main.js') };
  let stack: Stack | undefined;
  try {
    await measure({
      dataDir,
      bundlePath: join(dist, 'workflow-bundle.js'),
      signal,
      async start(settings) {
        const environment = { ...ownEnvironment(dataDir), LOG_LEVEL: 'warn', ...settings };
        stack = await startStack({ environment, purpose: 'bench', withConsole: false, log: () => {}, partLine, entries, signal });
        return measured(stack, signal);
      },
    });
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${lastLines.join('\n')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  } finally {
    await stack?.stop();
    await built.remove();
    await rm(dataDir, { recursive: true, force: true });
  }
  // A measurement cut short still asks and waits.
  process.exit();
}

function measured(stack: Stack, signal: AbortSignal): MeasuredStack {
  const { api, simulators, demoApiKey, temporal } = stack.addresses;
  if (simulators === undefined || demoApiKey === undefined || temporal === undefined)
    throw new Error('the measurement plays all outside parties itself: unset the …_URL and TEMPORAL_… variables');
  const simulatorsUrl = new URL(simulators).origin;
  const cut = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    void stack.failed.then((report) => reject(new Error(report)));
  });
  // Told to whoever waits for something.
  cut.catch(() => undefined);
  return {
    ...stack,
    shop: openShopClient(api, demoApiKey, simulatorsUrl),
    simulatorsUrl,
    temporal,
    unlessCut: (work) => Promise.race([work, cut]),
  };
}
