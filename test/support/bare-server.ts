import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { startPatiently } from './patient-start.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

/** A real Temporal server in memory that knows nothing of ours, as somebody else would run it. End it with `env.teardown()`. */
export async function createBareServerEnv(): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const path = await findTemporalCli({ environment: process.env, log: () => {} });
  const executable = { type: 'existing-path', path: tetheredProgram(path) } as const;
  const server = { executable, log: { format: 'pretty', level: 'error' } } as const;
  return startPatiently(() => TestWorkflowEnvironment.createLocal({ server }));
}
