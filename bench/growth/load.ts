import { type RawBuilder, sql } from 'kysely';
import { begin } from '../../domain/intercept/machine.ts';
import type { InterceptInput } from '../../domain/intercept/state.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';

/** How much history is made, and how much of it is still open. */
export interface GrowthSizes {
  shops: number;
  intercepts: number;
  /** The newest ones: their runs live. */
  openIntercepts: number;
  /** Events in the inbox; what the cases' own do not fill are scans of parcels nobody intercepts. */
  inbox: number;
}

/** Every fourth case is of this shop, so that one has far more than the others. */
export const BIG_SHOP = '100000';
/** One of the others. */
export const SMALL_SHOP = '100007';
export const ENDPOINT = 'whe_growth';
export const CHANNEL = 'chn_growth';
/** Somebody of the big shop who has read all notices. */
export const READER = 'stf_reads_all';
const YEAR_DAYS = 365;
const OWN_EVENTS_A_CASE = 3;
const LOGGED_A_CASE = 3;
const TOLD_A_CASE = 3;
const CARRIERS = sql`(array['ZTO', 'YTO', 'STO', 'JT'])[1 + (n / 4) % 4]`;
const WAYBILL = sql`('7310' || lpad(n::text, 10, '0'))`;
const SHOP_OF = (shops: number) => sql`(case when n % 4 = 0 then ${BIG_SHOP} else (100001 + n % ${sql.lit(shops - 1)})::text end)`;

const INPUT: InterceptInput = {
  interceptId: '',
  refundId: '',
  orderId: '',
  shopId: '',
  waybillNo: '',
  carrier: '',
  outletCode: '',
  outletName: '义乌国际商贸城网点',
  attempt: 1,
  refundFeeFen: 9_900,
  feeFen: 450,
  initiatedAt: 0,
  initiatedBy: 'stf_growth',
  platformExpireAt: null,
  pickedUpAt: null,
  durations: {
    rejectUnlockAfterMs: 72 * HOUR_MS,
    autoRefundAfterMs: 120 * HOUR_MS,
    returnStalledAfterMs: 7 * DAY_MS,
    returnOverdueAfterMs: 15 * DAY_MS,
    returnGiveUpAfterMs: 60 * DAY_MS,
    correctionAfterMs: 7 * DAY_MS,
  },
  follows: null,
};

/**
 * Fills a migrated, empty database, through its one connection, with a year of cases of many shops, written as the service would have written them and has
 * never tidied up; then brings PostgreSQL's statistics up to date. Foreign keys are not checked meanwhile: needs a superuser.
 */
export async function loadGrowth(db: Db, sizes: GrowthSizes, told: (what: string) => void = () => undefined): Promise<void> {
  await sql`set session_replication_role = replica`.execute(db);
  for (const [what, statements] of parts(sizes)) {
    told(what);
    for (const statement of statements) await statement.execute(db);
  }
  told('statistics');
  await sql`vacuum analyze`.execute(db);
  await sql`reset session_replication_role`.execute(db);
}

function parts(sizes: GrowthSizes): [string, RawBuilder<unknown>[]][] {
  const { shops, intercepts, inbox } = sizes;
  const strangers = Math.max(0, inbox - OWN_EVENTS_A_CASE * intercepts);
  return [
    ['shops', [shopRows(shops), staffRows(), agreementRows(), endpointRow(), channelRow(), cursorRows()]],
    [
      'intercepts',
      [caseTable(sizes), interceptRows(shops), parcelRows(), markRows(), subscriptionRows(), checkRows(), callRows(), logRows()],
    ],
    ['evidence', [scanRows(), eventRows(), deliveryRows(), strangerScanRows(strangers), strangerEventRows(strangers)]],
    ['outgoing', [outboxRows(shops), webhookRows(), attemptRows(), noticeRows(shops), markedRow(), toldRows()]],
    ['settlement', [lineRows(shops), actionRows(), standingRows(), claimRows(shops)]],
    ['console and keys', [sessionRows(), idempotencyRows(intercepts), waybillRows(shops)]],
  ];
}

