-- What claims and settlements need beyond 004: the state a claim's run goes on from, corrections, and the statement's order.

alter table claims add column state jsonb not null;
-- null until Temporal is known to have the run; the patrol starts what stays so
alter table claims add column run_started_at timestamptz(3);
create index claims_not_started on claims (created_at) where run_started_at is null;
create index claims_intercept on claims (intercept_id, created_at);

-- A correction is a line of its own; it shares the state of the line it corrects.
alter table ledger_lines add column corrects_line_id text references ledger_lines;
alter table ledger_lines add constraint ledger_lines_corrections_adjust check (corrects_line_id is null or kind = 'ADJUSTMENT');
create index ledger_lines_corrections on ledger_lines (corrects_line_id) where corrects_line_id is not null;
create index ledger_lines_intercept on ledger_lines (intercept_id);
-- A line belongs to the month in which it had both happened and been recorded.
create index ledger_lines_month on ledger_lines (shop_id, (greatest(occurred_at, recorded_at)));
