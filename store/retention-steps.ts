import { type RawBuilder, sql } from 'kysely';
import type { Retention } from '../domain/retention.ts';
import { DAY_MS, type DurationMs, HOUR_MS } from '../domain/time.ts';
import type { Trx } from './db.ts';
import { UNKNOWN_WAYBILL } from './inbox.ts';
import { FORGET_AFTER_MS } from './sign-in-attempts.ts';
import { clockBound, onlyRow } from './values.ts';

export const RETAINED_KINDS = [
  'inbox',
  'unknown_waybills',
  'quarantine',
  'scans',
  'raw',
  'outbox',
  'webhook_tests',
  'notices',
  'idempotency_keys',
  'sessions',
  'sign_in_attempts',
  'rate_limits',
  'waybills',
  'price_protections',
  'rule_judgements',
  'rule_reservations',
] as const;
export type RetainedKind = (typeof RETAINED_KINDS)[number];

/** What one batch came to. */
export interface Step {
  removed: number;
  /** Key to go on after. */
  position: number;
  /** Nothing old enough is left. */
  over: boolean;
}

/** Twice as long as the platform lists refunds: nobody asks about an older one. */
const REFUNDS_LISTED_MS: DurationMs = 180 * DAY_MS;

interface Batch {
  /** Key the last batch ended with. */
  after: number;
  limit: number;
}

type TakeStep = (trx: Trx, retention: Retention, batch: Batch) => Promise<Step>;

/** A parcel, a refund or a case is somebody's while its run, or the start of it, may still need it. */
const unended = (which: RawBuilder<unknown>) => sql`exists (select from intercepts c where ${which} and c.phase <> 'ENDED')`;
const OF_WAYBILL = sql`c.waybill_no = v.waybill_no and c.carrier = v.carrier`;

/**
 * One batch of each kind. Rows that go by age alone are taken from the old end of an index. Where some stay (an open case needs
 * them), a pass goes through the old ones by their key; those that may go later are seen again by the next pass.
 */