const shopRows = (shops: number) => sql`
  insert into shops (shop_id, platform, name, authorisation_expires_at)
  select (100000 + n)::text, 'KUAISHOU', '店铺' || n, clock_ms() + interval '90 days' from generate_series(0, ${shops - 1}::integer) n`;

const staffRows = () => sql`
  insert into staff (staff_id, shop_id, name, role, password_hash) values (${READER}, ${BIG_SHOP}, '店主', 'OWNER', 'x')`;

const agreementRows = () => sql`
  insert into service_agreements (shop_id, agreement_version, signed_by) select shop_id, '1', 'stf_growth' from shops`;

const endpointRow = () => sql`
  insert into webhook_endpoints (endpoint_id, shop_id, url, types, secrets_sealed)
  values (${ENDPOINT}, ${BIG_SHOP}, 'https://erp.example.com/', array['intercept.succeeded'], array['sealed'])`;

const channelRow = () => sql`
  insert into notice_channels (channel_id, shop_id, kind, settings, target_sealed, target_shown)
  values (${CHANNEL}, ${BIG_SHOP}, 'DINGTALK', '{"name":"售后群","codes":["intercept.succeeded"]}', 'sealed', 'shown')`;

/** All were told but the last few, which are due. */
const toldRows = () => sql`
  insert into channel_notices (channel_id, notice_id, due_at, sent_at)
  select ${CHANNEL}, notice_id, created_at, case when row_number() over (order by notice_id desc) > 20 then created_at end
  from notices where shop_id = ${BIG_SHOP}`;

const cursorRows = () => sql`
  insert into platform_cursors (shop_id, name, position) select shop_id, 'refunds-updated', clock_ms() from shops`;

/**
 * What each case is, beside the database's own tables: its number, when it began and where it stands. Of the open ones most wait for
 * a result or a return; the others ended as most do.
 */
const caseTable = ({ intercepts, openIntercepts }: GrowthSizes) => sql`
  create unlogged table growth_cases as
  select n, at, is_open, stand,
    (array['INTERCEPTING', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'SUCCEEDED', 'FAILED', 'REJECTED_BY_CARRIER', 'SUCCEEDED'])[stand] as intercept_status,
    (array['OPEN', 'REFUNDED', 'REFUNDED', 'OPEN', 'REFUNDED', 'REJECTED', 'RELEASED', 'REFUNDED'])[stand] as refund_status,
    (array[null, 'RETURNING', 'RETURN_FAILED', null, 'RETURN_SIGNED', null, null, 'RETURN_FAILED'])[stand] as return_status,
    (array[null, null, 'STALLED', null, null, null, null, 'LOST'])[stand] as return_failure
  from (
    select n, n >= ${intercepts - openIntercepts}::integer as is_open,
      case when n >= ${intercepts - openIntercepts}::integer
        then date_trunc('milliseconds', clock_timestamp() - interval '4 days' * (${intercepts}::integer - n) / ${openIntercepts}::integer)
        else date_trunc('milliseconds', clock_timestamp() - interval '1 day' * (5 + ${YEAR_DAYS}::float8 * (1 - n::float8 / ${intercepts}::integer)))
      end as at,
      case when n >= ${intercepts - openIntercepts}::integer then (array[1, 1, 1, 1, 2, 2, 2, 2, 3, 4])[1 + n % 10]
        when (n / 4) % 50 = 7 then 8 when (n / 4) % 10 = 3 then 6 when (n / 4) % 10 = 8 then 7 else 5 end as stand
    from generate_series(0, ${intercepts - 1}::integer) n
  ) of_all`;

const CASES = sql`growth_cases g cross join lateral (select '24' || lpad(g.n::text, 12, '0') as refund_id) r`;
const CASE_ID = sql`(r.refund_id || '-1')`;
const OUTLET = sql`('O' || n % 20)`;

