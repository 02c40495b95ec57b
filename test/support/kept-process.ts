import { keptPort } from '../../worker/free-port.ts';
import type { BuiltProcess, BuiltProduct } from './built-product.ts';

/** A process of the built product that keeps its ports when it is killed and another takes its place. */
export interface KeptProcess {
  /** Where an API listens. */
  url: string;
  readyUrl: string;
  current(): BuiltProcess;
  ready(): Promise<void>;
  /** Kills it (SIGKILL), starts another in its place and waits until that is ready. */
  replace(): Promise<void>;
}

/** Starts a process on free ports, not waited for. */
export async function startKept(product: BuiltProduct, entry: 'api' | 'worker', environment: Record<string, string>): Promise<KeptProcess> {
  const [port, adminPort] = [await keptPort(), await keptPort()];
  const start = () => product.start(entry, { ...environment, PORT: String(port), ADMIN_PORT: String(adminPort) });
  const readyUrl = `http://127.0.0.1:${adminPort}/readyz`;
  let current = start();
  return {
    url: `http://127.0.0.1:${port}`,
    readyUrl,
    current: () => current,
    ready: () => current.ready(readyUrl),
    async replace() {
      await current.kill();
      current = start();
      await current.ready(readyUrl);
    },
  };
}
