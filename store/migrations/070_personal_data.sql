-- Who was shown a phone number or a photo, what was erased and what was given out.

create table personal_data_log (
  entry_id  bigint generated always as identity primary key,
  shop_id   text not null references shops,
  at        timestamptz(3) not null default clock_ms(),
  -- a key, a person of the shop, or the operator's command
  actor     text not null,
  what      text not null check (what in ('PHONE_SHOWN', 'FILE_SHOWN', 'ORDER_ERASED', 'SHOP_ERASED', 'SHOP_EXPORTED')),
  -- the claim, file, order or shop
  about     text not null,
  detail    jsonb not null default '{}'
);
create index personal_data_log_shop on personal_data_log (shop_id, entry_id desc);
create trigger personal_data_log_append_only before update or delete or truncate on personal_data_log
  for each statement execute function refuse_change();

-- The same record without what somebody wrote: sentences and notes are empty, pictures gone; codes, amounts, statuses and ids stay.
create function without_words(record jsonb) returns jsonb language plpgsql immutable as $$
begin
  return case jsonb_typeof(record)
    when 'object' then (
      select coalesce(jsonb_object_agg(key, case
        when key in ('message', 'text', 'note', 'description') and jsonb_typeof(value) = 'string' then '""'::jsonb
        when key = 'reason' and jsonb_typeof(value) = 'string' and value #>> '{}' !~ '^[0-9A-Z_]+$' then '""'::jsonb
        when key in ('images', 'pictures') and jsonb_typeof(value) = 'array' then '[]'::jsonb
        else without_words(value)
      end), '{}') from jsonb_each(record))
    when 'array' then (select coalesce(jsonb_agg(without_words(value) order by n), '[]') from jsonb_array_elements(record) with ordinality e (value, n))
    else record
  end;
end $$;

-- Logs stay append-only, but for words that are erased.
create function refuse_change_but_erasure() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) = without_words(to_jsonb(old)) then
    return new;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

drop trigger intercept_log_append_only on intercept_log;
create trigger intercept_log_append_only before delete or truncate on intercept_log for each statement execute function refuse_change();
create trigger intercept_log_words_may_go before update on intercept_log for each row execute function refuse_change_but_erasure();
drop trigger claim_events_append_only on claim_events;
create trigger claim_events_append_only before delete or truncate on claim_events for each statement execute function refuse_change();
create trigger claim_events_words_may_go before update on claim_events for each row execute function refuse_change_but_erasure();
