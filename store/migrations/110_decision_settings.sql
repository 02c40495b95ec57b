-- How a shop's people are helped to decide what waits for them: what is proposed, when they are reminded, who is told at last.

create table decision_settings (
  shop_id             text primary key references shops,
  version             integer not null check (version > 0),
  proposals           jsonb not null,
  remind_hours        integer[] not null,
  escalate_to         text references staff,
  escalate_hours      integer,
  saved_by            text not null,
  saved_at            timestamptz(3) not null default clock_ms(),
  check ((escalate_to is null) = (escalate_hours is null))
);
