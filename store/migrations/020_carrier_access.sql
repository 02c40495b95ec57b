-- Where a carrier refuses our own account: by which call, and when it last did.

create table carrier_access_faults (
  carrier    text not null,
  operation  text not null,
  -- the carrier's code and words, verbatim
  code       text,
  message    text not null,
  last_at    timestamptz(3) not null default clock_ms(),
  primary key (carrier, operation)
);
