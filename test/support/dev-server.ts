import { type LocalTestWorkflowEnvironmentOptions, TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { startPatiently } from './patient-start.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

/**
 * A real Temporal server in memory, on free ports, with our search attributes: for what the time-skipping server lacks
 * (lists, counts, schedules, search). Its clock is the wall clock. One a test file; end it with `env.teardown()`.
 * `settings` are dynamic configuration of the server, such as limits made small enough to be met.
 */
export async function createDevServerEnv(settings: Record<string, string | number | boolean> = {}): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const path = await findTemporalCli({ environment: process.env, log: () => {} });
  const server: LocalTestWorkflowEnvironmentOptions['server'] = {
    executable: { type: 'existing-path', path: tetheredProgram(path) },
    searchAttributes: [...SEARCH_ATTRIBUTES],
    extraArgs: Object.entries(settings).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${JSON.stringify(value)}`]),
    log: { format: 'pretty', level: 'error' },
  };
  return startPatiently(() => TestWorkflowEnvironment.createLocal({ server }));
}
