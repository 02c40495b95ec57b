import { type LogLevel, Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { freePort } from './free-port.ts';

/** Where the native core's Prometheus exporter listens, for the admin port to pass on. */
export interface CoreMetrics {
  url: string;
}

/**
 * Installs the SDK's runtime: its log lines go to the same pino, its metrics to a loopback port. Call once, before
 * any connection; shutdown signals are left to the process itself.
 */
export async function installRuntime(log: Logger): Promise<CoreMetrics> {
  const port = await freePort();
  const component = log.child({ part: 'temporal' });
  const options: RuntimeOptions = {
    logger: {
      log: (level, message, meta) => write(component, level, message, meta),
      trace: (message, meta) => write(component, 'TRACE', message, meta),
      debug: (message, meta) => write(component, 'DEBUG', message, meta),
      info: (message, meta) => write(component, 'INFO', message, meta),
      warn: (message, meta) => write(component, 'WARN', message, meta),
      error: (message, meta) => write(component, 'ERROR', message, meta),
    },
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      metrics: { prometheus: { bindAddress: `127.0.0.1:${port}`, useSecondsForDurations: true } },
    },
    shutdownSignals: [],
  };
  Runtime.install(options);
  return { url: `http://127.0.0.1:${port}/metrics` };
}

/** What the SDK tells of its own coming and going is of no use to whoever runs the service. */
const PINO_LEVEL = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const satisfies Record<
  LogLevel,
  string
>;

/** The SDK warns of a worker without workflows; a carrier's has none on purpose. */
const MEANT = /^No (workflows|Nexus services) registered/;

/** The SDK logs (message, meta), pino takes (meta, message). */
function write(log: Logger, level: LogLevel, message: string, meta?: object): void {
  log[MEANT.test(message) ? 'debug' : PINO_LEVEL[level]](meta ?? {}, message);
}
