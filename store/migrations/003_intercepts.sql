-- The cases as last recorded, their log, and what left this service for them.

create table parcels (
  carrier              text not null,
  waybill_no           text not null,
  -- the intercept that asked the carrier; later ones of the same waybill follow it
  leader_intercept_id  text,
  primary key (carrier, waybill_no)
);

create table intercepts (
  intercept_id          text primary key,
  refund_id             text not null,
  attempt               integer not null check (attempt > 0),
  shop_id               text not null references shops,
  order_id              text not null,
  waybill_no            text not null,
  carrier               text not null,
  outlet_code           text not null,
  outlet_name           text not null,
  follows_intercept_id  text,
  -- evidence received after this instant counts: a follower's leader may be older than itself
  evidence_from         timestamptz(3) not null,
  phase                 text not null check (phase in ('STARTING', 'OPEN', 'ENDED')),
  start_input           jsonb not null,
  state                 jsonb not null,
  version               integer not null,
  initiated_at          timestamptz(3) not null,
  initiated_by          text not null,
  updated_at            timestamptz(3) not null,
  recorded_at           timestamptz(3) not null default clock_ms(),
  reject_unlock_at      timestamptz(3) not null,
  auto_refund_at        timestamptz(3) not null,
  intercept_status      text not null,
  refund_status         text not null,
  refund_cause          text,
  return_status         text,
  return_failure        text,
  automatic_refund      text not null,
  refund_fee_fen        bigint not null,
  fee_fen               bigint,
  accepted_at           timestamptz(3),
  result_at             timestamptz(3),
  succeeded_at          timestamptz(3),
  refund_decided_at     timestamptz(3),
  refunded_at           timestamptz(3),
  return_signed_at      timestamptz(3),
  -- set while Temporal knows no run for an open record
  run_missing_since     timestamptz(3),
  unique (refund_id, attempt)
);
-- A refused attempt opened no window, so it does not stand in the way of the next (Q27).
create unique index intercepts_one_open_attempt on intercepts (refund_id) where phase <> 'ENDED' and intercept_status <> 'REJECTED_BY_CARRIER';
create index intercepts_list on intercepts (shop_id, initiated_at desc, intercept_id desc);
create index intercepts_updated on intercepts (shop_id, updated_at);
create index intercepts_status on intercepts (shop_id, intercept_status, initiated_at desc, intercept_id desc);
create index intercepts_refund_status on intercepts (shop_id, refund_status, initiated_at desc, intercept_id desc);
create index intercepts_return_status on intercepts (shop_id, return_status, initiated_at desc, intercept_id desc);
create index intercepts_outlet on intercepts (shop_id, carrier, outlet_code, initiated_at desc, intercept_id desc);
create index intercepts_order on intercepts (shop_id, order_id);
create index intercepts_waybill on intercepts (carrier, waybill_no);
create index intercepts_unended on intercepts (phase, initiated_at) where phase <> 'ENDED';
create index intercepts_due on intercepts (auto_refund_at) where automatic_refund = 'ARMED' and refund_status = 'OPEN';
create index intercepts_follows on intercepts (follows_intercept_id) where follows_intercept_id is not null;

create table intercept_log (
  log_id        bigint generated always as identity primary key,
  intercept_id  text not null,
  -- with the id it names one life of the case; n counts within one version
  initiated_at  timestamptz(3) not null,
  version       integer not null,
  n             integer not null,
  at            timestamptz(3) not null,
  actor_kind    text not null,
  actor         text not null,
  what          text not null,
  before        jsonb not null,
  after         jsonb not null,
  reference     text,
  recorded_at   timestamptz(3) not null default clock_ms(),
  unique (intercept_id, initiated_at, version, n)
);
create trigger intercept_log_append_only before update or delete or truncate on intercept_log
  for each statement execute function refuse_change();

create table payment_calls (
  call_id       bigint generated always as identity primary key,
  call_key      text not null unique,
  refund_id     text not null,
  intercept_id  text not null,
  sequence      integer not null,
  amount_fen    bigint not null check (amount_fen > 0),
  sent_at       timestamptz(3) not null,
  answer        text,
  answered_at   timestamptz(3),
  recorded_at   timestamptz(3) not null default clock_ms(),
  check ((answer is null) = (answered_at is null))
);
create index payment_calls_refund on payment_calls (refund_id, sent_at);

create function refuse_payment_change() returns trigger language plpgsql as $$
begin
  if old.answer is null and (to_jsonb(new) - 'answer' - 'answered_at') = (to_jsonb(old) - 'answer' - 'answered_at') then
    return new;
  end if;
  raise exception 'payment_calls %: only a missing answer may be filled in', old.call_key using errcode = 'restrict_violation';
end $$;
create trigger payment_calls_answer_once before update on payment_calls for each row execute function refuse_payment_change();
create trigger payment_calls_append_only before delete or truncate on payment_calls for each statement execute function refuse_change();

-- When the platform was last asked about a refund by the patrol.
create table refund_checks (
  refund_id        text primary key,
  checks           integer not null,
  last_checked_at  timestamptz(3) not null
);

create table outbox (
  outbox_id      bigint generated always as identity primary key,
  event_key      text not null unique,
  -- `webhook-id` of every delivery of this event
  message_id     text not null unique,
  shop_id        text not null references shops,
  intercept_id   text,
  -- grows with the case: version * 1000 + position within the version
  sequence       bigint,
  type           text not null,
  payload        jsonb not null,
  occurred_at    timestamptz(3) not null,
  created_at     timestamptz(3) not null default clock_ms(),
  dispatched_at  timestamptz(3)
);
create index outbox_due on outbox (outbox_id) where dispatched_at is null;
create index outbox_shop on outbox (shop_id, outbox_id);

create table notices (
  notice_id     bigint generated always as identity primary key,
  event_key     text not null unique,
  shop_id       text not null references shops,
  intercept_id  text,
  -- NOTICE: something a person should look at; EVENT: what the shop's systems were told too
  kind          text not null check (kind in ('NOTICE', 'EVENT')),
  code          text not null,
  at            timestamptz(3) not null,
  created_at    timestamptz(3) not null default clock_ms()
);
create index notices_shop on notices (shop_id, notice_id desc);

create table notice_reads (
  staff_id   text not null references staff,
  notice_id  bigint not null references notices on delete cascade,
  read_at    timestamptz(3) not null default clock_ms(),
  primary key (staff_id, notice_id)
);
