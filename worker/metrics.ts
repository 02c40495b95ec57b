import { collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client';

/** Numbers of the worker process itself, beside those of the SDK's core. */
export function workerMetrics(unreplayableCount: () => number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'worker_unreplayable_cases',
    help: 'Open cases that do not replay with this code',
    registers: [registry],
    collect() {
      this.set(unreplayableCount());
    },
  });
  return registry;
}
