import { SearchAttributeType } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTestServer } from '../../dev/programs/test-server.ts';
import { clientConverter } from '../../sealing/data-converter.ts';
import type { PayloadKey } from '../../sealing/payload-keys.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { startPatiently } from './patient-start.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import { tetheredProgram } from './tether.ts';

/** The server's own number (IndexedValueType) of each type we use. */
const INDEXED_VALUE_TYPE: Partial<Record<SearchAttributeType, number>> = {
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.DATETIME]: 6,
};

/**
 * A time-skipping server with our search attributes, and clients for it. One a test file: time belongs to the whole
 * server, so tests of a file run one after another and never await two results at once. Move the clock with
 * `env.sleep`, not with `executeUpdate`, which skips nothing. Its client seals with `payloadKeys`. End it with `env.teardown()`.
 */
export async function createTimeSkippingEnv(payloadKeys: readonly PayloadKey[] = []): Promise<TestWorkflowEnvironment> {
  installQuietRuntime();
  const path = await findTestServer({ environment: process.env, log: () => {} });
  const server = { executable: { type: 'existing-path', path: tetheredProgram(path) } } as const;
  const client = { dataConverter: clientConverter(payloadKeys) };
  const env = await startPatiently(() => TestWorkflowEnvironment.createTimeSkipping({ server, client }));
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type] ?? 0]));
  await env.connection.operatorService.addSearchAttributes({ namespace: env.namespace ?? 'default', searchAttributes });
  return env;
}
