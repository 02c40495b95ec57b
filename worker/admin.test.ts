import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Registry } from '@prometheus-io/client';
import { openAdminPort, type WorkerHealth } from './admin.ts';
import { workerMetrics } from './metrics.ts';

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function ask(health: Partial<WorkerHealth>, path: string): Promise<{ status: number; text: string }> {
  const admin = await openAdminPort('127.0.0.1', 0, {
    isPolling: () => true,
    unreplayable: () => [],
    metricsUrl: '',
    registry: new Registry(),
    ...health,
  });
  servers.push(admin);
  const response = await fetch(`${urlOf(admin)}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
}

test('it is ready once it polls, and names the cases that stand still', async () => {
  expect(await ask({ isPolling: () => false }, '/readyz')).toEqual({ status: 503, text: '{"polling":false,"unreplayable":[]}' });
  const standing = await ask({ unreplayable: () => ['intercept:7-1'] }, '/readyz');
  expect(standing).toEqual({ status: 200, text: '{"polling":true,"unreplayable":["intercept:7-1"]}' });
});

test('its metrics are those of the core and its own, how many cases stand still among them', async () => {
  const core = createServer((_request, response) => response.end('# TYPE temporal_x counter\ntemporal_x 3\n'));
  servers.push(core);
  await new Promise<void>((resolve) => core.listen(0, '127.0.0.1', resolve));
  const { status, text } = await ask({ metricsUrl: urlOf(core), registry: workerMetrics(() => 2) }, '/metrics');
  expect(status).toBe(200);
  expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual(
    expect.arrayContaining(['temporal_x 3', 'worker_unreplayable_cases 2', expect.stringMatching(/^process_resident_memory_bytes \d+$/)]),
  );
});