export const STEPS: Record<RetainedKind, TakeStep> = {
  inbox: (trx, { inboxMs }, batch) =>
    pass(trx, batch, {
      table: sql`inbox`,
      key: sql`inbox_id`,
      age: sql`received_at`,
      before: clockBound(-inboxMs),
      removed: sql`
        delete from inbox i using visited v
        where i.inbox_id = v.key and i.status in ('DELIVERED', 'SUPERSEDED') and i.settled_at < ${clockBound(-inboxMs)}
          and not ${unended(sql`c.waybill_no = i.waybill_no and c.carrier = i.carrier`)}
          and not ${unended(sql`c.refund_id = i.refund_id`)}
        returning 1`,
    }),

  unknown_waybills: (trx, { unknownWaybillsMs }, { limit }) =>
    oldEnd(
      trx,
      limit,
      sql`inbox`,
      sql`
      where status = 'QUARANTINED' and reason = ${sql.lit(UNKNOWN_WAYBILL)} and received_at < ${clockBound(-unknownWaybillsMs)}
      order by received_at`,
    ),

  quarantine: (trx, { quarantineMs }, { limit }) =>
    oldEnd(
      trx,
      limit,
      sql`inbox v`,
      sql`
      where status = 'QUARANTINED' and reason is distinct from ${sql.lit(UNKNOWN_WAYBILL)} and received_at < ${clockBound(-quarantineMs)}
        and not ${unended(OF_WAYBILL)}
      order by received_at`,
    ),

  // All of a parcel or nothing, once its newest scan is old: a scan that came back alone would look like a new one. What has a case stays.
  scans: (trx, { scansMs }, batch) =>
    pass(trx, batch, {
      table: sql`track_events`,
      key: sql`track_id`,
      age: sql`received_at`,
      before: clockBound(-scansMs),
      onlyOnce: true,
      removed: sql`
        delete from track_events t using (
          select distinct e.carrier, e.waybill_no from visited v join track_events e on e.track_id = v.key
          where not exists (select from intercepts c where c.waybill_no = e.waybill_no and c.carrier = e.carrier)
            and not exists (select from track_events n
              where n.carrier = e.carrier and n.waybill_no = e.waybill_no and n.received_at >= ${clockBound(-scansMs)})
        ) p where t.carrier = p.carrier and t.waybill_no = p.waybill_no
        returning 1`,
    }),

  raw: (trx, { rawMs }, { limit }) => removeRaw(trx, rawMs, limit),

  outbox: (trx, { webhooksMs }, batch) =>
    pass(trx, batch, {
      table: sql`outbox`,
      key: sql`outbox_id`,
      age: sql`created_at`,
      before: clockBound(-webhooksMs),
      with: sql`
        told as (
          select o.outbox_id from visited v join outbox o on o.outbox_id = v.key
          where o.dispatched_at < ${clockBound(-webhooksMs)} and not ${unended(sql`c.intercept_id = o.intercept_id`)}
            and not exists (select from webhook_deliveries d
              where d.outbox_id = o.outbox_id and (d.status = 'PENDING' or d.settled_at >= ${clockBound(-webhooksMs)}))
        ),
        attempts as (
          delete from webhook_attempts a using webhook_deliveries d, told
          where d.outbox_id = told.outbox_id and a.delivery_id = d.delivery_id returning 1
        ),
        deliveries as (delete from webhook_deliveries d using told where d.outbox_id = told.outbox_id returning 1),`,
      removed: sql`delete from outbox o using told where o.outbox_id = told.outbox_id returning 1`,
    }),

  webhook_tests: async (trx, { webhooksMs }, { limit }) => {
    const oldest = sql`where outbox_id is null and created_at < ${clockBound(-webhooksMs)} order by created_at`;
    await sql`
      delete from webhook_attempts where delivery_id = any(array(select delivery_id from webhook_deliveries ${oldest} limit ${limit}))`.execute(
      trx,
    );
    return oldEnd(trx, limit, sql`webhook_deliveries`, oldest);
  },

  notices: (trx, { noticesMs }, batch) =>
    pass(trx, batch, {
      table: sql`notices`,
      key: sql`notice_id`,
      age: sql`created_at`,
      before: clockBound(-noticesMs),
      removed: sql`
        delete from notices n using visited v
        where n.notice_id = v.key and not ${unended(sql`c.intercept_id = n.intercept_id`)} returning 1`,
    }),

  idempotency_keys: (trx, _retention, { limit }) =>
    oldEnd(trx, limit, sql`idempotency_keys`, sql`where expires_at <= ${clockBound()} order by expires_at`),

  sessions: (trx, { sessionsMs }, { limit }) =>
    oldEnd(trx, limit, sql`sessions`, sql`where last_seen_at < ${clockBound(-sessionsMs)} order by last_seen_at`),

  sign_in_attempts: (trx, _retention, { limit }) =>
    oldEnd(trx, limit, sql`sign_in_attempts`, sql`where last_at < ${clockBound(-FORGET_AFTER_MS)} order by last_at`),

  waybills: (trx, { waybillsMs }, { limit }) =>
    oldEnd(trx, limit, sql`waybills`, sql`where created_at < ${clockBound(-waybillsMs)} order by created_at`),

  price_protections: (trx, _retention, { limit }) =>
    oldEnd(trx, limit, sql`price_protections`, sql`where said_at < ${clockBound(-REFUNDS_LISTED_MS)} order by said_at`),

  rule_judgements: (trx, { judgementsMs }, { limit }) =>
    oldEnd(trx, limit, sql`rule_judgements`, sql`where judged_at < ${clockBound(-judgementsMs)} order by judged_at`),

  rule_reservations: (trx, { judgementsMs }, { limit }) =>
    oldEnd(trx, limit, sql`rule_reservations`, sql`where reserved_at < ${clockBound(-judgementsMs)} order by reserved_at`),

  // Nobody's place in a rate is lost: a bucket that is full is as good as none.
  rate_limits: (trx, _retention, { limit }) => oldEnd(trx, limit, sql`rate_limits`, sql`where full_at < ${clockBound(-HOUR_MS)}`),
};

