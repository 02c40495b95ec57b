-- What carriers and the platform told us.

create table track_events (
  track_id     bigint generated always as identity primary key,
  -- domain/track.ts scanKey: the same scan by push, query and repeats is one row
  scan_key     text not null unique,
  carrier      text not null,
  waybill_no   text not null,
  event        text not null,
  occurred_at  timestamptz(3) not null,
  received_at  timestamptz(3) not null default clock_ms(),
  outlet_code  text,
  outlet_name  text,
  text         text not null,
  source       text not null check (source in ('PUSH', 'QUERY', 'RESULT')),
  raw          jsonb not null
);
create index track_events_waybill on track_events (carrier, waybill_no, occurred_at, track_id);

create table inbox (
  inbox_id         bigint generated always as identity primary key,
  event_key        text not null unique,
  kind             text not null check (kind in ('TRACK', 'RESULT', 'PLATFORM', 'ANSWER')),
  carrier          text,
  waybill_no       text,
  refund_id        text,
  shop_id          text,
  payload          jsonb not null,
  -- kept only for what could not be read
  raw_body         bytea,
  received_at      timestamptz(3) not null default clock_ms(),
  status           text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'SUPERSEDED', 'QUARANTINED')),
  reason           text,
  attempts         integer not null default 0,
  next_attempt_at  timestamptz(3) not null default clock_ms(),
  last_error       text,
  settled_at       timestamptz(3)
);
create index inbox_due on inbox (next_attempt_at, inbox_id) where status = 'PENDING';
create index inbox_waybill on inbox (carrier, waybill_no, inbox_id) where waybill_no is not null;
create index inbox_refund on inbox (refund_id, inbox_id) where refund_id is not null;
create index inbox_quarantine on inbox (received_at) where status = 'QUARANTINED';

create table inbox_deliveries (
  inbox_id      bigint not null references inbox on delete cascade,
  intercept_id  text not null,
  delivered_at  timestamptz(3) not null default clock_ms(),
  primary key (inbox_id, intercept_id)
);

-- When a waybill was last heard of, and last asked about.
create table waybill_marks (
  carrier       text not null,
  waybill_no    text not null,
  last_push_at  timestamptz(3),
  last_poll_at  timestamptz(3),
  primary key (carrier, waybill_no)
);
