import { type Selectable, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Db, Trx } from './db.ts';
import type { InboxKind, InboxStatus, Tables } from './tables.ts';
import { clock, clockPlus, instant, jsonb, storableText } from './values.ts';

/** Something told to this service that may concern cases. */
export interface NewEvent {
  /** Identity: the same event again is not stored again. */
  eventKey: string;
  kind: InboxKind;
  carrier: CarrierCode | null;
  waybillNo: string | null;
  refundId: string | null;
  shopId: string | null;
  payload: unknown;
  /** The bytes as they came, for what could not be read. */
  rawBody?: Buffer | null;
  /** Stored in quarantine at once, for this reason. */
  quarantine?: string | null;
}

/** An event as kept. */
export interface InboxEvent {
  inboxId: number;
  eventKey: string;
  kind: InboxKind;
  carrier: CarrierCode | null;
  waybillNo: string | null;
  refundId: string | null;
  shopId: string | null;
  payload: unknown;
  /** PostgreSQL's clock: decides races (design §2.1). */
  receivedAt: EpochMs;
  status: InboxStatus;
  reason: string | null;
  /** Deliveries tried so far. */
  attempts: number;
}

/** Reason of an event in quarantine because no intercept has its waybill; inserting one revives it. */
export const UNKNOWN_WAYBILL = 'UNKNOWN_WAYBILL';

const EVENT_COLUMNS = [
  'inbox_id',
  'event_key',
  'kind',
  'carrier',
  'waybill_no',
  'refund_id',
  'shop_id',
  'payload',
  'received_at',
  'status',
  'reason',
  'attempts',
] as const;
const ROWS_A_STATEMENT = 1_000;

/** Stores events, each key once, and returns the new ones alone. */
export async function storeEvents(trx: Db, events: NewEvent[]): Promise<InboxEvent[]> {
  const byKey = new Map(events.map((event) => [storableText(event.eventKey), event]));
  // Always in the same order, so that two pushes with the same events never wait for each other crosswise.
  const keyed = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const stored: InboxEvent[] = [];
  for (let start = 0; start < keyed.length; start += ROWS_A_STATEMENT) {
    const rows = await trx
      .insertInto('inbox')
      .values(keyed.slice(start, start + ROWS_A_STATEMENT).map(([key, event]) => rowOf(key, event)))
      .onConflict((conflict) => conflict.column('event_key').doNothing())
      .returning(EVENT_COLUMNS)
      .execute();
    stored.push(...rows.map(eventOf));
  }
  return stored;
}

/**
 * Takes up to `limit` due events, oldest first, that no other process holds, and runs `work` in the transaction that holds them: what
 * `work` marks is kept when it resolves and forgotten when it throws. Null, without calling `work`, when nothing is due.
 */
