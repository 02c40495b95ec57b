import { sql } from 'kysely';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { type Db, inTransaction, type Trx } from './db.ts';
import { clock, clockBound, clockPlus, instant, onlyRow } from './values.ts';
import { disableEndpoint } from './webhook-endpoints.ts';

/** A delivery somebody is to attempt now. */
export interface DueDelivery {
  deliveryId: string;
  endpointId: string;
  interceptId: string | null;
  type: string;
}

export interface DueRequest {
  /** Endpoints looked after at most, and deliveries of each. */
  endpoints: number;
  perEndpoint: number;
  /** Nobody else takes them up for this long. */
  leaseMs: DurationMs;
  /** A delivery in the care of a run is taken up only when it is this late. */
  lateMs: DurationMs;
  /** Endpoints that are being told right now. */
  exceptEndpoints: readonly string[];
}

/**
 * Takes the oldest due deliveries of each endpoint, so that the backlog of one never crowds out the others, and leases them:
 * a process that dies with them loses nothing, they come up again when the lease ends.
 */
export async function claimDeliveries(db: Db, request: DueRequest): Promise<DueDelivery[]> {
  const { rows } = await sql<{
    delivery_id: string;
    endpoint_id: string;
    intercept_id: string | null;
    type: string;
    outbox_id: number | null;
  }>`
    with due as (
      select delivery_id, endpoint_id, outbox_id, row_number() over (partition by endpoint_id order by outbox_id, delivery_id) as place
      from webhook_deliveries
      where status = 'PENDING' and next_attempt_at <= ${clockBound()}
        and (handed_over_at is null or next_attempt_at <= ${clockBound(-request.lateMs)})
        and not endpoint_id = any(${[...request.exceptEndpoints]}::text[])
    ), taken as (
      select delivery_id from webhook_deliveries
      where delivery_id in (
        select delivery_id from due where place <= ${request.perEndpoint}
          and endpoint_id in (select endpoint_id from due group by endpoint_id order by min(outbox_id), endpoint_id limit ${request.endpoints})
      ) and status = 'PENDING' and next_attempt_at <= ${clockBound()}
      for update skip locked
    )
    update webhook_deliveries d set next_attempt_at = ${clockPlus(request.leaseMs)}
    from taken where d.delivery_id = taken.delivery_id
    returning d.delivery_id, d.endpoint_id, d.type, d.outbox_id, (select intercept_id from outbox o where o.outbox_id = d.outbox_id)`.execute(
    db,
  );
  return rows
    .sort((a, b) => (a.outbox_id ?? 0) - (b.outbox_id ?? 0))
    .map((row) => ({ deliveryId: row.delivery_id, endpointId: row.endpoint_id, interceptId: row.intercept_id, type: row.type }));
}

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

/** What an attempt needs to know. */
export interface DeliveryToSend {
  deliveryId: string;
  messageId: string;
  type: string;
  body: string;
  status: DeliveryStatus;
  /** False for a test message. */
  ofEvent: boolean;
  /** Its schedule was started anew, so an ended run of the same id may stand in the way of the next. */
  replayed: boolean;
  endpoint: { endpointId: string; shopId: string; url: string; enabled: boolean; deleted: boolean; secretsSealed: string[] };
}

export async function readDelivery(db: Db, deliveryId: string): Promise<DeliveryToSend | null> {
  const row = await db
    .selectFrom('webhook_deliveries as d')
    .innerJoin('webhook_endpoints as e', 'e.endpoint_id', 'd.endpoint_id')
    .select(['d.delivery_id', 'd.message_id', 'd.type', 'd.body', 'd.status', 'd.outbox_id', 'd.uncounted_attempts'])
    .select(['e.endpoint_id', 'e.shop_id', 'e.url', 'e.enabled', 'e.deleted_at', 'e.secrets_sealed'])
    .where('d.delivery_id', '=', deliveryId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    deliveryId: row.delivery_id,
    messageId: row.message_id,
    type: row.type,
    body: row.body,
    status: row.status,
    ofEvent: row.outbox_id !== null,
    replayed: row.uncounted_attempts > 0,
    endpoint: {
      endpointId: row.endpoint_id,
      shopId: row.shop_id,
      url: row.url,
      enabled: row.enabled,
      deleted: row.deleted_at !== null,
      secretsSealed: row.secrets_sealed,
    },
  };
}

/** How one attempt went. */
export interface AttemptRecord {
  deliveryId: string;
  at: EpochMs;
  durationMs: DurationMs;
  outcome: 'DELIVERED' | 'GONE' | 'FAILED';
  responseStatus: number | null;
  /** UPPER_SNAKE word for what went wrong. */
  error: string | null;
  /** Asked for by a person: it counts for no schedule. */
  manual: boolean;
  /** How long to wait after so many failed attempts of the schedule; null when it ends with them. */
  waitAfter: (failedAttempts: number) => DurationMs | null;
}

export type DeliveryProgress =
  | { kind: 'SETTLED'; status: 'DELIVERED' | 'FAILED' }
  /** The next attempt is due after `waitMs`. */
  | { kind: 'WAITING'; waitMs: DurationMs };

/**
 * Notes an attempt and what follows from it, in one transaction: a success settles the delivery and ends the endpoint's run
 * of failures; 410 gives up and disables the endpoint; a schedule without a success gives the delivery up, and disables the
 * endpoint if nothing reached it all that time. What was delivered once stays delivered.
 */
