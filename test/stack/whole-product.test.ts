import { afterAll, beforeAll, test } from '@jest/globals';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';
import { startTraceReceiver, type TraceReceiver } from '../support/trace-receiver.ts';
import { carrierTests } from './carriers.ts';
import { recipeTests } from './recipes.ts';
import { telemetryTests } from './telemetry.ts';

/** One whole product for all that only looks at it from outside: starting it is the slow part. */
let stack: RunningStack;
let collector: TraceReceiver;
beforeAll(async () => {
  collector = await startTraceReceiver();
  const settings = { CREATE_WAIT: '2s', SIM_PACE: '200', SIM_PAYMENT_DELAY: '200', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  stack = await startRunningStack(settings);
}, 120_000);
afterAll(async () => {
  await stack.remove();
  await collector.close();
}, 60_000);

recipeTests(() => stack);
carrierTests(() => stack);
telemetryTests(
  () => stack,
  () => collector,
);

test('the database keeps every promise', () => stack.checkInvariants(), 60_000);
