-- Shops and who may act for them. Instants carry milliseconds: what is written is what is read.

create function clock_ms() returns timestamptz language sql volatile
  as $$ select date_trunc('milliseconds', clock_timestamp()) $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

create table shops (
  shop_id        text primary key,
  platform       text not null,
  name           text not null,
  status         text not null default 'OPERATING' check (status in ('OPERATING', 'SUSPENDED')),
  -- AES-256-GCM of the platform's tokens; null until the shop is authorised
  tokens_sealed  text,
  authorisation_expires_at timestamptz(3),
  created_at     timestamptz(3) not null default clock_ms(),
  updated_at     timestamptz(3) not null default clock_ms()
);

create table api_keys (
  key_id       text primary key,
  shop_id      text not null references shops,
  label        text not null,
  secret_hash  bytea not null unique check (octet_length(secret_hash) = 32),
  prefix       text not null,
  last4        text not null,
  scopes       text[] not null,
  -- honoured only while the simulators are in use
  demo         boolean not null default false,
  created_at   timestamptz(3) not null default clock_ms(),
  expires_at   timestamptz(3),
  revoked_at   timestamptz(3)
);
create index api_keys_shop on api_keys (shop_id, created_at);

create table idempotency_keys (
  key_id            text not null,
  operation         text not null,
  idempotency_key   text not null,
  fingerprint       text not null,
  -- names the request that holds the key while it runs
  holder            text not null,
  status            text not null check (status in ('RUNNING', 'DONE')),
  response_status   integer,
  response_headers  jsonb,
  response_body     text,
  created_at        timestamptz(3) not null default clock_ms(),
  held_until        timestamptz(3) not null,
  expires_at        timestamptz(3) not null,
  primary key (key_id, operation, idempotency_key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);

create table staff (
  staff_id         text primary key,
  shop_id          text not null references shops,
  login            text not null unique,
  name             text not null,
  role             text not null,
  password_hash    text not null,
  must_change      boolean not null default true,
  failed_attempts  integer not null default 0,
  locked_until     timestamptz(3),
  created_at       timestamptz(3) not null default clock_ms(),
  disabled_at      timestamptz(3)
);
create index staff_shop on staff (shop_id, created_at);

create table sessions (
  session_hash  bytea primary key check (octet_length(session_hash) = 32),
  staff_id      text not null references staff,
  created_at    timestamptz(3) not null default clock_ms(),
  last_seen_at  timestamptz(3) not null default clock_ms(),
  revoked_at    timestamptz(3)
);
create index sessions_staff on sessions (staff_id);

-- One row a signature: the history of the agreement. At most one is in force.
create table service_agreements (
  agreement_id       bigint generated always as identity primary key,
  shop_id            text not null references shops,
  agreement_version  text not null,
  signed_at          timestamptz(3) not null default clock_ms(),
  signed_by          text not null,
  closed_at          timestamptz(3),
  closed_by          text,
  close_reason       text,
  check ((closed_at is null) = (close_reason is null))
);
create unique index service_agreements_in_force on service_agreements (shop_id) where closed_at is null;
create index service_agreements_shop on service_agreements (shop_id, agreement_id desc);

create table outlet_subscriptions (
  subscription_id  text primary key,
  shop_id          text not null references shops,
  carrier          text not null,
  outlet_code      text not null,
  outlet_name      text not null,
  status           text not null check (status in ('PENDING', 'ACTIVE', 'REJECTED', 'CLOSED')),
  source           text not null check (source in ('MERCHANT', 'DEFAULT')),
  reason           text,
  created_at       timestamptz(3) not null default clock_ms(),
  reminded_at      timestamptz(3),
  reviewed_at      timestamptz(3),
  reviewed_by      text,
  closed_at        timestamptz(3)
);
create unique index outlet_subscriptions_live on outlet_subscriptions (shop_id, carrier, outlet_code) where status in ('PENDING', 'ACTIVE');
create index outlet_subscriptions_list on outlet_subscriptions (shop_id, created_at desc, subscription_id desc);

create table outlet_prices (
  shop_id         text not null references shops,
  carrier         text not null,
  outlet_code     text not null,
  effective_from  timestamptz(3) not null,
  fee_fen         bigint not null check (fee_fen between 0 and 9007199254740991),
  set_by          text not null,
  set_at          timestamptz(3) not null default clock_ms(),
  primary key (shop_id, carrier, outlet_code, effective_from)
);

-- Which outlet issued a waybill, told by the shop from its own e-waybill calls.
create table waybills (
  shop_id      text not null references shops,
  carrier      text not null,
  waybill_no   text not null,
  outlet_code  text not null,
  outlet_name  text not null,
  created_at   timestamptz(3) not null default clock_ms(),
  primary key (shop_id, carrier, waybill_no)
);

create table platform_cursors (
  shop_id     text not null references shops,
  name        text not null,
  position    timestamptz(3) not null,
  updated_at  timestamptz(3) not null default clock_ms(),
  primary key (shop_id, name)
);
