import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './db.ts';
import { insertOutbox } from './outbox.ts';
import { dispatchOutbox } from './outbox-dispatch.ts';
import { addShops, OTHER_SHOP, SHOP } from './test-cases.ts';
import { newId } from './values.ts';
import { type AttemptRecord, claimDeliveries, outgoingDepth, recordAttempt, readDelivery } from './webhook-deliveries.ts';
import { findDelivery, listDeliveries } from './webhook-delivery-log.ts';
import { changeSecrets, deleteEndpoint, enableEndpoint, findEndpoint, insertEndpoint, listEndpoints } from './webhook-endpoints.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { max: 10, applicationName: 'webhook-deliveries-test', onError: () => undefined });
  await addShops(database.kysely);
});
beforeEach(async () => {
  for (const table of ['webhook_attempts', 'webhook_deliveries', 'webhook_endpoints', 'notices', 'outbox'] as const) {
    await database.kysely.deleteFrom(table).execute();
  }
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const DUE = { endpoints: 10, perEndpoint: 2, leaseMs: 60_000, lateMs: 600_000, exceptEndpoints: [] };
let events = 0;

async function endpoint(shopId = SHOP) {
  const made = await insertEndpoint(
    database.kysely,
    { endpointId: newId('whe'), shopId, url: 'https://erp.example.com/', types: ['intercept.failed'], secretSealed: 'sealed-1' },
    50,
  );
  if (made === null) throw new Error('too many');
  return made;
}

/** `count` deliveries to every endpoint. */
async function deliveries(count: number, shopId = SHOP): Promise<string[]> {
  for (let n = 0; n < count; n += 1) {
    events += 1;
    const eventKey = `event-${events}`;
    await insertOutbox(database.kysely, {
      eventKey,
      shopId,
      interceptId: '1-1',
      sequence: events,
      type: 'intercept.failed',
      payload: {},
      occurredAt: Date.now(),
    });
  }
  await dispatchOutbox(database.kysely, 100, () => '{}');
  const rows = await database.kysely.selectFrom('webhook_deliveries').select('delivery_id').orderBy('outbox_id').execute();
  return rows.map((row) => row.delivery_id);
}

const attempt = (deliveryId: string, over: Partial<AttemptRecord> = {}): AttemptRecord => ({
  deliveryId,
  at: Date.now(),
  durationMs: 5,
  outcome: 'FAILED',
  responseStatus: 500,
  error: 'HTTP_500',
  manual: false,
  waitAfter: (failedAttempts) => (failedAttempts < 3 ? 1_000 * failedAttempts : null),
  ...over,
});
const success = { outcome: 'DELIVERED', responseStatus: 200, error: null } as const;

describe('claiming', () => {
  test('a few of each endpoint, oldest first, and nobody else gets them while leased', async () => {
    const [a, b] = [await endpoint(), await endpoint()];
    await deliveries(5);
    const first = await claimDeliveries(database.kysely, DUE);
    expect(first.map((one) => one.endpointId).sort()).toEqual([a, a, b, b].map((one) => one.endpointId).sort());
    const second = await claimDeliveries(database.kysely, { ...DUE, exceptEndpoints: [b.endpointId] });
    expect(second.map((one) => one.endpointId)).toEqual([a.endpointId, a.endpointId]);
    const rest = [...(await claimDeliveries(database.kysely, DUE)), ...(await claimDeliveries(database.kysely, DUE))];
    const all = [...first, ...second, ...rest].map((one) => one.deliveryId);
    expect(new Set(all).size).toBe(10);
    expect(await claimDeliveries(database.kysely, DUE)).toEqual([]);
    const { dueAt, ...depth } = await outgoingDepth(database.kysely);
    expect(depth).toEqual({ undispatched: 0, oldestAt: null, pending: 10 });
    expect(dueAt).toBeGreaterThan(Date.now());
  });

  test('many at once never get the same one', async () => {
    await endpoint();
    await deliveries(20);
    const rounds = await Promise.all(Array.from({ length: 12 }, () => claimDeliveries(database.kysely, DUE)));
    const ids = rounds.flat().map((one) => one.deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('dispatching again makes no second delivery', async () => {
    await endpoint();
    const [one] = await deliveries(1);
    await database.kysely.updateTable('outbox').set({ dispatched_at: null }).execute();
    await dispatchOutbox(database.kysely, 100, () => '{"other":true}');
    expect(await deliveries(0)).toEqual([one]);
    expect(await readDelivery(database.kysely, one ?? '')).toMatchObject({ body: '{}', ofEvent: true, replayed: false });
  });
});

describe('attempts', () => {
  test('a failing one waits as scheduled, a success settles it for good', async () => {
    const { endpointId } = await endpoint();
    const [id = ''] = await deliveries(1);
    expect(await recordAttempt(database.kysely, attempt(id))).toEqual({ kind: 'WAITING', waitMs: 1_000 });
    expect(await recordAttempt(database.kysely, attempt(id))).toEqual({ kind: 'WAITING', waitMs: 2_000 });
    expect((await findEndpoint(database.kysely, SHOP, endpointId))?.failingSince).toEqual(expect.any(Number));
    expect(await recordAttempt(database.kysely, attempt(id, success))).toEqual({ kind: 'SETTLED', status: 'DELIVERED' });
    expect((await findEndpoint(database.kysely, SHOP, endpointId))?.failingSince).toBeNull();
    expect(await recordAttempt(database.kysely, attempt(id))).toEqual({ kind: 'SETTLED', status: 'DELIVERED' });
    const logged = await findDelivery(database.kysely, SHOP, endpointId, id);
    expect(logged).toMatchObject({ status: 'DELIVERED', failure: null, nextAttemptAt: null, settledAt: expect.any(Number) });
    expect(logged?.attempts.map(({ attempt, responseStatus, error }) => [attempt, responseStatus, error])).toEqual([
      [1, 500, 'HTTP_500'],
      [2, 500, 'HTTP_500'],
      [3, 200, null],
      [4, 500, 'HTTP_500'],
    ]);
  });

  test('a schedule without any success gives up and disables the endpoint, once told', async () => {
    const { endpointId } = await endpoint();
    const [one = '', two = ''] = await deliveries(2);
    for (const id of [one, two, one, two, one]) await recordAttempt(database.kysely, attempt(id));
    expect(await findDelivery(database.kysely, SHOP, endpointId, one)).toMatchObject({ status: 'FAILED', failure: 'SCHEDULE_EXHAUSTED' });
    expect(await findEndpoint(database.kysely, SHOP, endpointId)).toMatchObject({ enabled: false, disabledReason: 'FAILING' });
    await recordAttempt(database.kysely, attempt(two));
    const told = await database.kysely.selectFrom('notices').selectAll().where('code', '=', 'WEBHOOK_ENDPOINT_DISABLED').execute();
    expect(told).toMatchObject([{ kind: 'NOTICE', reference: endpointId, detail: { reason: 'FAILING' } }]);
    expect(await enableEndpoint(database.kysely, SHOP, endpointId)).toMatchObject({
      enabled: true,
      disabledReason: null,
      failingSince: null,
    });
  });

  test('one delivery given up does not disable an endpoint that took others meanwhile', async () => {
    const { endpointId } = await endpoint();
    const [one = '', two = ''] = await deliveries(2);
    const at = Date.now();
    await recordAttempt(database.kysely, attempt(one, { at }));
    await recordAttempt(database.kysely, attempt(two, { ...success, at: at + 1 }));
    await recordAttempt(database.kysely, attempt(one, { at: at + 2 }));
    expect(await recordAttempt(database.kysely, attempt(one, { at: at + 3 }))).toEqual({ kind: 'SETTLED', status: 'FAILED' });
    expect(await findEndpoint(database.kysely, SHOP, endpointId)).toMatchObject({ enabled: true });
  });

  test('what a person asks for counts for no schedule', async () => {
    const { endpointId } = await endpoint();
    const [id = ''] = await deliveries(1);
    await recordAttempt(database.kysely, attempt(id));
    for (let n = 0; n < 5; n += 1) await recordAttempt(database.kysely, attempt(id, { manual: true }));
    expect(await recordAttempt(database.kysely, attempt(id))).toEqual({ kind: 'WAITING', waitMs: 2_000 });
    expect((await findDelivery(database.kysely, SHOP, endpointId, id))?.attempts).toHaveLength(7);
    expect(await recordAttempt(database.kysely, attempt(id, { ...success, manual: true }))).toEqual({
      kind: 'SETTLED',
      status: 'DELIVERED',
    });
  });
});

describe('endpoints', () => {
  test('belong to their shop alone', async () => {
    const { endpointId } = await endpoint();
    const [id = ''] = await deliveries(1);
    expect(await findEndpoint(database.kysely, OTHER_SHOP, endpointId)).toBeNull();
    expect(await findDelivery(database.kysely, OTHER_SHOP, endpointId, id)).toBeNull();
    expect(await deleteEndpoint(database.kysely, OTHER_SHOP, endpointId)).toBe(false);
    expect(await enableEndpoint(database.kysely, OTHER_SHOP, endpointId)).toBeNull();
    expect(await changeSecrets(database.kysely, OTHER_SHOP, endpointId, () => ['x'])).toBeNull();
    expect((await listEndpoints(database.kysely, OTHER_SHOP, { limit: 10, after: null })).items).toEqual([]);
    expect((await listDeliveries(database.kysely, { shopId: OTHER_SHOP, endpointId }, { limit: 10, after: null })).items).toEqual([]);
  });

  test('a deleted one is gone, and what was to come is given up', async () => {
    const { endpointId } = await endpoint();
    const [id = ''] = await deliveries(1);
    expect(await deleteEndpoint(database.kysely, SHOP, endpointId)).toBe(true);
    expect(await deleteEndpoint(database.kysely, SHOP, endpointId)).toBe(false);
    expect(await findEndpoint(database.kysely, SHOP, endpointId)).toBeNull();
    expect(await claimDeliveries(database.kysely, DUE)).toEqual([]);
    expect(await readDelivery(database.kysely, id)).toMatchObject({ status: 'FAILED', endpoint: { deleted: true } });
  });

  test('no more than the limit, also all at once', async () => {
    const add = () =>
      insertEndpoint(
        database.kysely,
        { endpointId: newId('whe'), shopId: SHOP, url: 'https://a.example/', types: ['claim.updated'], secretSealed: 's' },
        3,
      );
    const made = await Promise.all(Array.from({ length: 8 }, add));
    expect(made.filter((one) => one !== null)).toHaveLength(3);
  });

  test('lists and deliveries page without gaps or repeats', async () => {
    const { endpointId } = await endpoint();
    await endpoint();
    const ids = new Set(await deliveries(7));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listDeliveries(database.kysely, { shopId: SHOP, endpointId }, { limit: 3, after });
      seen.push(...page.items.map((one) => one.deliveryId));
      after = page.nextCursor;
    } while (after !== null);
    expect(new Set(seen).size).toBe(7);
    expect(seen.every((id) => ids.has(id))).toBe(true);
    expect((await listEndpoints(database.kysely, SHOP, { limit: 1, after: null })).nextCursor).not.toBeNull();
  });
});
