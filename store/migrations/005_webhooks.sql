-- What the shops' own systems are told, and how that went.

create table webhook_endpoints (
  endpoint_id      text primary key,
  shop_id          text not null references shops,
  url              text not null,
  types            text[] not null,
  -- newest first; several while a secret is being rotated
  secrets_sealed   text[] not null check (cardinality(secrets_sealed) between 1 and 3),
  enabled          boolean not null default true,
  disabled_reason  text,
  -- start of the present run of failures, null after a success
  failing_since    timestamptz(3),
  created_at       timestamptz(3) not null default clock_ms(),
  deleted_at       timestamptz(3)
);
create index webhook_endpoints_shop on webhook_endpoints (shop_id, created_at desc, endpoint_id desc) where deleted_at is null;

create table webhook_deliveries (
  delivery_id      text primary key,
  endpoint_id      text not null references webhook_endpoints,
  -- null for a test message
  outbox_id        bigint references outbox,
  message_id       text not null,
  shop_id          text not null references shops,
  type             text not null,
  body             text not null,
  status           text not null check (status in ('PENDING', 'DELIVERED', 'FAILED')),
  attempts         integer not null default 0,
  created_at       timestamptz(3) not null default clock_ms(),
  next_attempt_at  timestamptz(3),
  settled_at       timestamptz(3),
  unique (endpoint_id, outbox_id)
);
create index webhook_deliveries_list on webhook_deliveries (endpoint_id, created_at desc, delivery_id desc);
create index webhook_deliveries_pending on webhook_deliveries (created_at) where status = 'PENDING';

create table webhook_attempts (
  delivery_id      text not null references webhook_deliveries,
  attempt          integer not null,
  at               timestamptz(3) not null,
  duration_ms      integer not null,
  response_status  integer,
  error            text,
  primary key (delivery_id, attempt)
);
