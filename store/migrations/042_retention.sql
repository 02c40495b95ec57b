-- What is kept how long: store/retention.ts removes the rest in small batches.

create table retention_sweeps (
  name           text primary key,
  -- key of the last row looked at in the pass under way
  position       bigint not null default 0,
  -- rows removed so far
  removed        bigint not null default 0,
  -- when everything old enough had last been looked at, and when the next pass begins
  pass_ended_at  timestamptz(3),
  resumes_at     timestamptz(3) not null default clock_ms()
);

-- set once the carriers' own records of a finished case's scans are gone
alter table intercepts add column raw_removed_at timestamptz(3);
create index intercepts_with_raw on intercepts (recorded_at) where phase = 'ENDED' and raw_removed_at is null;
create index notice_reads_notice on notice_reads (notice_id);
create index sessions_age on sessions (last_seen_at);
create index price_protections_age on price_protections (said_at);
create index waybills_age on waybills (created_at);
create index webhook_deliveries_tests on webhook_deliveries (created_at) where outbox_id is null;
