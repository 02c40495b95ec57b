import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { Webhook } from 'standardwebhooks';
import type { WebhookActivities } from '../activities/types.ts';
import { createWebhookActivities } from '../activities/webhooks.ts';
import { type OutboxPump, startOutboxPump } from '../delivery/outbox-pump.ts';
import { answering, type Receiver, startReceiver } from '../delivery/test-receiver.ts';
import { type DeliveryWorld, eventually, openDeliveryWorld, SHOP } from '../delivery/test-world.ts';
import { findEndpoint } from '../store/webhook-endpoints.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { workflowBundle } from '../test/support/workflow-bundle.ts';
import { BACKGROUND_QUEUE, webhookWorkflowId } from './messages.ts';

let env: TestWorkflowEnvironment;
let world: DeliveryWorld;
let receiver: Receiver;
let worker: Worker;
let running: Promise<void>;
let pump: OutboxPump;

/** One worker for the file: it calls whatever world is the test's. */
beforeAll(async () => {
  env = await createTimeSkippingEnv();
  worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: BACKGROUND_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: { attemptWebhook: (request) => createWebhookActivities(world.deps).attemptWebhook(request) } satisfies WebhookActivities,
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

beforeEach(async () => {
  world = await openDeliveryWorld();
  receiver = await startReceiver();
  const log = { warn: () => undefined, error: () => undefined };
  pump = startOutboxPump({ ...world.deps, client: env.client, log }, { everyMs: 20, onError: () => undefined });
});
afterEach(async () => {
  await pump.stop();
  await receiver.close();
  await world.close();
});

const handedOver = (count: number) => eventually(world.deliveries, (all) => all.filter((one) => one.handedOver).length === count, 20_000);
const result = (deliveryId: string) => env.client.workflow.getHandle(webhookWorkflowId(deliveryId)).result() as Promise<string>;

describe('deliverWebhook on the time-skipping server', () => {
  test('a receiver down for a day, then up: every event arrives, none under two ids', async () => {
    receiver.answer = answering(503);
    const { secret, endpointId } = await world.endpoint(receiver.url, ['intercept.succeeded', 'refund.refunded']);
    for (let n = 0; n < 6; n += 1)
      await world.tell(n % 2 === 0 ? 'intercept.succeeded' : 'refund.refunded', {
        interceptId: `${n}-1`,
        payload: { interceptId: `${n}-1` },
      });
    const deliveries = await handedOver(6);

    await env.sleep('24h');
    const downtime = await world.deliveries();
    // At once, and after 5 s, 5 min, 30 min, 2, 5 and 10 h.
    expect(downtime.map(({ status, attempts }) => [status, attempts])).toEqual(Array.from({ length: 6 }, () => ['PENDING', 7]));
    receiver.answer = answering(204);
    for (const { deliveryId } of deliveries) expect(await result(deliveryId)).toBe('DELIVERED');

    const idsOf = new Map<string, Set<string>>();
    for (const { body, headers } of receiver.received) {
      const { data } = JSON.parse(body) as { data: { interceptId: string } };
      idsOf.set(data.interceptId, (idsOf.get(data.interceptId) ?? new Set()).add(String(headers['webhook-id'])));
    }
    expect([...idsOf.keys()].sort()).toEqual(['0-1', '1-1', '2-1', '3-1', '4-1', '5-1']);
    for (const ids of idsOf.values()) expect(ids.size).toBe(1);
    expect(new Set([...idsOf.values()].flatMap((ids) => [...ids])).size).toBe(6);
    const last = receiver.received.at(-1);
    expect(new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>)).toMatchObject({
      data: { apiVersion: 'v1' },
    });
    expect((await world.deliveries()).map(({ status, attempts }) => [status, attempts])).toEqual(
      Array.from({ length: 6 }, () => ['DELIVERED', 8]),
    );
    expect(await findEndpoint(world.deps.db, SHOP, endpointId)).toMatchObject({ enabled: true, failingSince: null });
  });

  test('a receiver that never comes back: ten attempts, then given up, disabled and told', async () => {
    receiver.answer = answering(500);
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    const [delivery] = await handedOver(1);
    expect(await result(delivery?.deliveryId ?? '')).toBe('FAILED');
    expect(await world.deliveries()).toMatchObject([{ status: 'FAILED', failure: 'SCHEDULE_EXHAUSTED', attempts: 10 }]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await findEndpoint(world.deps.db, SHOP, endpointId)).toMatchObject({ enabled: false, disabledReason: 'FAILING' });
    const notices = await world.deps.db.selectFrom('notices').select(['code', 'reference']).where('kind', '=', 'NOTICE').execute();
    expect(notices).toEqual([{ code: 'WEBHOOK_ENDPOINT_DISABLED', reference: endpointId }]);
  });

  test('a longer Retry-After moves the next attempt; 410 ends everything', async () => {
    receiver.answer = answering(429, { 'retry-after': '3600' });
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    const [delivery] = await handedOver(1);
    await env.sleep('59m');
    expect(receiver.received).toHaveLength(1);
    receiver.answer = answering(410);
    expect(await result(delivery?.deliveryId ?? '')).toBe('FAILED');
    expect(receiver.received).toHaveLength(2);
    expect(await world.deliveries()).toMatchObject([{ status: 'FAILED', failure: 'GONE', attempts: 2 }]);
    expect(await findEndpoint(world.deps.db, SHOP, endpointId)).toMatchObject({ enabled: false, disabledReason: 'GONE' });
  });

  test('an endpoint disabled meanwhile is not called again', async () => {
    receiver.answer = answering(500);
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    const [delivery] = await handedOver(1);
    await world.deps.db.updateTable('webhook_endpoints').set({ enabled: false }).where('endpoint_id', '=', endpointId).execute();
    expect(await result(delivery?.deliveryId ?? '')).toBe('FAILED');
    expect(receiver.received).toHaveLength(1);
    expect(await world.deliveries()).toMatchObject([{ status: 'FAILED', failure: 'ENDPOINT_DISABLED' }]);
  });
});
