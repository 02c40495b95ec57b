-- Waybills of unended cases whose scans the carrier is to push, and what that takes.

create table track_subscriptions (
  carrier          text not null,
  waybill_no       text not null,
  status           text not null default 'PENDING' check (status in ('PENDING', 'SUBSCRIBED', 'REFUSED')),
  -- last four digits of the buyer's phone, where the platform shows them: ZTO may ask for them
  phone_tail       text check (phone_tail ~ '^[0-9]{4}$'),
  attempts         integer not null default 0,
  next_attempt_at  timestamptz(3) not null default clock_ms(),
  last_error       text,
  settled_at       timestamptz(3),
  created_at       timestamptz(3) not null default clock_ms(),
  primary key (carrier, waybill_no)
);
create index track_subscriptions_due on track_subscriptions (carrier, next_attempt_at) where status = 'PENDING';

insert into track_subscriptions (carrier, waybill_no)
  select distinct carrier, waybill_no from intercepts where phase <> 'ENDED';
