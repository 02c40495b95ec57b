import { Client } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { TestWorkflowEnvironment, TimeSkippingWorkflowClient } from '@temporalio/testing';
import { findTestServer } from '../../dev/programs/test-server.ts';
import { clientConverter } from '../../sealing/data-converter.ts';
import type { PayloadKey } from '../../sealing/payload-keys.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { KeptServer } from './kept-server.ts';
import { startPatiently } from './patient-start.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

/** The server's own number (IndexedValueType) of each type we use. */
const INDEXED_VALUE_TYPE: Partial<Record<SearchAttributeType, number>> = {
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.DATETIME]: 6,
};
const SKIP_LIMIT_MS = 2_000;

const server = new KeptServer(startServer, canStillSkip);

/**
 * A time-skipping server with our search attributes, and clients for it. The files of a worker of Jest have it one after another, each with a
 * namespace of its own; its clock is ahead by all they skipped, years even. Time belongs to the whole server, so tests of a file run one
 * after another and never await two results at once. Move the clock with `env.sleep`, not with `executeUpdate`, which skips nothing. Its
 * client seals with `payloadKeys`. End its use with `env.teardown()`.
 */
export function createTimeSkippingEnv(payloadKeys: readonly PayloadKey[] = []): Promise<TestWorkflowEnvironment> {
  return server.lend(async ({ connection }, namespace) => {
    const client = new Client({ connection, namespace, dataConverter: clientConverter(payloadKeys) });
    const workflow = new TimeSkippingWorkflowClient({ ...client.workflow.options, connection });
    return Object.assign(client, { workflow });
  });
}

async function startServer(): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const path = await findTestServer({ environment: process.env, log: () => {} });
  const options = { executable: { type: 'existing-path', path: tetheredProgram(path) } } as const;
  const env = await startPatiently(() => TestWorkflowEnvironment.createTimeSkipping({ server: options }));
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type] ?? 0]));
  // They are the server's, whatever the namespace.
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  return env;
}

/** Ends the runs that a file left open, whose timers and tasks would move or hold the clock of the next, and tries whether the clock moves. */
async function canStillSkip(env: TestWorkflowEnvironment): Promise<boolean> {
  const { client, connection, namespace } = env;
  const startTimeFilter = { earliestTime: msToTs(0), latestTime: msToTs(await env.currentTimeMs()) };
  const { executions } = await connection.workflowService.listOpenWorkflowExecutions({ namespace, startTimeFilter });
  for (const { execution } of executions) await client.workflow.getHandle(execution?.workflowId ?? '').terminate('the test file has ended');
  await connection.withDeadline(Date.now() + SKIP_LIMIT_MS, () => env.sleep('1h'));
  return true;
}
