import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** Numbers of the API process, by operation; never by person, shop or id. */
export interface ApiMetrics {
  registry: Registry;
  requestFinished(operation: string, status: number, seconds: number): void;
  requestAborted(operation: string): void;
  /** A gauge read when it is scraped; a failing read leaves the gauge out and is counted. */
  gauge(name: string, help: string, read: () => Promise<number>): void;
  /** A gauge with one value a label, such as a carrier; every label is told in every read. */
  gauges(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>): void;
}

export function apiMetrics(): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'api_requests_total',
    help: 'Finished requests by operation and status',
    labelNames: ['operation', 'status'] as const,
    registers: [registry],
  });
  const aborted = new Counter({
    name: 'api_requests_aborted_total',
    help: 'Requests whose caller went away first',
    labelNames: ['operation'] as const,
    registers: [registry],
  });
  const failedReads = new Counter({
    name: 'api_gauge_reads_failed_total',
    help: 'Gauges that could not be read when scraped',
    labelNames: ['gauge'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'api_request_seconds',
    help: 'Time to answer by operation',
    labelNames: ['operation'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    requestFinished(operation, status, duration) {
      requests.inc({ operation, status: String(status) });
      seconds.observe({ operation }, duration);
    },
    requestAborted: (operation) => aborted.inc({ operation }),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          try {
            this.set(await read());
          } catch {
            this.remove();
            failedReads.inc({ gauge: name });
          }
        },
      });
    },
    gauges(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          try {
            for (const [value, count] of await read()) this.set({ [label]: value }, count);
          } catch {
            this.reset();
            failedReads.inc({ gauge: name });
          }
        },
      });
    },
  };
}
