-- Staff sign in with their shop, name and password. Wrong passwords are counted for every name that is tried, whether or
-- not anyone has it, so that being locked out tells nobody which names exist.

alter table staff drop column login;
alter table staff drop column failed_attempts;
alter table staff drop column locked_until;
alter table staff add constraint staff_one_name unique (shop_id, name);
alter table staff add constraint staff_role check (role in ('OWNER', 'OPERATOR', 'FINANCE', 'VIEWER'));
-- offered on the sign-in page, and honoured only while the simulators are in use
alter table staff add column demo boolean not null default false;

create table sign_in_attempts (
  shop_id       text not null,
  name          text not null,
  failed        integer not null,
  last_at       timestamptz(3) not null default clock_ms(),
  locked_until  timestamptz(3),
  primary key (shop_id, name)
);
create index sign_in_attempts_age on sign_in_attempts (last_at);

create index sessions_live on sessions (staff_id, last_seen_at) where revoked_at is null;

alter table api_keys add column last_used_at timestamptz(3);
