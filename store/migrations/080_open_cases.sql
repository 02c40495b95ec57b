-- Open cases counted by both statuses, from the index alone.
create index intercepts_open_statuses on intercepts (refund_status, intercept_status) where phase = 'OPEN';
drop index intercepts_open_refund;
