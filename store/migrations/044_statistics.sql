-- Statistics add up what each case costs and brings: with these columns the lines themselves are not read.

drop index ledger_lines_intercept;
create index ledger_lines_intercept on ledger_lines (intercept_id) include (claim_id, amount_fen);
