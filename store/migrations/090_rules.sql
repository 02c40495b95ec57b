-- Rules that start intercepts (自动拦截): what a shop wants, what is to be judged, what was judged and why, and what a day may cost.

create table rule_versions (
  shop_id   text not null references shops,
  version   integer not null check (version > 0),
  rule_set  jsonb not null,
  -- confirmed by: R25
  saved_by  text not null,
  saved_at  timestamptz(3) not null default clock_ms(),
  primary key (shop_id, version)
);
create trigger rule_versions_append_only before update or delete or truncate on rule_versions
  for each statement execute function refuse_change();

-- A refund that is to be judged. Gone once it was and nothing more is to come of it.
create table rule_tasks (
  refund_id   text primary key,
  shop_id     text not null references shops,
  -- when its message was received or the list was read
  seen_at     timestamptz(3) not null,
  due_at      timestamptz(3) not null default clock_ms(),
  -- nobody else takes it up before this
  held_until  timestamptz(3),
  attempts    integer not null default 0,
  last_error  text
);
create index rule_tasks_due on rule_tasks (due_at);

create table rule_judgements (
  judgement_id  bigint generated always as identity primary key,
  shop_id       text not null references shops,
  refund_id     text not null,
  version       integer not null,
  decision      text not null check (decision in ('INTERCEPT', 'ASK', 'LEAVE')),
  cause         text not null,
  rule_id       text,
  -- digest of the platform's id of the buyer within this shop
  buyer_key     text,
  facts         jsonb not null,
  verdicts      jsonb not null,
  seen_at       timestamptz(3) not null,
  judged_at     timestamptz(3) not null default clock_ms()
);
create index rule_judgements_list on rule_judgements (shop_id, judgement_id desc);
create index rule_judgements_decision on rule_judgements (shop_id, decision, judgement_id desc);
create index rule_judgements_refund on rule_judgements (refund_id, judgement_id);
create index rule_judgements_buyer on rule_judgements (shop_id, buyer_key, refund_id) where buyer_key is not null;
create index rule_judgements_age on rule_judgements (judged_at);

-- What counts against the budgets of a Shanghai day: one row a refund, made with the judgement and before the create.
create table rule_reservations (
  refund_id     text primary key,
  shop_id       text not null references shops,
  rule_id       text not null,
  judgement_id  bigint not null,
  day           text not null,
  fee_fen       bigint not null check (fee_fen >= 0),
  -- RESERVED: the create is to come; USED: the case exists, written with it; RELEASED: it does not
  state         text not null default 'RESERVED' check (state in ('RESERVED', 'USED', 'RELEASED')),
  reserved_at   timestamptz(3) not null default clock_ms()
);
create index rule_reservations_day on rule_reservations (shop_id, day) include (rule_id, fee_fen, state);
create index rule_reservations_age on rule_reservations (reserved_at);
