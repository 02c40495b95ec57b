import { afterAll, beforeAll, test } from '@jest/globals';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';
import { type Sandbox, startSandbox } from '../support/sandbox.ts';
import { startTraceReceiver, type TraceReceiver } from '../support/trace-receiver.ts';
import { carrierTests } from './carriers.ts';
import { personalDataTests } from './personal-data.ts';
import { recipeTests } from './recipes.ts';
import { sandboxTests } from './sandbox.ts';
import { telemetryTests } from './telemetry.ts';

/** One whole product for all that only looks at it from outside: starting it is the slow part. */
let stack: RunningStack;
let collector: TraceReceiver;
let sandbox: Sandbox;
const DATA_KEY = Buffer.alloc(32, 5).toString('base64');
beforeAll(async () => {
  collector = await startTraceReceiver();
  sandbox = await startSandbox({ paceMs: 200, paymentDelayMs: 200 });
  const settings = { CREATE_WAIT: '2s', SIM_PACE: '200', SIM_PAYMENT_DELAY: '200', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  stack = await startRunningStack({ ...settings, ...sandbox.variables, DATA_KEY, CARRIER_POLL_EVERY: '1s', LOG_LEVEL: 'trace' });
}, 120_000);
afterAll(async () => {
  await stack.remove();
  await collector.close();
  await sandbox.simulators.close();
}, 60_000);

recipeTests(() => stack);
carrierTests(() => stack);
telemetryTests(
  () => stack,
  () => collector,
);
sandboxTests(
  () => stack,
  () => sandbox,
  DATA_KEY,
);
personalDataTests(() => stack);

test('the database keeps every promise', () => stack.checkInvariants(), 60_000);
