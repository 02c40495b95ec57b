import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: nobody takes one of these by chance before it is used. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 1_000;
/** Each process begins in a row of its own, so that two that choose at once do not meet. */
const ROW = 64;
let next = process.pid * ROW + randomInt(ROW / 2);

/** A TCP port of the loopback interface that is free now and is not given away by the system. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = LOWEST + (next % (HIGHEST - LOWEST));
    next += 1;
    if (await isPortFree('127.0.0.1', port)) return port;
  }
  throw new Error(`no free port of 127.0.0.1 among ${TRIES} between ${LOWEST} and ${HIGHEST}`);
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
