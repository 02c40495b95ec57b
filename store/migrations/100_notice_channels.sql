-- Where people of a shop are told their notices beside the console (群机器人, e-mail), and what is on its way there.

create table notice_channels (
  channel_id         text primary key,
  shop_id            text not null references shops,
  kind               text not null check (kind in ('WECOM', 'DINGTALK', 'FEISHU', 'EMAIL')),
  settings           jsonb not null,
  -- the robot's address and signing secret, or the mail addresses: whoever has an address can write to the group
  target_sealed      text not null,
  -- what is shown of it
  target_shown       text not null,
  enabled            boolean not null default true,
  disabled_reason    text check (disabled_reason in ('FAILING')),
  -- start of the present run of failures, null after a success
  failing_since      timestamptz(3),
  failed_attempts    integer not null default 0,
  last_error         text,
  last_error_at      timestamptz(3),
  last_sent_at       timestamptz(3),
  -- nothing leaves before: the lease of who sends, the pace of robots, the wait after a failure
  held_until         timestamptz(3) not null default clock_ms(),
  tested_at          timestamptz(3),
  created_at         timestamptz(3) not null default clock_ms()
);
create index notice_channels_shop on notice_channels (shop_id, created_at desc, channel_id desc);
create index notice_channels_failing on notice_channels (failing_since) where failing_since is not null;

-- A notice a channel is told. One row for ever, so none is told twice.
create table channel_notices (
  channel_id  text not null references notice_channels on delete cascade,
  notice_id   bigint not null references notices on delete cascade,
  due_at      timestamptz(3) not null,
  sent_at     timestamptz(3),
  primary key (channel_id, notice_id)
);
create index channel_notices_due on channel_notices (due_at, channel_id) where sent_at is null;
create index channel_notices_waiting on channel_notices (channel_id, notice_id) where sent_at is null;
create index channel_notices_notice on channel_notices (notice_id);

-- Whether the channels of its shop are still to be given it. What was there before there were channels is not.
alter table notices add column unshared boolean not null default false;
alter table notices alter column unshared set default true;
create index notices_unshared on notices (notice_id) where unshared;
