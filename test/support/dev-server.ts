import { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { type LocalTestWorkflowEnvironmentOptions, TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../dev/programs/temporal-cli.ts';
import { readTemporalDevSettings } from '../../dev/temporal-compose.ts';
import { DAY_MS } from '../../domain/time.ts';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { KeptServer } from './kept-server.ts';
import { startPatiently } from './patient-start.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

type Settings = Record<string, string | number | boolean>;

const server = new KeptServer(
  () => startServer({}),
  async () => true,
);

/**
 * A real Temporal server in memory, on free ports, with our search attributes and configured as `temporal-dev.yml` has it: for what the
 * time-skipping server lacks (lists, counts, schedules, search). Its clock is the wall clock. The files of a worker of Jest have it one after
 * another, each with a namespace of its own; end its use with `env.teardown()`. `settings` are dynamic configuration, such as limits made small
 * enough to be met: the file then has a server to itself.
 */
export async function createDevServerEnv(settings?: Settings): Promise<TestWorkflowEnvironment> {
  if (settings !== undefined) return startServer(settings);
  return server.lend(async ({ connection }, namespace) => {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(DAY_MS) });
    const client = new Client({ connection, namespace });
    await registerSearchAttributes(client);
    return client;
  });
}

async function startServer(settings: Settings): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const [path, { flags }] = await Promise.all([findTemporalCli({ environment: process.env, log: () => {} }), readTemporalDevSettings()]);
  const configured = flags.filter((flag) => flag.startsWith('--dynamic-config-value='));
  const options: LocalTestWorkflowEnvironmentOptions['server'] = {
    executable: { type: 'existing-path', path: tetheredProgram(path) },
    searchAttributes: [...SEARCH_ATTRIBUTES],
    extraArgs: [
      ...configured,
      ...Object.entries(settings).map(([name, value]) => `--dynamic-config-value=${name}=${JSON.stringify(value)}`),
    ],
    log: { format: 'pretty', level: 'error' },
  };
  return startPatiently(() => TestWorkflowEnvironment.createLocal({ server: options }));
}
