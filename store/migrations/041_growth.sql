-- What pages, pumps and gauges ask for is found by what is open or asked for, not by reading what a shop ever had.

-- Cases: of a carrier, of an outlet, of a waybill alone; those whose run is open, by shop and by carrier; those without a run.
drop index intercepts_outlet;
create index intercepts_outlet on intercepts (shop_id, outlet_code, initiated_at desc, intercept_id desc);
create index intercepts_carrier on intercepts (shop_id, carrier, initiated_at desc, intercept_id desc);
drop index intercepts_waybill;
create index intercepts_waybill on intercepts (waybill_no, carrier);
create index intercepts_open_shop on intercepts (shop_id, initiated_at) where phase = 'OPEN';
create index intercepts_open_carrier on intercepts (carrier, waybill_no) where phase = 'OPEN';
create index intercepts_open_refund on intercepts (refund_status) where phase = 'OPEN';
create index intercepts_run_missing on intercepts (intercept_id) where run_missing_since is not null;

create index claims_open_list on claims (shop_id, created_at desc, claim_id desc) where status in ('SUBMITTED', 'ACCEPTED', 'ARBITRATING');
drop index claims_waybill;
create index claims_waybill on claims (waybill_no, carrier);
create index claims_outlet on claims (shop_id, outlet_code, created_at desc, claim_id desc);

-- Where each line stands now: that of its last action, for a correction that of the line it corrects. It follows from the lines and
-- actions and is written with them.
create table ledger_standings (
  line_id      text primary key references ledger_lines,
  shop_id      text not null,
  status       text not null check (status in ('PRICE_MISSING', 'DUE', 'CONFIRMED', 'DISPUTED', 'WAIVED', 'SETTLED')),
  occurred_at  timestamptz(3) not null
);
insert into ledger_standings (line_id, shop_id, status, occurred_at)
  select l.line_id, l.shop_id, case last.action
      when 'CONFIRM' then 'CONFIRMED' when 'DISPUTE' then 'DISPUTED' when 'WAIVE' then 'WAIVED' when 'SETTLE' then 'SETTLED' when 'PRICE' then 'DUE'
      else case when m.amount_fen is null then 'PRICE_MISSING' else 'DUE' end end, l.occurred_at
  from ledger_lines l join ledger_lines m on m.line_id = coalesce(l.corrects_line_id, l.line_id)
  left join lateral (select action from ledger_actions a where a.line_id = m.line_id order by action_id desc limit 1) last on true;
create index ledger_standings_list on ledger_standings (shop_id, status, occurred_at desc, line_id desc);

create index ledger_lines_claim on ledger_lines (claim_id) where claim_id is not null;
create index ledger_lines_waybill on ledger_lines (waybill_no);
create index ledger_lines_outlet on ledger_lines (shop_id, outlet_code, occurred_at desc, line_id desc);
-- A statement in its own order, month by month (Shanghai) of when its lines had both happened and been recorded.
drop index ledger_lines_month;
create index ledger_lines_month on ledger_lines (shop_id, (date_trunc('month', greatest(occurred_at, recorded_at) at time zone 'Asia/Shanghai')),
  carrier collate "C", outlet_code collate "C", occurred_at, line_id collate "C");
create index ledger_actions_price on ledger_actions (line_id) where action = 'PRICE';

-- Up to which notice a reader has read everything; single marks stand only above it.
create table notice_marks (
  shop_id     text not null references shops,
  reader      text not null,
  read_up_to  bigint not null,
  primary key (shop_id, reader)
);
create index notices_intercept on notices (intercept_id) where intercept_id is not null;
-- Newest first of one shop, in an order that the primary key does not have: by that, PostgreSQL would go through all shops' notices.
drop index notices_shop;
create index notices_shop on notices (shop_id, (-notice_id));

drop index outbox_shop;
create index outbox_shop on outbox (shop_id, occurred_at, outbox_id);
create index webhook_deliveries_outbox on webhook_deliveries (outbox_id);
create index webhook_deliveries_undelivered on webhook_deliveries (endpoint_id, created_at desc, delivery_id desc) where status <> 'DELIVERED';
