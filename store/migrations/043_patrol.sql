-- Where the patrol stands with each shop: rounds go through the shops the longest neglected first, and let one that fails wait.

create table shop_rounds (
  shop_id   text not null references shops,
  round     text not null check (round in ('REFUNDS', 'TOKENS')),
  -- end of its last turn
  served_at timestamptz(3),
  -- nobody takes the shop up before this
  due_at    timestamptz(3) not null,
  -- in a row
  failures  integer not null default 0,
  primary key (shop_id, round)
);
