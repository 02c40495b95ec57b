import { createServer, type Server } from 'node:http';
import type { Registry } from '@prometheus-io/client';

/** What the admin port answers with. */
export interface WorkerHealth {
  isPolling(): boolean;
  /** Open cases that do not replay with this code; they stand still, the others go on. */
  unreplayable(): string[];
  /** Where the native core exports its metrics. */
  metricsUrl: string;
  /** The process's own metrics. */
  registry: Registry;
}

/** The worker's admin port: `/livez` shallow, `/readyz` 200 once it polls, `/metrics` of the SDK's core and its own. Never on a public port. */
export function openAdminPort(host: string, port: number, health: WorkerHealth): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', health).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function answer(url: string, health: WorkerHealth): Promise<{ status: number; type: string; body: string }> {
  const json = (status: number, body: object) => ({ status, type: 'application/json', body: JSON.stringify(body) });
  if (url === '/livez') return json(200, { status: 'alive' });
  const unreplayable = health.unreplayable();
  if (url === '/readyz') return json(health.isPolling() ? 200 : 503, { polling: health.isPolling(), unreplayable });
  if (url !== '/metrics') return json(404, { status: 'not found' });
  try {
    const metrics = await fetch(health.metricsUrl, { signal: AbortSignal.timeout(2_000) });
    return {
      status: 200,
      type: 'text/plain; version=0.0.4',
      body: `${(await metrics.text()).trimEnd()}\n${await health.registry.metrics()}`,
    };
  } catch (error) {
    return json(503, { error: String(error) });
  }
}