function interceptRows(shops: number) {
  const state = JSON.stringify(begin(INPUT).state);
  const input = JSON.stringify(INPUT);
  return sql`
    insert into intercepts (intercept_id, refund_id, attempt, shop_id, order_id, waybill_no, carrier, outlet_code, outlet_name,
      evidence_from, phase, start_input, state, version, initiated_at, initiated_by, updated_at, recorded_at, reject_unlock_at, auto_refund_at,
      intercept_status, refund_status, return_status, return_failure, automatic_refund, refund_fee_fen, fee_fen,
      accepted_at, result_at, succeeded_at, refunded_at, return_signed_at)
    select ${CASE_ID}, r.refund_id, 1, own.shop_id, '25' || n, own.waybill_no, own.carrier, own.outlet_code, '义乌国际商贸城网点',
      at, case when is_open then 'OPEN' else 'ENDED' end, own.input,
      ${state}::jsonb || jsonb_build_object('input', own.input, 'interceptStatus', intercept_status, 'refundStatus', refund_status,
        'returnStatus', return_status, 'returnFailure', return_failure, 'version', 5),
      5, at, 'stf_growth', least(at + interval '2 days', clock_ms()), least(at + interval '2 days', clock_ms() - interval '10 seconds'),
      at + interval '72 hours', at + interval '120 hours', intercept_status, refund_status, return_status, return_failure,
      case when refund_status = 'OPEN' then 'ARMED' else 'DISARMED' end, 9900, 450,
      at + interval '5 seconds', case when intercept_status in ('SUCCEEDED', 'FAILED') then at + interval '1 day' end,
      case when intercept_status = 'SUCCEEDED' then at + interval '1 day' end,
      case when refund_status = 'REFUNDED' then at + interval '25 hours' end,
      case when return_status = 'RETURN_SIGNED' then at + interval '4 days' end
    from ${CASES} cross join lateral (
      select ${SHOP_OF(shops)} as shop_id, ${WAYBILL} as waybill_no, ${CARRIERS} as carrier, ${OUTLET} as outlet_code
    ) w cross join lateral (
      select w.*, ${input}::jsonb || jsonb_build_object('interceptId', ${CASE_ID}, 'refundId', r.refund_id, 'orderId', '25' || n,
        'shopId', w.shop_id, 'waybillNo', w.waybill_no, 'carrier', w.carrier, 'outletCode', w.outlet_code,
        'initiatedAt', (extract(epoch from at) * 1000)::bigint) as input
    ) own`;
}

const parcelRows = () => sql`
  insert into parcels (carrier, waybill_no, leader_intercept_id) select ${CARRIERS}, ${WAYBILL}, ${CASE_ID} from ${CASES}`;

const markRows = () => sql`
  insert into waybill_marks (carrier, waybill_no, last_push_at, last_poll_at)
  select ${CARRIERS}, ${WAYBILL}, at + interval '1 hour', clock_ms() - interval '1 minute' * (n % 20) from ${CASES}`;

/** Kept while a case of the waybill is open; most were taken. */
const subscriptionRows = () => sql`
  insert into track_subscriptions (carrier, waybill_no, status, phone_tail)
  select ${CARRIERS}, ${WAYBILL}, case when n % 40 = 0 then 'PENDING' else 'SUBSCRIBED' end, lpad((n % 10000)::text, 4, '0') from ${CASES} where is_open`;

const checkRows = () => sql`
  insert into refund_checks (refund_id, checks, last_checked_at) select r.refund_id, 3, least(at + interval '2 days', clock_ms()) from ${CASES}`;

const callRows = () => sql`
  insert into payment_calls (call_key, refund_id, intercept_id, sequence, amount_fen, sent_at, answer, answered_at)
  select ${CASE_ID} || ':1', r.refund_id, ${CASE_ID}, 1, 9900, at + interval '1 day', 'DONE', at + interval '1 day'
  from ${CASES} where refund_status = 'REFUNDED'`;

const logRows = () => sql`
  insert into intercept_log (intercept_id, initiated_at, version, n, at, actor_kind, actor, what, before, after, recorded_at)
  select ${CASE_ID}, at, 1 + k, 0, at + interval '1 hour' * k, 'SYSTEM', 'case', 'STATE', '{}', '{}', at + interval '1 hour' * k
  from ${CASES} cross join generate_series(0, ${LOGGED_A_CASE - 1}::integer) k order by g.n, k`;

