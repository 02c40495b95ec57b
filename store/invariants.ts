import { sql } from 'kysely';
import { type DurationMs, MINUTE_MS } from '../domain/time.ts';
import type { Db } from './db.ts';

/** A promise of the service that a database can be held against, and the statement that finds who breaks it. */
interface Invariant {
  /** `I1`…`I14`, as docs/proof.md names them. */
  name: string;
  promise: string;
  /** Rows `about` (whom it concerns) and `what` (how it breaks the promise), in a sentence. */
  offenders: string;
}

/** Somebody who breaks a promise. */
export interface Offence {
  name: string;
  about: string;
  what: string;
}

/** How every promise fared. */
export interface InvariantReport {
  checked: { name: string; promise: string; offenders: number }[];
  /** At most so many of each promise. */
  offences: Offence[];
}

const OFFENCES_EACH = 100;
/** A whole table may have to be read; a database that is needed elsewhere is not held longer. */
const STATEMENT_LIMIT = '5min';

/** Usually after this everything of a turn has come from the run to the database. */
export const SETTLES_WITHIN_MS = 5 * MINUTE_MS;
/** Stands for that length of time in a statement. */
const SETTLES_WITHIN = ':settles_within';
const isSettled = (column: string): string => `${column} < clock_ms() - interval '${SETTLES_WITHIN} milliseconds'`;
const SETTLED = isSettled('i.recorded_at');
/** What led to a payment is recorded with what becomes of it. */
const PAID_LONG_AGO = isSettled('p.sent_at');

function hasLine(what: string, more = 'true'): string {
  return `exists (select from intercept_log l where l.intercept_id = i.intercept_id and l.what = '${what}' and ${more})`;
}

const EDGES = `(values
  ('REQUESTED', 'INTERCEPTING'), ('REQUESTED', 'REJECTED_BY_CARRIER'), ('REQUESTED', 'SUCCEEDED'), ('REQUESTED', 'FAILED'),
  ('INTERCEPTING', 'REJECTED_BY_CARRIER'), ('INTERCEPTING', 'SUCCEEDED'), ('INTERCEPTING', 'FAILED'),
  ('FAILED', 'SUCCEEDED'), ('FAILED', 'REJECTED_BY_CARRIER'))`;

