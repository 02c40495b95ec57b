-- What is known of a claim's run, and which work order is whose.

-- set while Temporal knows no run for an open claim
alter table claims add column run_missing_since timestamptz(3);
create index claims_open on claims (claim_id) where status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING');
create index claims_waybill on claims (carrier, waybill_no);