const scanRows = () => sql`
  insert into track_events (scan_key, carrier, waybill_no, event, occurred_at, received_at, text, source, raw)
  select 'own:' || n || ':' || k, ${CARRIERS}, ${WAYBILL}, (array['DEPARTED', 'ARRIVED', 'RETURNING'])[1 + k], at + interval '6 hours' * k,
    at + interval '6 hours' * k, '快件离开【义乌】', 'PUSH', '{"scanType": "DEPARTURE", "site": "义乌"}'
  from ${CASES} cross join generate_series(0, ${OWN_EVENTS_A_CASE - 1}::integer) k order by g.n, k`;

const eventRows = () => sql`
  insert into inbox (event_key, kind, carrier, waybill_no, payload, received_at, status, reason, next_attempt_at, settled_at)
  select 'own:' || n || ':' || k, 'TRACK', ${CARRIERS}, ${WAYBILL}, '{"event": "RETURNING", "text": "退件", "occurredAt": 1}', heard, 'DELIVERED', null, heard, heard
  from ${CASES} cross join generate_series(0, ${OWN_EVENTS_A_CASE - 1}::integer) k
  cross join lateral (select at + interval '6 hours' * k as heard) h order by g.n, k`;

const deliveryRows = () => sql`
  insert into inbox_deliveries (inbox_id, intercept_id)
  select inbox_id, '24' || lpad(split_part(event_key, ':', 2), 12, '0') || '-1' from inbox where event_key like 'own:%'`;

const strangerScanRows = (strangers: number) => sql`
  insert into track_events (scan_key, carrier, waybill_no, event, occurred_at, received_at, text, source, raw)
  select 'other:' || n, ${CARRIERS}, '99' || n / 8, 'DEPARTED', heard, heard, '快件离开【义乌】', 'PUSH', '{"scanType": "DEPARTURE", "site": "义乌"}'
  from generate_series(1, ${strangers}::integer) n
  cross join lateral (select date_trunc('milliseconds', clock_timestamp() - interval '1 minute' * (${strangers}::integer - n) / 100) as heard) h`;

const strangerEventRows = (strangers: number) => sql`
  insert into inbox (event_key, kind, carrier, waybill_no, payload, received_at, status, reason, next_attempt_at, settled_at)
  select 'other:' || n, 'TRACK', ${CARRIERS}, '99' || n / 8, '{"event": "DEPARTED", "text": "离开", "occurredAt": 1}', heard, 'QUARANTINED', 'UNKNOWN_WAYBILL', heard, heard
  from generate_series(1, ${strangers}::integer) n
  cross join lateral (select date_trunc('milliseconds', clock_timestamp() - interval '1 minute' * (${strangers}::integer - n) / 100) as heard) h`;

const outboxRows = (shops: number) => sql`
  insert into outbox (event_key, message_id, shop_id, intercept_id, sequence, type, payload, occurred_at, created_at, dispatched_at)
  select 'e:' || n || ':' || k, 'msg_' || n || '_' || k, ${SHOP_OF(shops)}, ${CASE_ID}, 1000 * k,
    (array['intercept.accepted', 'intercept.succeeded', 'refund.refunded'])[1 + k], '{"interceptStatus": "SUCCEEDED"}', told, told, told
  from ${CASES} cross join generate_series(0, ${TOLD_A_CASE - 1}::integer) k
  cross join lateral (select at + interval '1 hour' * k as told) h order by g.n, k`;

const webhookRows = () => sql`
  insert into webhook_deliveries (delivery_id, endpoint_id, outbox_id, message_id, shop_id, type, body, status, attempts, created_at, settled_at)
  select 'dlv_' || outbox_id, ${ENDPOINT}, outbox_id, message_id, shop_id, type, '{}', case when outbox_id % 5000 = 0 then 'FAILED' else 'DELIVERED' end,
    1, created_at, created_at
  from outbox where shop_id = ${BIG_SHOP} and type = 'intercept.succeeded'`;