const INVARIANTS: readonly Invariant[] = [
  {
    name: 'I1',
    promise: 'a refund is paid at most once',
    offenders: `
      select p.refund_id as about, 'the platform took ' || count(*) || ' payment calls for it' as what
      from payment_calls p where p.answer = 'DONE' group by p.refund_id having count(*) > 1`,
  },
  {
    name: 'I1',
    promise: 'a refund has one intercept that was not refused',
    offenders: `
      select i.refund_id as about, count(*) || ' intercepts of it were not refused' as what
      from intercepts i where i.intercept_status <> 'REJECTED_BY_CARRIER' group by i.refund_id having count(*) > 1`,
  },
  {
    name: 'I1',
    promise: 'no more is paid than was asked at initiation, unless the merchant named that amount',
    offenders: `
      select i.intercept_id as about, p.amount_fen || ' fen in a payment call, ' || (i.start_input->>'refundFeeFen') || ' fen asked' as what
      from payment_calls p join intercepts i on i.intercept_id = p.intercept_id
      where p.amount_fen > (i.start_input->>'refundFeeFen')::bigint and ${PAID_LONG_AGO}
        and not ${hasLine('APPROVE_ASKED', `(l.after->>'agreedFen')::bigint = p.amount_fen`)}`,
  },
  {
    name: 'I2',
    promise: 'an armed refund is paid when its five days are over',
    offenders: `
      select i.intercept_id as about, 'due at ' || i.auto_refund_at || ', armed and open' as what
      from intercepts i
      where i.automatic_refund = 'ARMED' and i.refund_status = 'OPEN' and i.phase <> 'ENDED'
        and i.intercept_status <> 'REJECTED_BY_CARRIER' and i.auto_refund_at < clock_ms() - interval '60 seconds'`,
  },
  {
    name: 'I2',
    promise: 'a payment that stays unconfirmed is brought to a person’s notice',
    offenders: `
      select i.intercept_id as about, 'being paid since ' || i.refund_decided_at || ', nobody was told' as what
      from intercepts i
      where i.refund_status = 'REFUNDING' and i.phase <> 'ENDED' and i.refund_decided_at < clock_ms() - interval '15 minutes'
        and not i.state->'notices' ?| array['REFUND_UNCONFIRMED', 'ACTION_REFUSED_BY_PLATFORM', 'REFUND_PAYMENT_FAILED']`,
  },
  {
    name: 'I3',
    promise: 'no payment leaves before the merchant’s word, the parcel’s return or the end of the five days',
    offenders: `
      select i.intercept_id as about, 'a payment call left at ' || p.sent_at || ' without a reason' as what
      from payment_calls p join intercepts i on i.intercept_id = p.intercept_id
      where ${PAID_LONG_AGO} and p.sent_at < i.auto_refund_at and (i.succeeded_at is null or p.sent_at < i.succeeded_at - interval '1 second')
        and not ${hasLine('APPROVE_ASKED', 'l.at <= p.sent_at')}`,
  },
  {
    name: 'I3',
    promise: 'rejecting waits for a failure or for the end of the three days',
    offenders: `
      select i.intercept_id as about, 'a rejection was taken at ' || r.at || ', locked until ' || i.reject_unlock_at as what
      from intercept_log r join intercepts i on i.intercept_id = r.intercept_id and i.initiated_at = r.initiated_at
      where r.what = 'REJECT_ASKED' and r.at < i.reject_unlock_at and not ${hasLine('INTERCEPT_FAILED', 'l.at <= r.at')}`,
  },
  {
    name: 'I4',
    promise: 'what was rejected is not paid',
    offenders: `
      select i.intercept_id as about, 'rejected at ' || r.at || ', a payment call left at ' || p.sent_at as what
      from payment_calls p
      join intercepts i on i.intercept_id = p.intercept_id
      join intercept_log r on r.intercept_id = i.intercept_id and r.what = 'REFUND_REJECTED' and r.at < p.sent_at
      where ${PAID_LONG_AGO} and not exists (
        select from intercept_log l where l.intercept_id = i.intercept_id
          and l.what in ('REFUND_OPEN', 'REFUND_UNDER_ARBITRATION') and l.at > r.at and l.at <= p.sent_at)`,
  },
  {
    name: 'I5',
    promise: 'the parcel’s return pays at once',
    offenders: `
      select i.intercept_id as about, 'caught since ' || i.succeeded_at || ', the refund armed and open' as what
      from intercepts i
      where i.intercept_status = 'SUCCEEDED' and i.automatic_refund = 'ARMED' and i.refund_status = 'OPEN' and i.phase = 'OPEN'
        and i.succeeded_at < clock_ms() - interval '2 minutes'`,
  },
  {
    name: 'I6',
    promise: 'a settled refund says why, and truly',
    offenders: `
      select i.intercept_id as about, i.refund_status || ' / ' || coalesce(i.refund_cause, 'no cause') as what
      from intercepts i
      where i.refund_status in ('REFUNDED', 'CLOSED') and ${SETTLED} and (
        i.refund_cause is null
        or (i.refund_cause = 'MANUAL_APPROVAL' and not ${hasLine('APPROVE_ASKED')})
        or (i.refund_cause = 'INTERCEPT_SUCCEEDED' and i.succeeded_at is null)
        or (i.refund_cause = 'DEADLINE_PASSED' and i.refunded_at < i.auto_refund_at)
        or (i.refund_cause = 'SETTLED_ELSEWHERE'
          and exists (select from payment_calls p where p.intercept_id = i.intercept_id and p.answer = 'DONE')))`,
  },
  {
    name: 'I6',
    promise: 'every payment call belongs to a case',
    offenders: `
      select p.refund_id as about, 'a payment call of ' || p.intercept_id || ', of which there is no record' as what
      from payment_calls p where not exists (select from intercepts i where i.intercept_id = p.intercept_id)`,
  },
  {
    name: 'I8',
    promise: 'what was received comes to an end that says why',
    offenders: `
      select e.event_key as about, e.status || ' without a reason' as what
      from inbox e where e.status in ('SUPERSEDED', 'QUARANTINED') and e.reason is null
      union all
      select e.event_key, 'waits since ' || e.received_at
      from inbox e
      where e.status = 'PENDING' and e.received_at < clock_ms() - interval '1 hour' and e.next_attempt_at < clock_ms() - interval '10 minutes'
      union all
      select e.event_key, 'DELIVERED to nobody'
      from inbox e
      where e.status = 'DELIVERED' and not exists (select from inbox_deliveries d where d.inbox_id = e.inbox_id)`,
  },
  {
    name: 'I8',
    promise: 'a pushed scan is evidence as well',
    offenders: `
      select t.scan_key as about, 'pushed at ' || t.received_at || ', not in the inbox' as what
      from track_events t
      where t.source = 'PUSH' and t.received_at > clock_ms() - interval '1 day'
        and not exists (select from inbox e where e.event_key = t.scan_key)`,
  },
  {
    name: 'I9',
    promise: 'an intercept moves along its edges only',
    offenders: `
      select l.intercept_id as about, (l.before->>'interceptStatus') || ' became ' || (l.after->>'interceptStatus') as what
      from intercept_log l
      where l.before->>'interceptStatus' <> l.after->>'interceptStatus'
        and (l.before->>'interceptStatus', l.after->>'interceptStatus') not in ${EDGES}`,
  },
  {
    name: 'I9',
    promise: 'a settled refund stays settled',
    offenders: `
      select l.intercept_id as about, (l.before->>'refundStatus') || ' became ' || (l.after->>'refundStatus') as what
      from intercept_log l
      where l.before->>'refundStatus' in ('REFUNDED', 'CLOSED', 'RELEASED') and l.after->>'refundStatus' <> l.before->>'refundStatus'`,
  },
  {
    name: 'I10',
    promise: 'what belongs to a case belongs to its shop',
    offenders: `
      select x.kind || ' of ' || i.intercept_id as about, 'shop ' || x.shop_id || ', the case is of shop ' || i.shop_id as what
      from (
        select 'ledger line' as kind, intercept_id, shop_id from ledger_lines
        union all select 'claim', intercept_id, shop_id from claims
        union all select 'notice', intercept_id, shop_id from notices
        union all select 'event', intercept_id, shop_id from outbox
      ) x join intercepts i on i.intercept_id = x.intercept_id
      where x.shop_id <> i.shop_id`,
  },
  {
    name: 'I11',
    promise: 'each turn of a case has its line in the log',
    offenders: `
      select i.intercept_id as about, w.status || ' without a line ' || w.line as what
      from intercepts i
      cross join lateral (values
        (i.phase, 'INTERCEPT_INITIATED', true),
        (i.intercept_status, 'INTERCEPT_SUCCEEDED', i.intercept_status = 'SUCCEEDED'),
        (i.intercept_status, 'INTERCEPT_FAILED', i.intercept_status = 'FAILED'),
        (i.intercept_status, 'INTERCEPT_REFUSED', i.intercept_status = 'REJECTED_BY_CARRIER'),
        (i.intercept_status, 'INTERCEPT_ACCEPTED', i.intercept_status = 'INTERCEPTING'),
        (i.refund_status, 'REFUND_' || i.refund_status, i.refund_status <> 'OPEN')
      ) as w (status, line, wanted)
      where w.wanted and ${SETTLED}
        and not exists (select from intercept_log l where l.intercept_id = i.intercept_id and l.what = w.line)`,
  },
  {
    name: 'I11',
    promise: 'each turn of a case was told to the shop’s systems',
    offenders: `
      select i.intercept_id as about, w.status || ' and no event ' || w.type as what
      from intercepts i
      cross join lateral (values
        (i.intercept_status, 'intercept.succeeded', i.intercept_status = 'SUCCEEDED'),
        (i.intercept_status, 'intercept.refused', i.intercept_status = 'REJECTED_BY_CARRIER'),
        (i.refund_status, 'refund.refunded', i.refund_status = 'REFUNDED'),
        (i.refund_status, 'refund.closed', i.refund_status = 'CLOSED'),
        (i.refund_status, 'refund.rejected', i.refund_status = 'REJECTED')
      ) as w (status, type, wanted)
      where w.wanted and ${SETTLED} and i.recorded_at > clock_ms() - interval '1 day'
        and not exists (select from outbox o where o.intercept_id = i.intercept_id and o.type = w.type)`,
  },
  {
    name: 'I12',
    promise: 'a claim is about a caught parcel and never awards more than was claimed',
    offenders: `
      select c.claim_id as about,
        case when i.intercept_status <> 'SUCCEEDED' then 'its intercept is ' || i.intercept_status
          else c.awarded_fen || ' fen awarded, ' || c.claimed_fen || ' claimed' end as what
      from claims c join intercepts i on i.intercept_id = c.intercept_id
      where i.intercept_status <> 'SUCCEEDED' or c.awarded_fen > c.claimed_fen`,
  },
  {
    name: 'I13',
    promise: 'one fee a caught parcel, the leader’s, as agreed',
    offenders: `
      select i.intercept_id as about, 'caught, and no fee line' as what
      from intercepts i
      where i.intercept_status = 'SUCCEEDED' and i.follows_intercept_id is null and ${SETTLED}
        and not exists (select from ledger_lines f where f.intercept_id = i.intercept_id and f.kind = 'FEE')
      union all
      select i.intercept_id, 'a fee line, though ' || case when i.follows_intercept_id is null then i.intercept_status else 'it follows' end
      from intercepts i join ledger_lines f on f.intercept_id = i.intercept_id and f.kind = 'FEE'
      where i.intercept_status <> 'SUCCEEDED' or i.follows_intercept_id is not null
      union all
      select i.intercept_id, coalesce(f.amount_fen::text, 'no') || ' fen in the ledger, ' || coalesce(i.fee_fen::text, 'none') || ' agreed'
      from intercepts i join ledger_lines f on f.intercept_id = i.intercept_id and f.kind = 'FEE'
      where f.amount_fen is distinct from i.fee_fen`,
  },
  {
    name: 'I13',
    promise: 'an upheld claim is a ledger line the other way round',
    offenders: `
      select c.claim_id as about, c.awarded_fen || ' fen awarded, ' || coalesce(sum(f.amount_fen)::text, 'nothing') || ' in the ledger' as what
      from claims c left join ledger_lines f on f.claim_id = c.claim_id and f.kind = 'CLAIM'
      where c.status = 'UPHELD' and c.awarded_fen > 0 and ${isSettled('c.updated_at')}
      group by c.claim_id having sum(f.amount_fen) is distinct from -c.awarded_fen`,
  },
  {
    name: 'I14',
    promise: 'an ended case is decided, an open one has its run',
    offenders: `
      select i.intercept_id as about, 'ended, its refund ' || i.refund_status as what
      from intercepts i where i.phase = 'ENDED' and i.refund_status in ('OPEN', 'REFUNDING', 'UNDER_ARBITRATION')
      union all
      select i.intercept_id, 'without a run since ' || i.run_missing_since
      from intercepts i where i.phase = 'OPEN' and i.run_missing_since < clock_ms() - interval '10 minutes'
      union all
      select i.intercept_id, 'begun at ' || i.initiated_at || ' and never started'
      from intercepts i where i.phase = 'STARTING' and i.initiated_at < clock_ms() - interval '10 minutes'`,
  },
];

/**
 * Holds a database against every promise it can show (I1–I14), without changing or locking anything: each statement is
 * read-only and ends after 5 minutes at most. What was recorded within `settlesWithinMs` may lack what is still on its way
 * from the run, so a running service is judged fairly.
 */
export async function checkInvariants(db: Db, settlesWithinMs: DurationMs = SETTLES_WITHIN_MS): Promise<InvariantReport> {
  const report: InvariantReport = { checked: [], offences: [] };
  for (const { name, promise, offenders } of INVARIANTS) {
    const rows = await db.transaction().execute(async (trx) => {
      await sql`set transaction read only`.execute(trx);
      await sql`set local statement_timeout = ${sql.lit(STATEMENT_LIMIT)}`.execute(trx);
      const statement = offenders.replaceAll(SETTLES_WITHIN, String(settlesWithinMs));
      return (await sql<{ about: string; what: string }>`${sql.raw(statement)}`.execute(trx)).rows;
    });
    report.checked.push({ name, promise, offenders: rows.length });
    report.offences.push(...rows.slice(0, OFFENCES_EACH).map(({ about, what }) => ({ name, about, what })));
  }
  return report;
}
