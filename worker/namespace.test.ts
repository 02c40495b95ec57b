import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createBareServerEnv } from '../test/support/bare-server.ts';
import { PATROL_SCHEDULE } from '../workflows/messages.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';
import { ensurePatrol, registerSearchAttributes, UnusableNamespace } from './namespace.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await createBareServerEnv();
}, 60_000);
afterAll(() => env.teardown());

/** A client of the same server whose account may not add search attributes. */
function clientThatMayNotAdd(): Client {
  const { operatorService } = env.connection;
  const addSearchAttributes = () => Promise.reject(new Error('7 PERMISSION_DENIED: not allowed'));
  const connection = { operatorService: Object.assign(Object.create(operatorService), { addSearchAttributes }) };
  return { options: env.client.options, connection } as unknown as Client;
}

test('a namespace that lacks attributes nobody may add is named with what it lacks', async () => {
  const starting = registerSearchAttributes(clientThatMayNotAdd());
  await expect(starting).rejects.toThrow(UnusableNamespace);
  await expect(starting).rejects.toThrow(/"default" lacks .*RefundId \(KEYWORD\).*AutoRefundAt \(DATETIME\).*not allowed/);
});

test('two workers at once add the attributes; the next start finds them and asks for no right to add', async () => {
  const added = await Promise.all([registerSearchAttributes(env.client), registerSearchAttributes(env.client)]);
  expect(new Set(added.flat())).toEqual(new Set(SEARCH_ATTRIBUTES.map(({ name }) => name)));
  expect(await registerSearchAttributes(env.client)).toEqual([]);
  expect(await registerSearchAttributes(clientThatMayNotAdd())).toEqual([]);
});

test('a namespace that is not there is said in one line with what to do', async () => {
  const client = new Client({ connection: env.connection, namespace: 'nowhere' });
  const words = /^Temporal has no namespace "nowhere": set TEMPORAL_NAMESPACE .*namespace create --namespace nowhere/;
  await expect(registerSearchAttributes(client)).rejects.toThrow(words);
});

test('2.7 the patrol is one schedule however often and by how many it is made', async () => {
  await Promise.all([ensurePatrol(env.client), ensurePatrol(env.client)]);
  await ensurePatrol(env.client);
  const { spec, policies, action } = await env.client.schedule.getHandle(PATROL_SCHEDULE).describe();
  expect(spec.intervals).toEqual([expect.objectContaining({ every: 60_000 })]);
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 60_000 });
  expect(action).toMatchObject({ workflowType: 'patrol', taskQueue: 'background' });
});
