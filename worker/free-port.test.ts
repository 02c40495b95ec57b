import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { freePort, isListening, isPortFree, keptPort } from './free-port.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

const listen = (port: number) =>
  new Promise<void>((resolve) => {
    const server = createServer();
    servers.push(server);
    server.listen(port, '127.0.0.1', resolve);
  });

test('ports chosen at once are free and differ, also from those in use', async () => {
  const first = await Promise.all(Array.from({ length: 40 }, () => freePort()));
  await Promise.all(first.map(listen));
  const second = await Promise.all(Array.from({ length: 40 }, () => freePort()));
  expect(new Set([...first, ...second]).size).toBe(80);
  for (const port of second) expect([port, await isPortFree('127.0.0.1', port)]).toEqual([port, true]);
  for (const port of first) expect(await isPortFree('127.0.0.1', port)).toBe(false);
});

test('a port that a server comes back to is given to nobody who needs just any', async () => {
  const any = await Promise.all(Array.from({ length: 40 }, () => freePort()));
  const kept = await Promise.all(Array.from({ length: 40 }, () => keptPort()));
  expect(Math.max(...any)).toBeLessThan(Math.min(...kept));
});

test('asking whether somebody listens takes the port from nobody who is about to', async () => {
  const port = await freePort();
  const asked = Array.from({ length: 20 }, () => isListening('127.0.0.1', port));
  await listen(port);
  await Promise.all(asked);
  expect(await isListening('127.0.0.1', port)).toBe(true);
});
