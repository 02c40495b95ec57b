-- Fees, claims and their evidence. Ledger lines and actions are never changed: a correction is a new line.

create table ledger_lines (
  line_id       text primary key,
  shop_id       text not null references shops,
  carrier       text not null,
  outlet_code   text not null,
  outlet_name   text not null,
  intercept_id  text not null,
  waybill_no    text not null,
  claim_id      text,
  kind          text not null check (kind in ('FEE', 'CLAIM', 'ADJUSTMENT')),
  -- what the shop owes the outlet; negative: what the outlet owes the shop; null: no price was known (Q31)
  amount_fen    bigint check (amount_fen between -9007199254740991 and 9007199254740991),
  occurred_at   timestamptz(3) not null,
  note          text,
  recorded_at   timestamptz(3) not null default clock_ms()
);
create unique index ledger_lines_one_fee on ledger_lines (intercept_id) where kind = 'FEE';
create index ledger_lines_statement on ledger_lines (shop_id, occurred_at, line_id);
create trigger ledger_lines_append_only before update or delete or truncate on ledger_lines
  for each statement execute function refuse_change();

create table ledger_actions (
  action_id  bigint generated always as identity primary key,
  line_id    text not null references ledger_lines,
  action     text not null check (action in ('CONFIRM', 'DISPUTE', 'WAIVE', 'SETTLE', 'PRICE')),
  -- PRICE: the amount agreed for a line that had none
  amount_fen bigint,
  reason     text,
  actor      text not null,
  at         timestamptz(3) not null default clock_ms()
);
create index ledger_actions_line on ledger_actions (line_id, action_id);
create trigger ledger_actions_append_only before update or delete or truncate on ledger_actions
  for each statement execute function refuse_change();

create table files (
  file_id       text primary key,
  shop_id       text not null references shops,
  name          text not null,
  content_type  text not null,
  sha256        bytea not null check (octet_length(sha256) = 32),
  bytes         bytea not null,
  uploaded_by   text not null,
  created_at    timestamptz(3) not null default clock_ms()
);
create index files_shop on files (shop_id, created_at desc, file_id desc);

create table claims (
  claim_id           text primary key,
  shop_id            text not null references shops,
  intercept_id       text not null references intercepts,
  carrier            text not null,
  outlet_code        text not null,
  outlet_name        text not null,
  waybill_no         text not null,
  kind               text not null check (kind in ('DAMAGE', 'LOSS')),
  status             text not null check (status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN')),
  contact_phone      text not null,
  goods              jsonb not null,
  claimed_fen        bigint not null check (claimed_fen > 0),
  awarded_fen        bigint,
  description        text not null,
  evidence           text[] not null,
  carrier_reference  text,
  opened_by          text not null,
  version            integer not null default 1,
  created_at         timestamptz(3) not null default clock_ms(),
  updated_at         timestamptz(3) not null default clock_ms()
);
-- One open claim a kind and intercept (Q32).
create unique index claims_one_open on claims (intercept_id, kind) where status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING');
create index claims_shop on claims (shop_id, created_at desc, claim_id desc);

create table claim_events (
  claim_event_id  bigint generated always as identity primary key,
  event_key       text not null unique,
  claim_id        text not null references claims,
  at              timestamptz(3) not null,
  actor_kind      text not null,
  actor           text not null,
  what            text not null,
  detail          jsonb not null,
  recorded_at     timestamptz(3) not null default clock_ms()
);
create index claim_events_claim on claim_events (claim_id, claim_event_id);
create trigger claim_events_append_only before update or delete or truncate on claim_events
  for each statement execute function refuse_change();
