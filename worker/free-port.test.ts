import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { freePort, isPortFree } from './free-port.ts';

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
