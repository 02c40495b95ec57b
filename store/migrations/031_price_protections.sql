-- Refunds that a message of the platform called price protection (价保): the refund itself may not say it.
create table price_protections (
  refund_id  text primary key,
  said_at    timestamptz(3) not null default clock_ms()
);