export function recordAttempt(db: Db, record: AttemptRecord): Promise<DeliveryProgress> {
  return inTransaction(db, async (trx): Promise<DeliveryProgress> => {
    const row = await trx
      .updateTable('webhook_deliveries')
      .set({
        attempts: sql<number>`attempts + 1`,
        ...(record.manual ? { uncounted_attempts: sql<number>`uncounted_attempts + 1` } : {}),
      })
      .where('delivery_id', '=', record.deliveryId)
      .returning(['endpoint_id', 'outbox_id', 'attempts', 'uncounted_attempts', 'status'])
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('webhook_attempts')
      .values({
        delivery_id: record.deliveryId,
        attempt: row.attempts,
        at: instant(record.at),
        duration_ms: record.durationMs,
        response_status: record.responseStatus,
        error: record.error,
      })
      .execute();
    await noteEndpointHealth(trx, row.endpoint_id, record, row.outbox_id !== null);
    if (row.status === 'DELIVERED') return { kind: 'SETTLED', status: 'DELIVERED' };
    if (record.outcome === 'DELIVERED') return settleDelivery(trx, record.deliveryId, 'DELIVERED', null);
    if (record.outcome === 'GONE') return settleDelivery(trx, record.deliveryId, 'FAILED', 'GONE');
    // A person's attempt leaves the state as it was, but for the failure now known.
    if (row.status === 'FAILED') return settleDelivery(trx, record.deliveryId, 'FAILED', record.error);
    const failedAttempts = row.attempts - row.uncounted_attempts;
    const waitMs = record.waitAfter(Math.max(1, failedAttempts));
    if (record.manual) return { kind: 'WAITING', waitMs: 0 };
    if (waitMs === null) return giveUp(trx, record, row);
    await trx
      .updateTable('webhook_deliveries')
      .set({ next_attempt_at: clockPlus(waitMs) })
      .where('delivery_id', '=', record.deliveryId)
      .execute();
    return { kind: 'WAITING', waitMs };
  });
}

/** Ends a delivery; what was delivered stays delivered. */
export async function settleDelivery(
  db: Db,
  deliveryId: string,
  status: 'DELIVERED' | 'FAILED',
  failure: string | null,
): Promise<DeliveryProgress> {
  await db
    .updateTable('webhook_deliveries')
    .set({ status, failure, settled_at: clock(), next_attempt_at: null })
    .where('delivery_id', '=', deliveryId)
    .where('status', '<>', 'DELIVERED')
    .execute();
  return { kind: 'SETTLED', status };
}

/** Notes that a run carries the rest of the schedule. */
export async function markHandedOver(db: Db, deliveryId: string): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ handed_over_at: clock() })
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'PENDING')
    .execute();
}

/** What waits to be told to the shops' own systems. */
export interface OutgoingDepth {
  undispatched: number;
  /** When the oldest of them was written; null when none waits. */
  oldestAt: EpochMs | null;
  pending: number;
  /** When the next attempt of a pending delivery is due, perhaps in the past; null when none waits. */
  dueAt: EpochMs | null;
}

/** For gauges: events nobody has looked at yet, and deliveries still to be made. */
export async function outgoingDepth(db: Db): Promise<OutgoingDepth> {
  const { rows } = await sql<OutgoingDepth>`
    select (select count(*) from outbox where dispatched_at is null) as undispatched,
      (select created_at from outbox where dispatched_at is null order by outbox_id limit 1) as "oldestAt",
      (select count(*) from webhook_deliveries where status = 'PENDING') as pending,
      (select min(next_attempt_at) from webhook_deliveries where status = 'PENDING') as "dueAt"`.execute(db);
  return onlyRow(rows, 'depth of the outbox');
}

async function noteEndpointHealth(trx: Trx, endpointId: string, record: AttemptRecord, ofEvent: boolean): Promise<void> {
  if (record.outcome === 'GONE') return disableEndpoint(trx, endpointId, 'GONE', record.at);
  const failed = record.outcome === 'FAILED';
  // A failed test says nothing of the events. The condition keeps every other attempt from queueing for the row.
  if (failed && !ofEvent) return;
  await trx
    .updateTable('webhook_endpoints')
    .set({ failing_since: failed ? instant(record.at) : null })
    .where('endpoint_id', '=', endpointId)
    .where('failing_since', failed ? 'is' : 'is not', null)
    .execute();
}

interface Tried {
  endpoint_id: string;
  uncounted_attempts: number;
}

/** The schedule is over. Nothing reached the endpoint since its first attempt: then it gets no more. */
async function giveUp(trx: Trx, record: AttemptRecord, row: Tried): Promise<DeliveryProgress> {
  const first = await trx
    .selectFrom('webhook_attempts')
    .select(({ fn }) => fn.min<EpochMs | null>('at').as('at'))
    .where('delivery_id', '=', record.deliveryId)
    .where('attempt', '>', row.uncounted_attempts)
    .executeTakeFirstOrThrow();
  const endpoint = await trx
    .selectFrom('webhook_endpoints')
    .select('failing_since')
    .where('endpoint_id', '=', row.endpoint_id)
    .executeTakeFirstOrThrow();
  if (first.at !== null && endpoint.failing_since !== null && endpoint.failing_since <= first.at) {
    await disableEndpoint(trx, row.endpoint_id, 'FAILING', record.at);
  }
  return settleDelivery(trx, record.deliveryId, 'FAILED', 'SCHEDULE_EXHAUSTED');
}
