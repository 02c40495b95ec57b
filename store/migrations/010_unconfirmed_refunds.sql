-- Why a payment is not confirmed is told from the database alone: what the platform answered, and what the last look found.

alter table payment_calls add column refusal jsonb;
create or replace function refuse_payment_change() returns trigger language plpgsql as $$
begin
  if old.answer is null
    and (to_jsonb(new) - 'answer' - 'answered_at' - 'refusal') = (to_jsonb(old) - 'answer' - 'answered_at' - 'refusal') then
    return new;
  end if;
  raise exception 'payment_calls %: only a missing answer may be filled in', old.call_key using errcode = 'restrict_violation';
end $$;

-- OPEN, PAYING, … as the platform showed the refund; SILENT, UNAUTHORISED or UNKNOWN where it could not be read
alter table refund_checks add column found text;

create index intercepts_paying on intercepts (refund_decided_at) where refund_status = 'REFUNDING' and phase = 'OPEN';
