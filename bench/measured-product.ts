import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Stack, startStack } from '../dev/stack.ts';
import { onStopSignals } from '../dev/stop-signals.ts';
import { buildProduct } from '../test/support/built-product.ts';
import { measurementFolder, ownEnvironment } from './machine.ts';

const LINES_KEPT = 30;

/** The whole product, API and worker as `npm run build` makes them, on free ports in a folder of its own. */
export interface MeasuredProduct {
  dataDir: string;
  /** The workflows as its worker loads them. */
  bundlePath: string;
  /** Aborted when somebody stops the measurement. */
  signal: AbortSignal;
  /** Starts all of it with these settings; the last one started is stopped in the end. */
  start(settings: Record<string, string>): Promise<Stack>;
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
        return stack;
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

/** Rejects on Ctrl-C, and when a part of the stack ends by itself. */
export function cutShort(running: Stack, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    void running.failed.then((report) => reject(new Error(report)));
  });
}