const attemptRows = () => sql`
  insert into webhook_attempts (delivery_id, attempt, at, duration_ms, response_status) select delivery_id, 1, created_at, 20, 200 from webhook_deliveries`;

const noticeRows = (shops: number) => sql`
  insert into notices (event_key, shop_id, intercept_id, kind, code, at, created_at, unshared)
  select 'n:' || n || ':' || k, ${SHOP_OF(shops)}, ${CASE_ID}, 'EVENT', 'intercept.succeeded', at + interval '1 day', at + interval '1 day', false
  from ${CASES} cross join generate_series(0, 1) k order by g.n, k`;

const lineRows = (shops: number) => sql`
  insert into ledger_lines (line_id, shop_id, carrier, outlet_code, outlet_name, intercept_id, waybill_no, kind, amount_fen, occurred_at, recorded_at)
  select ${CASE_ID} || '-fee', ${SHOP_OF(shops)}, ${CARRIERS}, ${OUTLET}, '义乌国际商贸城网点', ${CASE_ID}, ${WAYBILL}, 'FEE', 450,
    at + interval '1 day', at + interval '1 day'
  from ${CASES} where intercept_status = 'SUCCEEDED'`;

const standingRows = () => sql`
  insert into ledger_standings (line_id, shop_id, status, occurred_at)
  select line_id, shop_id, coalesce((select case action when 'DISPUTE' then 'DISPUTED' else 'CONFIRMED' end from ledger_actions a where a.line_id = l.line_id), 'DUE'),
    occurred_at
  from ledger_lines l`;

const markedRow = () => sql`
  insert into notice_marks (shop_id, reader, read_up_to) select ${BIG_SHOP}, ${READER}, max(notice_id) from notices where shop_id = ${BIG_SHOP}`;

const actionRows = () => sql`
  insert into ledger_actions (line_id, action, actor, at)
  select line_id, case when hashtext(line_id) % 1000 = 0 then 'DISPUTE' else 'CONFIRM' end, 'stf_growth', recorded_at + interval '1 day'
  from ledger_lines where recorded_at < clock_ms() - interval '20 days'`;

const claimRows = (shops: number) => sql`
  insert into claims (claim_id, shop_id, intercept_id, carrier, outlet_code, outlet_name, waybill_no, kind, status, contact_phone, goods,
    claimed_fen, description, evidence, opened_by, state, run_started_at, created_at, updated_at)
  select 'clm_' || n, ${SHOP_OF(shops)}, ${CASE_ID}, ${CARRIERS}, ${OUTLET}, '义乌国际商贸城网点', ${WAYBILL}, 'LOSS',
    case when n % 1000 = 0 then 'ACCEPTED' else 'UPHELD' end, '13800001234', '[]', 9900, '遗失', '{}', 'stf_growth', '{}', at, at, at
  from ${CASES} where return_failure = 'LOST'`;

const sessionRows = () => sql`
  insert into sessions (session_hash, staff_id, created_at, last_seen_at, revoked_at)
  select sha256(n::text::bytea), ${READER}, clock_ms() - interval '1 hour' * n, clock_ms() - interval '1 hour' * n,
    case when n > 3 then clock_ms() - interval '1 hour' * n end
  from generate_series(0, 2000) n`;

const idempotencyRows = (intercepts: number) => sql`
  insert into idempotency_keys (key_id, operation, idempotency_key, fingerprint, holder, status, held_until, expires_at)
  select 'key_growth', 'createIntercept', n::text, 'f', 'req', 'DONE', clock_ms(), clock_ms() + interval '25 hours' - interval '1 day' * (n % 365)
  from generate_series(1, ${Math.ceil(intercepts / 4)}::integer) n`;

const waybillRows = (shops: number) => sql`
  insert into waybills (shop_id, carrier, waybill_no, outlet_code, outlet_name, created_at)
  select ${SHOP_OF(shops)}, ${CARRIERS}, ${WAYBILL}, ${OUTLET}, '义乌国际商贸城网点', at from ${CASES}`;
