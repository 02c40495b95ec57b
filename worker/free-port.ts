import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: nobody takes one of these by chance before it is used. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 100;

/** A TCP port of the loopback interface that is free now and is not given away by the system. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isPortFree('127.0.0.1', port)) return port;
  }
  throw new Error(`no free port among ${TRIES} of 127.0.0.1 between ${LOWEST} and ${HIGHEST}`);
}

/** Whether a server could listen on the port of the host now. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