interface Pass {
  table: RawBuilder<unknown>;
  /** Its identity, which grows with `age`. */
  key: RawBuilder<unknown>;
  age: RawBuilder<unknown>;
  before: RawBuilder<unknown>;
  /** Deletes of the rows `visited` (by `key`) what may go. */
  removed: RawBuilder<unknown>;
  with?: RawBuilder<unknown>;
  /** What stays once stays for good: the next pass begins where this one ended. */
  onlyOnce?: boolean;
}

/** The next rows by key, up to the first that is too young. */
async function pass(trx: Trx, { after, limit }: Batch, { table, key, age, before, removed, with: and, onlyOnce }: Pass): Promise<Step> {
  const { rows } = await sql<{ removed: number; visited: number; last: number | null }>`
    with of_batch as (select ${key} as key, ${age} as age from ${table} where ${key} > ${after}::bigint order by ${key} limit ${limit}),
    visited as (
      select key from of_batch
      where key < coalesce((select min(key) from of_batch where age >= ${before}), 9223372036854775807)
    ),
    ${and ?? sql``}
    removed as (${removed})
    select (select count(*) from removed) as removed, count(*) as visited, max(key) as last from visited`.execute(trx);
  const { removed: count, visited, last } = onlyRow(rows, 'batch');
  const over = visited < limit;
  return { removed: count, over, position: over && onlyOnce !== true ? 0 : (last ?? after) };
}

/** Rows that go by age, from the old end of an index. */
async function oldEnd(trx: Trx, limit: number, table: RawBuilder<unknown>, oldest: RawBuilder<unknown>): Promise<Step> {
  const { numAffectedRows } = await sql`
    delete from ${table} where ctid = any(array(select ctid from ${table} ${oldest} limit ${limit} for update skip locked))`.execute(trx);
  const removed = Number(numAffectedRows ?? 0);
  return { removed, over: removed < limit, position: 0 };
}

/** The carriers' records of a finished case's scans, and what only its run needed; once a case. A parcel that another case needs keeps them. */
async function removeRaw(trx: Trx, rawMs: DurationMs, limit: number): Promise<Step> {
  const old = clockBound(-rawMs);
  const { rows } = await sql<{ removed: number; cases: number }>`
    with due as (
      select intercept_id, refund_id, carrier, waybill_no from intercepts i
      where phase = 'ENDED' and raw_removed_at is null and recorded_at < ${old}
        and not exists (select from claims k where k.intercept_id = i.intercept_id and k.status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING'))
      order by recorded_at limit ${limit} for update skip locked
    ),
    parcels as (
      select distinct v.carrier, v.waybill_no from due v
      where not exists (select from intercepts c where ${OF_WAYBILL} and (c.phase <> 'ENDED' or c.recorded_at >= ${old}))
    ),
    cleared as (
      update track_events t set raw = 'null' from parcels p
      where t.carrier = p.carrier and t.waybill_no = p.waybill_no and t.raw <> 'null' returning 1
    ),
    marks as (delete from waybill_marks m using parcels p where m.carrier = p.carrier and m.waybill_no = p.waybill_no returning 1),
    checks as (
      delete from refund_checks r using due v where r.refund_id = v.refund_id and not ${unended(sql`c.refund_id = v.refund_id`)} returning 1
    ),
    done as (update intercepts i set raw_removed_at = clock_ms() from due where i.intercept_id = due.intercept_id returning 1)
    select (select count(*) from cleared) as removed, (select count(*) from done) as cases`.execute(trx);
  const { removed, cases } = onlyRow(rows, 'finished cases');
  return { removed, over: cases < limit, position: 0 };
}