export function claimDue<T>(db: Db, limit: number, work: (trx: Trx, events: InboxEvent[]) => Promise<T>): Promise<T | null> {
  return db.transaction().execute(async (trx) => {
    await reviveLately(trx);
    const rows = await trx
      .selectFrom('inbox')
      .select(EVENT_COLUMNS)
      .where('status', '=', 'PENDING')
      .where('next_attempt_at', '<=', clock())
      .orderBy('next_attempt_at')
      .orderBy('inbox_id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    return rows.length === 0 ? null : work(trx, rows.map(eventOf));
  });
}

/** Notes that a case was given an event; true the first time. The event stays pending for others. */
export async function noteDelivery(trx: Db, inboxId: number, interceptId: string): Promise<boolean> {
  const row = await trx
    .insertInto('inbox_deliveries')
    .values({ inbox_id: inboxId, intercept_id: interceptId })
    .onConflict((conflict) => conflict.columns(['inbox_id', 'intercept_id']).doNothing())
    .returning('inbox_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Which cases were given which of these events already. */
export async function deliveriesOf(trx: Db, inboxIds: number[]): Promise<Map<number, Set<string>>> {
  const given = new Map(inboxIds.map((inboxId) => [inboxId, new Set<string>()]));
  if (inboxIds.length === 0) return given;
  const rows = await trx.selectFrom('inbox_deliveries').select(['inbox_id', 'intercept_id']).where('inbox_id', 'in', inboxIds).execute();
  for (const row of rows) given.get(row.inbox_id)?.add(row.intercept_id);
  return given;
}

/** Settles an event: every case it concerns was given it. */
export async function markDelivered(trx: Db, inboxId: number): Promise<void> {
  await settle(trx, inboxId, 'DELIVERED', null);
}

/** Settles an event that decides nothing any more; `reason` is an UPPER_SNAKE word. */
export async function markSuperseded(trx: Db, inboxId: number, reason: string): Promise<void> {
  await settle(trx, inboxId, 'SUPERSEDED', reason);
}

/** Sets an event aside for a person, or until its waybill is known (`UNKNOWN_WAYBILL`). */
export async function quarantine(trx: Db, inboxId: number, reason: string, error: string | null = null): Promise<void> {
  await settle(trx, inboxId, 'QUARANTINED', reason);
  if (error !== null)
    await trx
      .updateTable('inbox')
      .set({ last_error: storableText(error) })
      .where('inbox_id', '=', inboxId)
      .execute();
}

/** Tries an event again after `delayMs`; `error` null when nothing failed and it only has to wait. */
export async function postpone(trx: Db, inboxId: number, delayMs: number, error: string | null): Promise<void> {
  await trx
    .updateTable('inbox')
    .set({
      next_attempt_at: clockPlus(delayMs),
      ...(error === null ? {} : { last_error: storableText(error), attempts: sql<number>`attempts + 1` }),
    })
    .where('inbox_id', '=', inboxId)
    .execute();
}

/** Makes waiting and quarantined events due now, and forgets their failures; how many. */
export async function redrive(db: Db, which: { carrier?: CarrierCode; since?: EpochMs; reason?: string }): Promise<number> {
  let query = db
    .updateTable('inbox')
    .set({ status: 'PENDING', reason: null, attempts: 0, next_attempt_at: clock(), settled_at: null })
    .where('status', 'in', ['PENDING', 'QUARANTINED']);
  if (which.carrier !== undefined) query = query.where('carrier', '=', which.carrier);
  if (which.since !== undefined) query = query.where('received_at', '>=', instant(which.since));
  if (which.reason !== undefined) query = query.where('reason', '=', which.reason);
  const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Makes events of a waybill due that were set aside because nobody had it; how many (design §2.2). */
export async function reviveQuarantined(trx: Db, carrier: CarrierCode, waybillNo: string): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('inbox')
    .set({ status: 'PENDING', reason: null, next_attempt_at: clock(), settled_at: null })
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .where('status', '=', 'QUARANTINED')
    .where('reason', '=', UNKNOWN_WAYBILL)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/**
 * Makes events due that were set aside for an unknown waybill while its create was not yet visible to whoever delivered them: the
 * create could not see them either. A delivery holds its events for less than the time looked back.
 */
async function reviveLately(trx: Trx): Promise<void> {
  await sql`
    update inbox set status = 'PENDING', reason = null, next_attempt_at = clock_ms(), settled_at = null
    where inbox_id in (
      select e.inbox_id from intercepts i join inbox e on e.carrier = i.carrier and e.waybill_no = i.waybill_no
      where i.phase in ('STARTING', 'OPEN') and i.initiated_at > clock_ms() - interval '2 minutes'
        and e.status = 'QUARANTINED' and e.reason = ${UNKNOWN_WAYBILL}
      for update of e skip locked)`.execute(trx);
}

/**
 * Makes settled evidence of a waybill due again that was received after `since`: a new follower must hear what its leader was told
 * but may not have recorded yet. Cases that had it are not given it twice.
 */
export async function reviveSettled(trx: Db, carrier: CarrierCode, waybillNo: string, since: EpochMs): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('inbox')
    .set({ status: 'PENDING', reason: null, next_attempt_at: clock(), settled_at: null })
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .where('kind', '<>', 'PLATFORM')
    .where('status', 'in', ['DELIVERED', 'SUPERSEDED'])
    .where('received_at', '>', instant(since))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/**
 * What was received about a waybill and waits in the inbox, oldest first; without what `interceptId` was given already, if one is named.
 * Whether some of it is decisive is the caller's to judge before a rejection leaves (`EVIDENCE_PENDING`, design §2.6).
 */
export async function pendingEvidence(db: Db, carrier: CarrierCode, waybillNo: string, interceptId?: string): Promise<InboxEvent[]> {
  let query = db
    .selectFrom('inbox')
    .select(EVENT_COLUMNS)
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .where('status', '=', 'PENDING')
    .where('kind', 'in', ['TRACK', 'RESULT']);
  if (interceptId !== undefined) {
    const given = db.selectFrom('inbox_deliveries').select('inbox_id').where('intercept_id', '=', interceptId);
    query = query.where('inbox_id', 'not in', given);
  }
  return (await query.orderBy('inbox_id').execute()).map(eventOf);
}

/** For gauges: how much waits, since when the oldest (null when none), and how much is set aside. */
export async function inboxDepth(db: Db): Promise<{ pending: number; oldestReceivedAt: EpochMs | null; quarantined: number }> {
  const row = await db
    .selectFrom('inbox')
    .where('status', 'in', ['PENDING', 'QUARANTINED'])
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('status', '=', 'PENDING').as('pending'),
      fn.min<EpochMs | null>('received_at').filterWhere('status', '=', 'PENDING').as('oldestReceivedAt'),
      fn.countAll<number>().filterWhere('status', '=', 'QUARANTINED').as('quarantined'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}

export async function quarantineCount(db: Db): Promise<number> {
  return (await inboxDepth(db)).quarantined;
}

async function settle(trx: Db, inboxId: number, status: InboxStatus, reason: string | null): Promise<void> {
  await trx.updateTable('inbox').set({ status, reason, settled_at: clock() }).where('inbox_id', '=', inboxId).execute();
}

function rowOf(key: string, event: NewEvent) {
  return {
    event_key: key,
    kind: event.kind,
    carrier: event.carrier,
    waybill_no: event.waybillNo === null ? null : storableText(event.waybillNo),
    refund_id: event.refundId === null ? null : storableText(event.refundId),
    shop_id: event.shopId === null ? null : storableText(event.shopId),
    payload: jsonb(event.payload),
    raw_body: event.rawBody ?? null,
    status: (event.quarantine ?? null) === null ? ('PENDING' as const) : ('QUARANTINED' as const),
    reason: event.quarantine ?? null,
  };
}

type EventRow = Pick<Selectable<Tables['inbox']>, (typeof EVENT_COLUMNS)[number]>;

function eventOf(row: EventRow): InboxEvent {
  return {
    inboxId: row.inbox_id,
    eventKey: row.event_key,
    kind: row.kind,
    carrier: row.carrier,
    waybillNo: row.waybill_no,
    refundId: row.refund_id,
    shopId: row.shop_id,
    payload: row.payload,
    receivedAt: row.received_at,
    status: row.status,
    reason: row.reason,
    attempts: row.attempts,
  };
}
