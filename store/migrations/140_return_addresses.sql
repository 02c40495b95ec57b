-- The shop's own address for parcels that come back (退货地址), version by version: a case names the one it was begun with.

create table return_addresses (
  shop_id     text not null references shops,
  version     integer not null check (version > 0),
  -- Null: the shop has none from then on, or it was deleted.
  sealed      text,
  saved_by    text not null,
  saved_at    timestamptz(3) not null default clock_ms(),
  primary key (shop_id, version)
);
