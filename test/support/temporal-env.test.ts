import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TypedSearchAttributes } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { HOUR_MS } from '../../domain/time.ts';
import { AUTO_REFUND_AT, INTERCEPT_STATUS } from '../../workflows/search-attributes.ts';
import { createDevServerEnv } from './dev-server.ts';
import { createTimeSkippingEnv } from './time-skipping.ts';

const AT = new Date('2026-11-23T08:00:00.000Z');

/** Both servers must take our search attributes: the time-skipping one refuses a start with any it does not know. */
async function startWithAttributes(env: TestWorkflowEnvironment): Promise<unknown> {
  const handle = await env.client.workflow.start('unknown', {
    workflowId: 'case',
    taskQueue: 'nobody',
    typedSearchAttributes: [
      { key: INTERCEPT_STATUS, value: 'REQUESTED' },
      { key: AUTO_REFUND_AT, value: AT },
    ],
  });
  const { typedSearchAttributes } = await handle.describe();
  await handle.terminate();
  const attributes = new TypedSearchAttributes(typedSearchAttributes.getAll());
  return { status: attributes.get(INTERCEPT_STATUS), at: attributes.get(AUTO_REFUND_AT) };
}

describe.each([
  ['time-skipping server', createTimeSkippingEnv],
  ['dev server', createDevServerEnv],
])('%s', (_name, create) => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await create();
  });
  afterAll(() => env.teardown());

  test('knows our search attributes', async () => {
    expect(await startWithAttributes(env)).toEqual({ status: 'REQUESTED', at: AT });
  });
});

describe('a server that files have one after another', () => {
  /** A run whose task waits for a worker is left open. */
  async function leave(env: TestWorkflowEnvironment): Promise<void> {
    await env.client.workflow.start('unknown', { workflowId: 'left', taskQueue: 'nobody' });
    await env.teardown();
  }

  test('shows a file nothing of the one before', async () => {
    const first = await createDevServerEnv();
    await leave(first);
    const second = await createDevServerEnv();
    expect(second.address).toBe(first.address);
    await expect(second.client.workflow.getHandle('left').describe()).rejects.toThrow(/not found/i);
    await second.teardown();
  });

  test('is not handed on when a file leaves its clock held', async () => {
    const first = await createTimeSkippingEnv();
    await leave(first);
    const second = await createTimeSkippingEnv();
    const before = await second.currentTimeMs();
    await second.connection.withDeadline(Date.now() + 10_000, () => second.sleep(HOUR_MS));
    expect((await second.currentTimeMs()) - before).toBeGreaterThanOrEqual(HOUR_MS);
    await second.teardown();
  });
});

test('a signal that a test plays to what it tests ends no worker of this process', async () => {
  const env = await createDevServerEnv();
  process.emit('SIGUSR2', 'SIGUSR2');
  const options = { connection: env.nativeConnection, namespace: env.namespace, taskQueue: 'signalled' };
  const worker = await Worker.create({ ...options, activities: { rest: async () => {} } });
  await worker.runUntil(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(worker.getState()).toBe('RUNNING');
  });
  await env.teardown();
});
