import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

/**
 * A real Temporal server in memory, on free ports, with our search attributes: for what the time-skipping server lacks
 * (lists, counts, schedules, search). Its clock is the wall clock. One a test file; end it with `env.teardown()`.
 */
export async function createDevServerEnv(): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const path = await findTemporalCli({ environment: process.env, log: () => {} });
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: tetheredProgram(path) },
      searchAttributes: [...SEARCH_ATTRIBUTES],
      log: { format: 'pretty', level: 'error' },
    },
  });
}
