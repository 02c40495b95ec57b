import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';

/** Said by tests that break things on purpose, and by workers that carry out activities alone. */
const EXPECTED = ['Activity failed', 'No workflows registered, not polling for workflow tasks'];
const KEPT = 1_000;
const entries: LogEntry[] = [];
let installed = false;

/** Lets the SDK's runtime of this test file log warnings and errors alone, without those that tests provoke. */
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  const logger = new DefaultLogger('WARN', (entry) => {
    entries.push(entry);
    if (entries.length > KEPT) entries.shift();
    if (!EXPECTED.includes(entry.message)) process.stderr.write(`${entry.level} ${entry.message} ${describe(entry.meta)}\n`);
  });
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'ERROR' } } });
}

function describe(meta: LogEntry['meta']): string {
  const { workflowId, error } = (meta ?? {}) as { workflowId?: unknown; error?: unknown };
  return [workflowId, error].filter((part) => part !== undefined).join(' ');
}

/** Warnings and errors logged so far, the latest last: a failed workflow task shows nowhere else. */
export function loggedEntries(): readonly LogEntry[] {
  return entries;
}
