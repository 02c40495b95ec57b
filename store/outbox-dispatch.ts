import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, inTransaction, type Trx } from './db.ts';
import type { Tables } from './tables.ts';
import { clock, instant, newId } from './values.ts';

/** An event of the outbox, as it is told. */
export interface OutboxEvent {
  messageId: string;
  shopId: string;
  interceptId: string | null;
  sequence: number | null;
  type: string;
  payload: unknown;
  occurredAt: EpochMs;
}

/** Makes the text that every delivery of an event carries, the same in each attempt. */
export type BodyOf = (event: OutboxEvent) => string;

/**
 * Turns events nobody has looked at yet, oldest first, into one delivery for each enabled endpoint of their shop that wants
 * their type and was there before them; all in one transaction, so an event is either still to be looked at or has all its
 * deliveries. Several processes share the work. Returns how many events were looked at.
 */
export function dispatchOutbox(db: Db, limit: number, bodyOf: BodyOf): Promise<number> {
  return inTransaction(db, async (trx) => {
    const events = await trx
      .selectFrom('outbox')
      .selectAll()
      .where('dispatched_at', 'is', null)
      .orderBy('outbox_id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    if (events.length === 0) return 0;
    const endpoints = await trx
      .selectFrom('webhook_endpoints')
      .select(['endpoint_id', 'shop_id', 'types', 'created_at'])
      .where('enabled', '=', true)
      .where('deleted_at', 'is', null)
      .where('shop_id', 'in', [...new Set(events.map((event) => event.shop_id))])
      .execute();
    for (const event of events) {
      const wanting = endpoints.filter(
        ({ shop_id, types, created_at }) => shop_id === event.shop_id && types.includes(event.type) && created_at <= event.created_at,
      );
      await insertDeliveries(
        trx,
        event,
        wanting.map(({ endpoint_id }) => endpoint_id),
        bodyOf,
      );
    }
    await trx
      .updateTable('outbox')
      .set({ dispatched_at: clock() })
      .where(
        'outbox_id',
        'in',
        events.map(({ outbox_id }) => outbox_id),
      )
      .execute();
    return events.length;
  });
}

/** Events an endpoint may be told again: those that occurred in `[from, to)`. */
export interface ReplayRange {
  shopId: string;
  endpointId: string;
  types: string[];
  from: EpochMs;
  to: EpochMs | null;
  limit: number;
}

/**
 * Makes deliverable again, oldest first, what an endpoint missed: events it has no delivery of (it was disabled then), and
 * deliveries given up. Each goes out under the id it always had. Returns how many; fewer than `limit` means nothing is left.
 */
export function replayOutbox(db: Db, range: ReplayRange, bodyOf: BodyOf): Promise<number> {
  return inTransaction(db, async (trx) => {
    let query = trx
      .selectFrom('outbox')
      .leftJoin('webhook_deliveries', (join) =>
        join.onRef('webhook_deliveries.outbox_id', '=', 'outbox.outbox_id').on('webhook_deliveries.endpoint_id', '=', range.endpointId),
      )
      .selectAll('outbox')
      .select('webhook_deliveries.delivery_id')
      .where('outbox.shop_id', '=', range.shopId)
      .where('outbox.type', 'in', range.types)
      .where('outbox.dispatched_at', 'is not', null)
      .where('outbox.occurred_at', '>=', instant(range.from))
      .where(({ or, eb }) => or([eb('delivery_id', 'is', null), eb('webhook_deliveries.status', '=', 'FAILED')]));
    if (range.to !== null) query = query.where('outbox.occurred_at', '<', instant(range.to));
    const missed = await query.orderBy('outbox.occurred_at').orderBy('outbox.outbox_id').limit(range.limit).execute();
    for (const event of missed) {
      if (event.delivery_id === null) await insertDeliveries(trx, event, [range.endpointId], bodyOf);
      else await restartSchedule(trx, event.delivery_id);
    }
    return missed.length;
  });
}

/** A message of no event, for one endpoint alone, to see whether it listens. Its id and that of its delivery. */
export async function insertTestDelivery(
  db: Db,
  test: { shopId: string; endpointId: string; type: string; body: string },
): Promise<{ deliveryId: string }> {
  const messageId = newId('msg');
  const deliveryId = deliveryIdOf(messageId, test.endpointId);
  await db
    .insertInto('webhook_deliveries')
    .values({
      delivery_id: deliveryId,
      endpoint_id: test.endpointId,
      outbox_id: null,
      message_id: messageId,
      shop_id: test.shopId,
      type: test.type,
      body: test.body,
      // Sent by whoever asked, who waits for it: nobody else takes it up, and it is not repeated.
      status: 'FAILED',
      failure: 'NOT_SENT',
      settled_at: clock(),
    })
    .execute();
  return { deliveryId };
}

async function restartSchedule(trx: Trx, deliveryId: string): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set({
      status: 'PENDING',
      failure: null,
      settled_at: null,
      handed_over_at: null,
      next_attempt_at: clock(),
      uncounted_attempts: sql<number>`attempts`,
    })
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'FAILED')
    .execute();
}

async function insertDeliveries(trx: Trx, row: Selectable<Tables['outbox']>, endpointIds: string[], bodyOf: BodyOf): Promise<void> {
  if (endpointIds.length === 0) return;
  const body = bodyOf({
    messageId: row.message_id,
    shopId: row.shop_id,
    interceptId: row.intercept_id,
    sequence: row.sequence,
    type: row.type,
    payload: row.payload,
    occurredAt: row.occurred_at,
  });
  await trx
    .insertInto('webhook_deliveries')
    .values(
      endpointIds.map((endpointId) => ({
        delivery_id: deliveryIdOf(row.message_id, endpointId),
        endpoint_id: endpointId,
        outbox_id: row.outbox_id,
        message_id: row.message_id,
        shop_id: row.shop_id,
        type: row.type,
        body,
        status: 'PENDING' as const,
        next_attempt_at: clock(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The one delivery of a message to an endpoint, whoever makes it and however often. */
function deliveryIdOf(messageId: string, endpointId: string): string {
  return `dlv_${createHash('sha256').update(`${messageId}\n${endpointId}`).digest('hex').slice(0, 32)}`;
}
