import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';

/** Said by tests that break things on purpose, and by workers that carry out activities alone. */
const EXPECTED = ['Activity failed', 'No workflows registered, not polling for workflow tasks'];
let installed = false;

/** Lets the SDK's runtime of this test file log warnings and errors alone, without those that tests provoke. */
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  const logger = new DefaultLogger('WARN', (entry) => {
    if (!EXPECTED.includes(entry.message)) process.stderr.write(`${entry.level} ${entry.message} ${describe(entry.meta)}\n`);
  });
  // A test that plays a signal to what it tests would by the SDK's own listeners end every worker of this process, those of later files too.
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR' } } });
}

function describe(meta: LogEntry['meta']): string {
  const { workflowId, error } = (meta ?? {}) as { workflowId?: unknown; error?: unknown };
  return [workflowId, error].map((part) => (part === undefined ? '' : String(part as string | Error))).join(' ');
}
