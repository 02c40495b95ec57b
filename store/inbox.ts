import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import { type EpochMs, toRfc3339 } from '../domain/time.ts';
import type { World } from '../domain/world.ts';
import type { Db } from './db.ts';
import type { Settlement } from './inbox-settlement.ts';
import type { InboxKind, InboxStatus, Tables } from './tables.ts';
import { clock, clockBound, clockPlus, instant, isOfSandbox, jsonb, storableText } from './values.ts';

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
  /** When it is due; for one that was claimed, until when nobody else takes it. */
  nextAttemptAt: EpochMs;
}

/** Identity of a message of a world's platform: what one says twice is stored once, whatever the other says. */
export function messageKey(world: World, eventId: string): string {
  return `${world === 'SANDBOX' ? SANDBOX_MESSAGE : MESSAGE}${eventId}`;
}

const MESSAGE = 'platform:';
const SANDBOX_MESSAGE = 'platform:sandbox:';

/** Whether an event came from the sandbox: by the carrier it names, or as its platform's message. */
export function isSandboxEvent(event: string): RawBuilder<boolean> {
  const key = sql.ref(`${event}.event_key`);
  return sql<boolean>`(coalesce(${isOfSandbox(`${event}.carrier`)}, false) or starts_with(${key}, ${sql.lit(SANDBOX_MESSAGE)}))`;
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
  'next_attempt_at',
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

/** How long a claimed event is nobody else's. It is settled within this time or not at all. */
export const HOLD_MS = 15_000;

/**
 * Takes up to `limit` due events, the longest due first, that no other process holds. They stay claimed for `HOLD_MS`, without a
 * transaction: whoever dies with them loses nothing, they are due again afterwards.
 */
export async function claimDue(db: Db, limit: number): Promise<InboxEvent[]> {
  await reviveLately(db);
  const due = db
    .selectFrom('inbox')
    .select('inbox_id')
    .where('status', '=', 'PENDING')
    .where('next_attempt_at', '<=', clockBound())
    .orderBy('next_attempt_at')
    .orderBy('inbox_id')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await db
    .with('due', () => due)
    .updateTable('inbox')
    .from('due')
    .whereRef('inbox.inbox_id', '=', 'due.inbox_id')
    .set({ next_attempt_at: clockPlus(HOLD_MS) })
    .returning(EVENT_COLUMNS.map((column) => `inbox.${column}` as const))
    .execute();
  return rows.map(eventOf).sort((a, b) => a.inboxId - b.inboxId);
}

/** Forgets what a case was given of its waybill, so that a new run of it hears all of it again. */
export async function forgetDeliveries(trx: Db, interceptId: string, carrier: CarrierCode, waybillNo: string): Promise<void> {
  await trx
    .deleteFrom('inbox_deliveries')
    .where('intercept_id', '=', interceptId)
    .where('inbox_id', 'in', ({ selectFrom }) =>
      selectFrom('inbox').select('inbox_id').where('carrier', '=', carrier).where('waybill_no', '=', waybillNo),
    )
    .execute();
}

/** Which cases were given which of these events already. */
export async function deliveriesOf(trx: Db, inboxIds: number[]): Promise<Map<number, Set<string>>> {
  const given = new Map(inboxIds.map((inboxId) => [inboxId, new Set<string>()]));
  if (inboxIds.length === 0) return given;
  const rows = await trx.selectFrom('inbox_deliveries').select(['inbox_id', 'intercept_id']).where('inbox_id', 'in', inboxIds).execute();
  for (const row of rows) given.get(row.inbox_id)?.add(row.intercept_id);
  return given;
}

/**
 * Settles claimed events in one statement, and notes which cases were given them. Only while the claim lasts: later an event is somebody
 * else's, or there is a case by now that the claimer did not see: then it stays as it is, and is taken up anew.
 */
export async function settleEvents(db: Db, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const given = settlements.flatMap(({ event, givenTo }) => givenTo.map((interceptId) => ({ inboxId: event.inboxId, interceptId })));
  await sql`
    with given as (
      insert into inbox_deliveries (inbox_id, intercept_id)
      select * from unnest(${given.map(({ inboxId }) => inboxId)}::bigint[], ${given.map(({ interceptId }) => interceptId)}::text[])
      on conflict (inbox_id, intercept_id) do nothing)
    update inbox set
      status = s.status,
      reason = s.reason,
      settled_at = case when s.status <> 'PENDING' then clock_ms() end,
      next_attempt_at = case when s.status = 'PENDING' then clock_ms() + s.delay_ms * interval '1 millisecond' else inbox.next_attempt_at end,
      attempts = inbox.attempts + case when s.status = 'PENDING' and s.error is not null then 1 else 0 end,
      last_error = coalesce(s.error, inbox.last_error)
    from unnest(
      ${settlements.map(({ event }) => event.inboxId)}::bigint[],
      ${settlements.map(({ event }) => toRfc3339(event.nextAttemptAt))}::timestamptz[],
      ${settlements.map(({ status }) => status)}::text[],
      ${settlements.map(({ reason }) => reason)}::text[],
      ${settlements.map(({ delayMs }) => delayMs)}::double precision[],
      ${settlements.map(({ error }) => (error === null ? null : storableText(error)))}::text[]
    ) as s(inbox_id, claimed_until, status, reason, delay_ms, error)
    where inbox.inbox_id = s.inbox_id and inbox.status = 'PENDING'
      and inbox.next_attempt_at = s.claimed_until and inbox.next_attempt_at > clock_ms()`.execute(db);
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

/** Longer than a claim lasts. */
const REVIVED_WITHIN_MS = 120_000;

/**
 * Makes events due that were set aside for an unknown waybill while its create was not yet visible to whoever delivered them: the
 * create could not see them either.
 */
async function reviveLately(db: Db): Promise<void> {
  await sql`
    update inbox set status = 'PENDING', reason = null, next_attempt_at = clock_ms(), settled_at = null
    where inbox_id in (
      select e.inbox_id from intercepts i join inbox e on e.carrier = i.carrier and e.waybill_no = i.waybill_no
      where i.phase in ('STARTING', 'OPEN') and i.initiated_at > ${clockBound(-REVIVED_WITHIN_MS)}
        and e.status = 'QUARANTINED' and e.reason = ${UNKNOWN_WAYBILL}
      for update of e skip locked)`.execute(db);
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
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('inbox_deliveries as d')
            .select('d.intercept_id')
            .whereRef('d.inbox_id', '=', 'inbox.inbox_id')
            .where('d.intercept_id', '=', interceptId),
        ),
      ),
    );
  }
  return (await query.orderBy('inbox_id').execute()).map(eventOf);
}

/** What was received about a waybill and given to this case, oldest first; its run may not have come to the latest yet. */
export async function givenEvidence(db: Db, carrier: CarrierCode, waybillNo: string, interceptId: string): Promise<InboxEvent[]> {
  const rows = await db
    .selectFrom('inbox')
    .innerJoin('inbox_deliveries', 'inbox_deliveries.inbox_id', 'inbox.inbox_id')
    .select(EVENT_COLUMNS.map((column) => `inbox.${column}` as const))
    .where('intercept_id', '=', interceptId)
    .where('carrier', '=', carrier)
    .where('waybill_no', '=', waybillNo)
    .where('kind', 'in', ['TRACK', 'RESULT'])
    .orderBy('inbox.inbox_id')
    .execute();
  return rows.map(eventOf);
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
    nextAttemptAt: row.next_attempt_at,
  };
}
