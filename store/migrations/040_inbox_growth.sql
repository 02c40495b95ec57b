-- The inbox by what is done with it, whatever lies in it: what a person has to look at is found beside millions of scans of
-- parcels that nobody intercepts.

drop index inbox_quarantine;
create index inbox_set_aside on inbox (received_at, inbox_id) where status = 'QUARANTINED' and reason is distinct from 'UNKNOWN_WAYBILL';
create index inbox_unknown on inbox (received_at, inbox_id) where status = 'QUARANTINED' and reason = 'UNKNOWN_WAYBILL';
