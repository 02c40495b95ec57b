import { type Selectable, sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';
import { instant } from './values.ts';
import type { DeliveryStatus } from './webhook-deliveries.ts';

/** One request that was sent, or could not be. */
export interface LoggedAttempt {
  attempt: number;
  at: EpochMs;
  durationMs: number;
  responseStatus: number | null;
  error: string | null;
}

/** A delivery as the shop sees it. */
export interface LoggedDelivery {
  deliveryId: string;
  endpointId: string;
  /** `webhook-id` of every attempt. */
  messageId: string;
  type: string;
  body: string;
  status: DeliveryStatus;
  /** Why a FAILED one is not tried again. */
  failure: string | null;
  createdAt: EpochMs;
  nextAttemptAt: EpochMs | null;
  settledAt: EpochMs | null;
  attempts: LoggedAttempt[];
}

export interface DeliveryFilter {
  shopId: string;
  endpointId: string;
  status?: DeliveryStatus | undefined;
  type?: string | undefined;
}

/** Newest first, each with its attempts. Throws `BadCursor`. */
export async function listDeliveries(db: Db, filter: DeliveryFilter, page: PageRequest): Promise<Page<LoggedDelivery>> {
  const key = { list: 'webhook-deliveries', ...filter };
  const start = pageStart(page, key);
  let query = deliveriesTo(db, filter.shopId, filter.endpointId);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.type !== undefined) query = query.where('type', '=', filter.type);
  if (start) query = query.where(sql<boolean>`(created_at, delivery_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('delivery_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const attempts = await attemptsOf(
    db,
    rows.map((row) => row.delivery_id),
  );
  return toPage(
    rows,
    page,
    key,
    (row) => ({ at: row.created_at, id: row.delivery_id }),
    (row) => deliveryOf(row, attempts.get(row.delivery_id) ?? []),
  );
}

/** Null when it is not of that endpoint of the shop. */
export async function findDelivery(db: Db, shopId: string, endpointId: string, deliveryId: string): Promise<LoggedDelivery | null> {
  const row = await deliveriesTo(db, shopId, endpointId).where('delivery_id', '=', deliveryId).executeTakeFirst();
  return row ? deliveryOf(row, (await attemptsOf(db, [deliveryId])).get(deliveryId) ?? []) : null;
}

function deliveriesTo(db: Db, shopId: string, endpointId: string) {
  return db.selectFrom('webhook_deliveries').selectAll().where('shop_id', '=', shopId).where('endpoint_id', '=', endpointId);
}

async function attemptsOf(db: Db, deliveryIds: string[]): Promise<Map<string, LoggedAttempt[]>> {
  if (deliveryIds.length === 0) return new Map();
  const rows = await db.selectFrom('webhook_attempts').selectAll().where('delivery_id', 'in', deliveryIds).orderBy('attempt').execute();
  const grouped = Map.groupBy(rows, (row) => row.delivery_id);
  return new Map([...grouped].map(([deliveryId, attempts]) => [deliveryId, attempts.map(attemptOf)]));
}

function attemptOf(row: Selectable<Tables['webhook_attempts']>): LoggedAttempt {
  return { attempt: row.attempt, at: row.at, durationMs: row.duration_ms, responseStatus: row.response_status, error: row.error };
}

function deliveryOf(row: Selectable<Tables['webhook_deliveries']>, attempts: LoggedAttempt[]): LoggedDelivery {
  return {
    deliveryId: row.delivery_id,
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    type: row.type,
    body: row.body,
    status: row.status,
    failure: row.failure,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    settledAt: row.settled_at,
    attempts,
  };
}
