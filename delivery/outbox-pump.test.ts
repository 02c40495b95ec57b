import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { claimDeliveries } from '../store/webhook-deliveries.ts';
import { enableEndpoint, findEndpoint } from '../store/webhook-endpoints.ts';
import { dispatchOutbox, replayOutbox } from '../store/outbox-dispatch.ts';
import { attemptDelivery } from './attempt.ts';
import { eventBody } from './event-body.ts';
import { type OutboxPump, startOutboxPump } from './outbox-pump.ts';
import { answering, type Received, type Receiver, startReceiver } from './test-receiver.ts';
import { type DeliveryWorld, eventually, openDeliveryWorld, OTHER_SHOP, SHOP } from './test-world.ts';

interface Started {
  workflowId: string;
  args: [{ deliveryId: string; waitMs: number }];
  workflowIdReusePolicy: string;
}

let world: DeliveryWorld;
let receiver: Receiver;
let pumps: OutboxPump[];
let errors: unknown[];
let started: Started[];
let temporalUp: boolean;

beforeEach(async () => {
  world = await openDeliveryWorld();
  receiver = await startReceiver();
  pumps = [];
  errors = [];
  started = [];
  temporalUp = true;
});
afterEach(async () => {
  await Promise.all(pumps.map((pump) => pump.stop()));
  await receiver.close();
  await world.close();
  expect(errors).toEqual([]);
});

/** The engine as far as the pump asks it; whether a run goes on is the workflow's test. */
const client = {
  withDeadline: (_deadline: number, work: () => Promise<unknown>) => work(),
  workflow: {
    start: async (_type: string, options: Started) => {
      if (!temporalUp) throw new Error('14 UNAVAILABLE');
      started.push(options);
    },
  },
} as unknown as Client;

function pump(): OutboxPump {
  const log = { warn: () => undefined, error: () => undefined };
  const one = startOutboxPump({ ...world.deps, client, log }, { everyMs: 20, onError: (error) => errors.push(error) });
  pumps.push(one);
  return one;
}

const ids = (received: Received[]) => received.map(({ headers }) => headers['webhook-id']);
const settled = (status: string, count: number) =>
  eventually(world.deliveries, (all) => all.filter((one) => one.status === status).length === count);
const makeDue = () =>
  sql`update webhook_deliveries set next_attempt_at = clock_ms() - interval '1 second' where status = 'PENDING'`.execute(
    world.database.kysely,
  );

