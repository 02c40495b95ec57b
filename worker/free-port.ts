import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: nobody takes one of these by chance before it is used. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
/** From here on are those that a server comes back to: while it is down, nobody who needs just any port is given its own. */
const KEPT_FROM = 28_000;
const TRIES = 1_000;
/** Anywhere, so that processes that choose at once rarely meet; by their numbers every 125th would begin with the same ports. */
let next = randomInt(HIGHEST);

/** A TCP port of the loopback interface that is free now and is not given away by the system; for as long as something listens on it. */
export function freePort(): Promise<number> {
  return portBetween(LOWEST, KEPT_FROM);
}

/** The same for a server that is to be stopped and started again. */
export function keptPort(): Promise<number> {
  return portBetween(KEPT_FROM, HIGHEST);
}

async function portBetween(lowest: number, highest: number): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = lowest + (next % (highest - lowest));
    next += 1;
    if (await isPortFree('127.0.0.1', port)) return port;
  }
  throw new Error(`no free port of 127.0.0.1 among ${TRIES} between ${lowest} and ${highest}`);
}

/** Whether a server could listen on the port of the host now. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Whether a server listens on the port. Unlike `isPortFree` it never takes the port itself, from a server that is just coming up. */
export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
