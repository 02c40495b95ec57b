-- What a notice is about and who has read it; who carries a delivery, and why it ended.

-- what it is about beside the case: a claim, a subscription, a webhook endpoint
alter table notices add column reference text;
-- the few facts its words need
alter table notices add column detail jsonb not null default '{}';

-- staff id, or id of the key that read it
alter table notice_reads drop constraint notice_reads_staff_id_fkey;
alter table notice_reads rename column staff_id to reader;

-- set once a run carries the schedule; the pump then steps in only when the run is late
alter table webhook_deliveries add column handed_over_at timestamptz(3);
-- attempts that do not count for the present schedule: those of an earlier one, and those a person asked for
alter table webhook_deliveries add column uncounted_attempts integer not null default 0;
-- why a FAILED one is not tried again
alter table webhook_deliveries add column failure text;
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where status = 'PENDING';
