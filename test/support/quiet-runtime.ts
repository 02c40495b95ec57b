import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/** Lets the SDK's runtime of this test file log warnings and errors alone. */
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { filter: 'ERROR' } } });
}
