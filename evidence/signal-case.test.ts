import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDevServerEnv } from '../test/support/dev-server.ts';
import { interceptWorkflowId } from '../workflows/messages.ts';
import { signalEvidence, signalRefund, TemporalUnreachable } from './signal-case.ts';

const SIGNALS_A_RUN = 2;

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await createDevServerEnv({ 'history.maximumSignalsPerExecution': SIGNALS_A_RUN });
});
afterAll(() => env.teardown());

test('a run that may be told no more is told later: nothing is wrong with the evidence', async () => {
  await env.client.workflow.start('intercept', { taskQueue: 'nobody', workflowId: interceptWorkflowId('1-1'), args: [] });
  for (let sent = 0; sent < SIGNALS_A_RUN; sent += 1) expect(await signalEvidence(env.client, '1-1', [])).toBe('SENT');
  await expect(signalEvidence(env.client, '1-1', [])).rejects.toBeInstanceOf(TemporalUnreachable);
  await expect(signalRefund(env.client, '1-1', { refund: null, readAt: 0, notice: null })).rejects.toThrow(/exceeded/);
});

test('a signal that is itself too long is refused as what it is', async () => {
  await env.client.workflow.start('intercept', { taskQueue: 'nobody', workflowId: interceptWorkflowId('2-1'), args: [] });
  const message = 'x'.repeat(3_000_000);
  const evidence = { key: 'k', kind: 'SCAN', occurredAt: 0, receivedAt: 0, code: null, message } as const;
  await expect(signalEvidence(env.client, '2-1', [evidence])).rejects.not.toBeInstanceOf(TemporalUnreachable);
});

test('a case without a run is said to have none', async () => {
  expect(await signalEvidence(env.client, '3-1', [])).toBe('NO_RUN');
});