describe('from the outbox', () => {
  test('each wanted event reaches each wanting endpoint of its shop, signed, once', async () => {
    const other = await startReceiver();
    const mine = await world.endpoint(receiver.url, ['intercept.succeeded', 'refund.refunded']);
    await world.endpoint(other.url, ['intercept.succeeded'], OTHER_SHOP);
    await world.tell('intercept.succeeded');
    await world.tell('intercept.accepted');
    await world.tell('refund.refunded');
    pump();
    await settled('DELIVERED', 2);
    expect(receiver.received).toHaveLength(2);
    expect(other.received).toHaveLength(0);
    const bodies = receiver.received.map(({ body, headers }) => new Webhook(mine.secret).verify(body, headers as Record<string, string>));
    expect(bodies).toMatchObject([
      {
        type: 'intercept.succeeded',
        timestamp: expect.stringMatching(/Z$/),
        data: { sequence: 1_000, apiVersion: 'v1', interceptId: '2260718200000012-1' },
      },
      { type: 'refund.refunded', data: { sequence: 3_000 } },
    ]);
    expect(started).toEqual([]);
    await other.close();
  });

  test('an endpoint hears nothing from before it was there, nor while it is disabled', async () => {
    await world.tell('intercept.succeeded');
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.succeeded']);
    await world.database.kysely.updateTable('webhook_endpoints').set({ enabled: false }).where('endpoint_id', '=', endpointId).execute();
    await world.tell('intercept.succeeded');
    await dispatchOutbox(world.deps.db, 100, eventBody);
    expect(await world.deliveries()).toEqual([]);
    await enableEndpoint(world.deps.db, SHOP, endpointId);
    await world.tell('intercept.succeeded');
    pump();
    await settled('DELIVERED', 1);
    expect(receiver.received).toHaveLength(1);
  });

  test('several pumps share the work without sending twice', async () => {
    await world.endpoint(receiver.url, ['intercept.succeeded']);
    for (let n = 0; n < 60; n += 1) await world.tell('intercept.succeeded', { interceptId: `${n}-1` });
    pump();
    pump();
    pump();
    await settled('DELIVERED', 60);
    expect(new Set(ids(receiver.received)).size).toBe(60);
    expect(receiver.received).toHaveLength(60);
  });

  test('the events of one case arrive in order', async () => {
    await world.endpoint(receiver.url, ['intercept.succeeded']);
    for (let n = 0; n < 20; n += 1) await world.tell('intercept.succeeded');
    pump();
    await settled('DELIVERED', 20);
    const sequences = receiver.received.map(({ body }) => JSON.parse(body).data.sequence as number);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  test('an endpoint that never answers delays nobody else', async () => {
    const dead = await startReceiver();
    dead.answer = () => undefined;
    await world.endpoint(dead.url, ['intercept.succeeded']);
    await world.endpoint(receiver.url, ['intercept.succeeded']);
    for (let n = 0; n < 30; n += 1) await world.tell('intercept.succeeded', { interceptId: `${n}-1` });
    pump();
    await settled('DELIVERED', 30);
    // All of it before even the first attempt at the dead one ended.
    expect((await world.deliveries()).filter(({ status }) => status === 'PENDING').map(({ attempts }) => attempts)).toEqual(
      Array(30).fill(0),
    );
    await dead.close();
  });
});

describe('what fails', () => {
  test('goes to one run that carries the schedule, and is left to it', async () => {
    receiver.answer = answering(500);
    await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    pump();
    const [delivery] = await eventually(world.deliveries, ([one]) => one?.handedOver === true);
    expect(started).toMatchObject([
      {
        workflowId: `webhook:${delivery?.deliveryId}`,
        args: [{ deliveryId: delivery?.deliveryId, waitMs: 5_000 }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      },
    ]);
    await makeDue();
    await world.tell('intercept.failed');
    await eventually(world.deliveries, (all) => all[1]?.handedOver === true);
    expect((await world.deliveries())[0]).toMatchObject({ attempts: 1, status: 'PENDING' });
  });

  test('stays in the outbox while Temporal is away, and is tried on', async () => {
    receiver.answer = answering(503, { 'retry-after': '7' });
    temporalUp = false;
    await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    pump();
    await eventually(world.deliveries, ([one]) => one?.attempts === 1);
    const waiting = await world.database.kysely.selectFrom('webhook_deliveries').select('next_attempt_at').executeTakeFirstOrThrow();
    expect((waiting.next_attempt_at ?? 0) - Date.now()).toBeGreaterThan(5_500);
    receiver.answer = answering(200);
    await makeDue();
    await settled('DELIVERED', 1);
    expect(new Set(ids(receiver.received)).size).toBe(1);
    expect(started).toEqual([]);
  });

  test('comes up again when its run is late beyond doubt', async () => {
    receiver.answer = answering(500);
    await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    pump();
    await eventually(world.deliveries, ([one]) => one?.handedOver === true);
    receiver.answer = answering(200);
    await sql`update webhook_deliveries set next_attempt_at = clock_ms() - interval '11 minutes'`.execute(world.database.kysely);
    await settled('DELIVERED', 1);
    expect(new Set(ids(receiver.received)).size).toBe(1);
  });

  test('a process that dies between sending and noting it: the same message again, none lost', async () => {
    await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    await dispatchOutbox(world.deps.db, 100, eventBody);
    const request = { endpoints: 9, perEndpoint: 9, leaseMs: 60_000, lateMs: 600_000, exceptEndpoints: [] };
    const [claimed] = await claimDeliveries(world.deps.db, request);
    // What the dying process did: sent, and never came to the transaction.
    const { sender } = world.deps;
    const sendAndDie: typeof sender.send = async (message) => {
      await sender.send(message);
      throw new Error('the process died');
    };
    const dying = { ...world.deps, sender: { ...sender, send: sendAndDie } };
    await expect(attemptDelivery(dying, claimed?.deliveryId ?? '')).rejects.toThrow('the process died');
    expect(receiver.received).toHaveLength(1);
    pump();
    await world.tell('intercept.failed');
    await settled('DELIVERED', 1);
    expect((await world.deliveries())[0]).toMatchObject({ status: 'PENDING', attempts: 0 });
    await makeDue();
    await settled('DELIVERED', 2);
    const [first, , again] = receiver.received;
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
    expect(new Set(ids(receiver.received)).size).toBe(2);
  });

  test('410 disables the endpoint and tells the shop; replaying after enabling sends what it missed', async () => {
    receiver.answer = answering(410);
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    pump();
    await settled('FAILED', 1);
    expect(await findEndpoint(world.deps.db, SHOP, endpointId)).toMatchObject({ enabled: false, disabledReason: 'GONE' });
    const notices = await world.database.kysely.selectFrom('notices').selectAll().where('kind', '=', 'NOTICE').execute();
    expect(notices).toMatchObject([
      { code: 'WEBHOOK_ENDPOINT_DISABLED', reference: endpointId, shop_id: SHOP, detail: { reason: 'GONE' } },
    ]);
    await world.tell('intercept.failed');
    await world.tell('intercept.accepted');
    await eventually(
      () => world.database.kysely.selectFrom('outbox').select('outbox_id').where('dispatched_at', 'is', null).execute(),
      (left) => left.length === 0,
    );
    expect(receiver.received).toHaveLength(1);

    receiver.answer = answering(200);
    await enableEndpoint(world.deps.db, SHOP, endpointId);
    const range = { shopId: SHOP, endpointId, types: ['intercept.failed'], from: Date.now() - 60_000, to: null, limit: 10 };
    expect(await replayOutbox(world.deps.db, range, eventBody)).toBe(2);
    await settled('DELIVERED', 2);
    expect(await replayOutbox(world.deps.db, range, eventBody)).toBe(0);
    expect(new Set(ids(receiver.received)).size).toBe(2);
    expect(receiver.received).toHaveLength(3);
  });

  test('a replayed delivery that fails again gets a whole schedule and a run of its own', async () => {
    receiver.answer = answering(500);
    const { endpointId } = await world.endpoint(receiver.url, ['intercept.failed']);
    await world.tell('intercept.failed');
    pump();
    await eventually(world.deliveries, ([one]) => one?.handedOver === true);
    await sql`update webhook_deliveries set status = 'FAILED', failure = 'SCHEDULE_EXHAUSTED'`.execute(world.database.kysely);
    const range = { shopId: SHOP, endpointId, types: ['intercept.failed'], from: Date.now() - 60_000, to: null, limit: 10 };
    expect(await replayOutbox(world.deps.db, range, eventBody)).toBe(1);
    await eventually(
      () => started.length,
      (count) => count === 2,
    );
    expect(started[1]).toMatchObject({ workflowIdReusePolicy: 'ALLOW_DUPLICATE', args: [{ waitMs: 5_000 }] });
  });
});
